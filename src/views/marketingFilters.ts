/** The Marketing page's filters: campaigns by when they began, channel and kind; their deals as on every page. */
import {FilterBar, type FilterBarElement, type FilterState} from "../components/filterBar.js";
import {type CampaignRows, campaignRows, type Selection} from "../slices/marketing/campaignRows.js";
import {type CreditRanges, creditRanges} from "../slices/marketing/creditRanges.js";
import type {CampaignRecord, LargeMarketing, MarketingData} from "../slices/marketing/marketingData.js";
import {selectRows} from "../slices/select.js";
import {freshness} from "./filters.js";
import type {PageContext} from "./pageContext.js";

const NO_DATES = "no dates";
/** Keys in the address that belong to this page alone. */
const BEGAN = "began";
const CHANNEL = "campaign_channel";
const KIND = "campaign_kind";
/** On pages of deals this cuts the deals; here the campaigns themselves, with their costs. */
const NAME = "campaign";

/** What the filters leave, worked out once. */
export interface ChosenMarketing {
  data: MarketingData;
  selection: Selection;
  rows: CampaignRows;
  channelCredit: CreditRanges;
  campaignCredit: CreditRanges;
  /** Campaigns or deals are left out. */
  isFiltered: boolean;
}

export function MarketingFilters({site}: PageContext, data: MarketingData): FilterBarElement {
  const own = (key: string, label: string, of: (campaign: CampaignRecord) => string) => {
    const counts = new Map<string, number>();
    for (const campaign of data.campaigns) counts.set(of(campaign), (counts.get(of(campaign)) ?? 0) + 1);
    return {key, label, values: [...counts].map(([value, n]) => ({value, n}))};
  };
  const byName = (a: {value: string}, b: {value: string}) => (a.value < b.value ? -1 : 1);
  const [channels, kinds, names] = [
    own(CHANNEL, "Campaign channel", ({channel}) => channel),
    own(KIND, "Campaign kind", ({kind}) => kind),
    own(NAME, "Campaign", ({name}) => name)
  ];
  return FilterBar({
    // A large firm's page holds no single deals to cut by.
    dimensions: data.large
      ? []
      : [
          own(BEGAN, "Campaign began", (campaign) => beganIn(site.quarters, campaign)),
          {...channels, values: channels.values.sort(byName)},
          {...kinds, values: kinds.values.sort(byName)},
          {...names, values: names.values.sort(byName)},
          ...site.dimensions.filter(({key}) => key !== NAME)
        ],
    asOf: site.asOf,
    freshness: freshness(site),
    otherKeys: ["period"],
    ownKeys: [BEGAN, CHANNEL, KIND],
    everything: "All campaigns, all time"
  });
}

/** The quarter in which a campaign began; before the first known one, its year. */
function beganIn(quarters: PageContext["site"]["quarters"], {startsOn}: CampaignRecord): string {
  if (startsOn === null) return NO_DATES;
  return quarters.find(({from, to}) => startsOn >= from && startsOn <= to)?.label ?? startsOn.slice(0, 4);
}

/** Works out what the filter bar asks for. */
export function chooseMarketing(
  {site, facts}: PageContext,
  data: MarketingData,
  {filters}: FilterState
): ChosenMarketing {
  if (data.large) return wholeMarketing(data, data.large);
  const {
    [BEGAN]: began = [],
    [CHANNEL]: channel = [],
    [KIND]: kind = [],
    [NAME]: name = [],
    ...ofDeals
  } = filters;
  const takes = (wanted: readonly string[], value: string) => wanted.length === 0 || wanted.includes(value);
  const campaigns = data.campaigns.flatMap((campaign, row) =>
    takes(began, beganIn(site.quarters, campaign)) &&
    takes(channel, campaign.channel) &&
    takes(kind, campaign.kind) &&
    takes(name, campaign.name)
      ? [row]
      : []
  );
  const deals = facts["deals"]!;
  const isPart = Object.values(ofDeals).some((values) => values.length > 0);
  const selection = {campaigns, deals: isPart ? new Set(selectRows(deals, ofDeals)) : null};
  return {
    data,
    selection,
    rows: campaignRows(data, deals, selection),
    channelCredit: creditRanges(data, "channel", campaigns),
    campaignCredit: creditRanges(data, "campaign", campaigns),
    isFiltered: isPart || campaigns.length < data.campaigns.length
  };
}

/** A large firm's: worked out at build, and not to be cut. */
function wholeMarketing(data: MarketingData, {rows}: LargeMarketing): ChosenMarketing {
  const campaigns = data.campaigns.map((_, row) => row);
  return {
    data,
    selection: {campaigns, deals: null},
    rows,
    channelCredit: creditRanges(data, "channel", campaigns),
    campaignCredit: creditRanges(data, "campaign", campaigns),
    isFiltered: false
  };
}
