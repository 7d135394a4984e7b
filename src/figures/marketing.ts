/** Figures of the Marketing page: what campaigns cost and brought, by campaign, channel and kind, and how it is credited. */
import type {FactTable} from "../slices/facts.js";
import {campaignRows, type Selection} from "../slices/marketing/campaignRows.js";
import {channelEffects} from "../slices/marketing/channelEffect.js";
import {creditRanges} from "../slices/marketing/creditRanges.js";
import type {CampaignRecord, CreditRange, MarketingData} from "../slices/marketing/marketingData.js";
import {wordAt} from "../slices/partners/columns.js";
import {type Filters, selectRows} from "../slices/select.js";
import type {Dimension, SiteData} from "../slices/site.js";
import {type Asked, type DealList, dealList, type PageFigures} from "./pageFigures.js";

const NO_DATES = "no dates";
/** Keys in the address that belong to this page alone. */
export const BEGAN = "began";
export const CHANNEL = "campaign_channel";
export const KIND = "campaign_kind";
/** On pages of deals this cuts the deals; here the campaigns themselves, with their costs. */
const NAME = "campaign";
const OWN = [BEGAN, CHANNEL, KIND, NAME];

/** Campaigns listed singly at most, the newest; sums are of all. */
const MOST_CAMPAIGNS = 1_000;
/** Values of a dimension of campaigns that the build of a large firm answers at most; one with more is not offered there. */
const MOST_VALUES = 60;

/** What no filter changes. */
export type MarketingFrame = Pick<
  MarketingData,
  | "asOf"
  | "reason"
  | "grossMargin"
  | "halfLifeDays"
  | "models"
  | "envelope"
  | "funnel"
  | "curves"
  | "dispersion"
> &
  Pick<MarketingData, "doubts" | "caused"> & {
    /** What the page is filtered by: campaigns first, then deals. */
    dimensions: Dimension[];
    /** Known cost of all campaigns by channel and by kind. */
    costs: {channel: Record<string, number>; kind: Record<string, number>};
    /** Credit of all campaigns, by channel. */
    credit: CreditRange[];
    /** The newest campaigns that surely caused deals. */
    sure: (Pick<CampaignRecord, "name" | "channel" | "startsOn" | "cost"> & Caused)[];
  };

interface Caused {
  caused: {estimate: number; lo: number; hi: number};
}

/** The page's file: what the marts counted of campaigns and their deals. */
function fileOf({files}: Asked): MarketingData {
  return files["marketing"];
}

/** Everything that is the same whatever is filtered. */
export function marketingFrame(site: SiteData, data: MarketingData): MarketingFrame {
  const everything = data.campaigns.map((_, row) => row);
  const {asOf, reason, grossMargin, halfLifeDays, models, envelope, funnel, curves, dispersion} = data;
  const {doubts, caused} = data;
  return {
    ...{
      asOf,
      reason,
      grossMargin,
      halfLifeDays,
      models,
      envelope,
      funnel,
      curves,
      dispersion,
      doubts,
      caused
    },
    dimensions: marketingDimensions(site, data),
    costs: {channel: costsBy(data, "channel"), kind: costsBy(data, "kind")},
    credit: creditRanges(data, "channel", everything).units,
    sure: caused.channel.campaigns.flatMap(({row, created}) => {
      if (created.lo <= 0) return [];
      const {name, channel, startsOn, cost} = data.campaigns[row]!;
      return [{name, channel, startsOn, cost, caused: created}];
    })
  };
}

function costsBy({campaigns}: MarketingData, key: "channel" | "kind"): Record<string, number> {
  const costs = new Map<string, number>();
  for (const campaign of campaigns)
    if (campaign.cost !== null) costs.set(campaign[key], (costs.get(campaign[key]) ?? 0) + campaign.cost);
  return Object.fromEntries(costs);
}

/**
 * What the page is filtered by: campaigns by when they began, channel, kind and name, then deals as on every page. Of a large
 * firm each is a dimension whose every value the build answers.
 */
function marketingDimensions(site: SiteData, {campaigns}: MarketingData): Dimension[] {
  const own = (key: string, label: string, of: (campaign: CampaignRecord) => string): Dimension => {
    const counts = new Map<string, number>();
    for (const campaign of campaigns) counts.set(of(campaign), (counts.get(of(campaign)) ?? 0) + 1);
    return {key, label, values: [...counts].map(([value, n]) => ({value, n}))};
  };
  const named = (dimension: Dimension): Dimension => ({
    ...dimension,
    values: dimension.values.sort((a, b) => (a.value < b.value ? -1 : 1))
  });
  const all = [
    own(BEGAN, "Campaign began", (campaign) => beganIn(site, campaign)),
    named(own(CHANNEL, "Campaign channel", ({channel}) => channel)),
    named(own(KIND, "Campaign kind", ({kind}) => kind)),
    named(own(NAME, "Campaign", ({name}) => name)),
    ...site.dimensions.filter(({key}) => key !== NAME)
  ];
  if (!site.parts) return all;
  const {answers} = site.parts;
  return all.filter(({key, values}) =>
    OWN.includes(key) ? answers && values.length <= MOST_VALUES : answers?.includes(key)
  );
}

