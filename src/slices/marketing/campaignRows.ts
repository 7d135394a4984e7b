/** Campaigns as the page shows them, and their sums by channel and kind, with what open deals will still bring. */
import {dayNumber, type FactTable} from "../facts.js";
import {centsAt, dayAt, dealCents, groupBy, wordAt} from "../partners/columns.js";
import {luckRange} from "./luckRange.js";
import type {CampaignRecord, CampaignRow, Costed, MarketingData, MarketingRow} from "./marketingData.js";
import {chanceAt, type Projection, projectWon} from "./projectWon.js";

/** What is looked at. */
export interface Selection {
  /** Rows of `campaigns`. */
  campaigns: readonly number[];
  /** Rows of deals.json; null for all. Then costs, touches and leads are not known: they are of whole campaigns. */
  deals: ReadonlySet<number> | null;
}

export interface CampaignRows {
  /** The newest first. */
  campaigns: CampaignRow[];
  channels: MarketingRow[];
  kinds: MarketingRow[];
  total: MarketingRow | null;
}

interface Sourced {
  deal: number;
  outcome: string | null;
  amount: number;
  ageDays: number;
  isNew: boolean;
  monthly: number | null;
}

/**
 * Rows of the selection; a deal is influenced once a group, and only where nothing of that group sourced it.
 * @param most campaigns that get a row of their own, the newest; sums are of all
 */