/** The quarter in which a campaign began; before the first known one, its year. */
function beganIn({quarters}: SiteData, {startsOn}: CampaignRecord): string {
  if (startsOn === null) return NO_DATES;
  return quarters.find(({from, to}) => startsOn >= from && startsOn <= to)?.label ?? startsOn.slice(0, 4);
}

/** The campaigns and deals that filters leave. */
function selectionOf(asked: Asked): Selection {
  const {site, facts, chosen} = asked;
  const {[BEGAN]: began = [], [CHANNEL]: channel = [], [KIND]: kind = [], [NAME]: name = []} = chosen.filters;
  const takes = (wanted: readonly string[], value: string) => wanted.length === 0 || wanted.includes(value);
  const campaigns = fileOf(asked).campaigns.flatMap((campaign, row) =>
    takes(began, beganIn(site, campaign)) &&
    takes(channel, campaign.channel) &&
    takes(kind, campaign.kind) &&
    takes(name, campaign.name)
      ? [row]
      : []
  );
  const ofDeals: Filters = Object.fromEntries(
    Object.entries(chosen.filters).filter(([key, values]) => !OWN.includes(key) && values.length > 0)
  );
  const isPart = Object.keys(ofDeals).length > 0;
  return {campaigns, deals: isPart ? new Set(selectRows(facts["deals"]!, ofDeals)) : null};
}

export const marketingPage = {
  page: "marketing",
  kinds: ["deals", "marketing"],
  isAlwaysAnswered: true,
  dimensions: ({site, files}: Pick<Asked, "site" | "files">) => marketingDimensions(site, files["marketing"]),
  still: (asked: Asked) => {
    const data = fileOf(asked);
    const deals = asked.facts["deals"]!;
    const selection = selectionOf(asked);
    const isPart = selection.deals !== null;
    const isFiltered = isPart || selection.campaigns.length < data.campaigns.length;
    return {
      /** Only some deals of the campaigns are looked at. */
      isPart,
      isFiltered,
      frame: isFiltered ? null : marketingFrame(asked.site, data),
      rows: campaignRows(data, deals, selection, MOST_CAMPAIGNS),
      channelCredit: creditRanges(data, "channel", selection.campaigns),
      campaignCredit: most(creditRanges(data, "campaign", selection.campaigns)),
      won: wonDeals(data, deals, selection)
    };
  }
} satisfies PageFigures<object>;

export type MarketingFigures = ReturnType<typeof marketingPage.still>;

/** What takes longest, so that it can come after the rest of the page. */
export const campaignEffectsPage = {
  page: "campaign-effects",
  kinds: ["deals", "marketing"],
  still: (asked: Asked) => ({
    effects: channelEffects(fileOf(asked), asked.facts["deals"]!, selectionOf(asked))
  })
} satisfies PageFigures<object>;

export type CampaignEffects = ReturnType<typeof campaignEffectsPage.still>;

/** Credit of as many campaigns as are listed, those with most. */
function most<Ranges extends {units: CreditRange[]}>(ranges: Ranges): Ranges {
  return {...ranges, units: ranges.units.slice(0, MOST_CAMPAIGNS)};
}

/** Won deals that campaigns of the selection sourced: all, those of campaigns that say what they cost, and by channel. */
function wonDeals(
  {sourced, campaigns}: MarketingData,
  deals: FactTable,
  selection: Selection
): {all: DealList; costed: DealList; byChannel: Record<string, DealList>} {
  const wanted = new Set(selection.campaigns);
  const all: number[] = [];
  const costed: number[] = [];
  const byChannel = new Map<string, number[]>();
  for (const [i, deal] of sourced.deal.entries()) {
    const campaign = sourced.campaign[i]!;
    if (!wanted.has(campaign) || !(selection.deals?.has(deal) ?? true)) continue;
    if (wordAt(deals, "outcome", deal) !== "won") continue;
    const {channel, cost} = campaigns[campaign]!;
    all.push(deal);
    if (cost !== null) costed.push(deal);
    const mine = byChannel.get(channel);
    if (mine) mine.push(deal);
    else byChannel.set(channel, [deal]);
  }
  return {
    all: dealList(all),
    costed: dealList(costed),
    byChannel: Object.fromEntries([...byChannel].map(([channel, rows]) => [channel, dealList(rows)]))
  };
}