export function campaignRows(
  data: MarketingData,
  deals: FactTable,
  {campaigns, deals: only}: Selection,
  most = Number.POSITIVE_INFINITY
): CampaignRows {
  const today = dayNumber(data.asOf);
  const isIn = (deal: number) => only === null || only.has(deal);
  const sourcedBy = groupBy(
    data.sourced.deal.map((_, i) => i).filter((i) => isIn(data.sourced.deal[i]!)),
    (i) => data.sourced.campaign[i]!
  );
  const touchedBy = groupBy(
    data.influenced.deal.map((_, i) => i).filter((i) => isIn(data.influenced.deal[i]!)),
    (i) => data.influenced.campaign[i]!
  );
  const sourcedOf = (campaign: number) =>
    (sourcedBy.get(campaign) ?? []).map((i): Sourced => {
      const deal = data.sourced.deal[i]!;
      const began = dayAt(deals, "created_on", deal);
      return {
        deal,
        outcome: wordAt(deals, "outcome", deal),
        amount: dealCents(deals, deal) / 100,
        ageDays: began === null ? 0 : today - began,
        isNew: data.sourced.isNewCustomer[i]!,
        monthly: data.sourced.monthly[i]!
      };
    });
  const everyWin = campaigns.flatMap(sourcedOf).filter(({outcome}) => outcome === "won");
  const typical = everyWin.length > 0 ? sum(everyWin, ({amount}) => amount) / everyWin.length : 0;

  const chanceOf = (age: number) => chanceAt(data.chances, age);
  const costedOf = (theirs: readonly Sourced[], nCampaigns: number): Costed => {
    const won = theirs.filter(({outcome}) => outcome === "won");
    const newOnes = won.filter(({isNew}) => isNew);
    const monthly = newOnes.flatMap((each) => each.monthly ?? []);
    return {
      nCampaigns,
      nSourced: theirs.length,
      nWon: won.length,
      sourcedWon: sum(won, ({amount}) => amount),
      expected: sum(
        theirs.filter(({outcome}) => outcome === "open"),
        ({ageDays, amount}) => chanceOf(ageDays).p * amount
      ),
      nNewCustomers: newOnes.length,
      newMonthlyRecurring: monthly.length > 0 ? sum(monthly, (each) => each) : null,
      newMonthlySquares: sum(monthly, (each) => each * each)
    };
  };
  const summed = (name: string, members: readonly number[]) => {
    const records = members.map((campaign) => data.campaigns[campaign]!);
    const theirs = members.flatMap(sourcedOf);
    const own = new Set(theirs.map(({deal}) => deal));
    const touched = [
      ...new Set(
        members.flatMap((campaign) => (touchedBy.get(campaign) ?? []).map((i) => data.influenced.deal[i]!))
      )
    ].filter((deal) => !own.has(deal));
    const of = (outcome: string) => theirs.filter((each) => each.outcome === outcome);
    const [open, won] = [of("open"), of("won")];
    const costed = members.filter((campaign) => data.campaigns[campaign]!.cost !== null);
    const all = costedOf(theirs, members.length);
    const row: CampaignRow = {
      name,
      channel: common(records.map(({channel}) => channel)),
      kind: common(records.map(({kind}) => kind)),
      startsOn: members.length === 1 ? records[0]!.startsOn : null,
      endsOn: members.length === 1 ? records[0]!.endsOn : null,
      cost: only === null ? known(records, ({cost}) => cost) : null,
      costLagged: only === null ? known(records, ({costLagged}) => costLagged) : null,
      nTouches: only === null ? sum(records, ({nTouches}) => nTouches) : null,
      nCounted: only === null ? sum(records, ({nCounted}) => nCounted) : null,
      nLate: only === null ? sum(records, ({nLate}) => nLate) : null,
      nLeads: only === null ? sum(records, ({nLeads}) => nLeads) : null,
      nConverted: only === null ? sum(records, ({nConverted}) => nConverted) : null,
      nOpen: open.length,
      sourcedPipeline: sum(theirs, ({amount}) => amount),
      sourcedOpen: sum(open, ({amount}) => amount),
      nInfluenced: touched.length,
      influencedWon: sum(touched, (deal) => centsAt(deals, "won_amount", deal) ?? 0) / 100,
      influencedOpen: sum(touched, (deal) => centsAt(deals, "open_amount", deal) ?? 0) / 100,
      ...all,
      costed: costed.length === members.length ? all : costedOf(costed.flatMap(sourcedOf), costed.length)
    };
    return {row, open, won};
  };
  /** With the ranges, which are drawn when asked for. */
  const ranged = (name: string, members: readonly number[]): MarketingRow => {
    const {row, open, won} = summed(name, members);
    let drawn: Projection | null = null;
    const projection = () => {
      drawn ??= projectWon(open, chanceOf, data.seed);
      return drawn;
    };
    let luck: {lo: number; hi: number} | null = null;
    return {
      ...row,
      get toCome() {
        return projection().money;
      },
      get dealsToCome() {
        return projection().deals;
      },
      get luck() {
        luck ??= luckRange(
          won.map(({amount}) => amount),
          typical,
          data.seed,
          projection().draws
        );
        return luck;
      }
    };
  };
  const grouped = (key: "channel" | "kind") =>
    [...groupBy(campaigns, (campaign) => data.campaigns[campaign]![key])]
      .map(([name, members]) => ranged(name, members))
      .sort(
        (a, b) => (b.cost ?? 0) - (a.cost ?? 0) || b.sourcedWon - a.sourcedWon || (a.name < b.name ? -1 : 1)
      );
  return {
    campaigns: campaigns
      .slice(0, most)
      .map((campaign) => summed(data.campaigns[campaign]!.name, [campaign]).row),
    channels: grouped("channel"),
    kinds: grouped("kind"),
    total: campaigns.length > 0 ? ranged("All", campaigns) : null
  };
}

/** The sum of what is known; null when nothing is. */
function known(
  records: readonly CampaignRecord[],
  of: (record: CampaignRecord) => number | null
): number | null {
  const values = records.flatMap((record) => of(record) ?? []);
  return values.length > 0 ? sum(values, (each) => each) : null;
}

/** The word all have in common, or how many there are. */
function common(words: readonly string[]): string {
  const different = new Set(words);
  return different.size === 1 ? words[0]! : `${different.size} kinds`;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
