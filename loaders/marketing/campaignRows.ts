/** Campaigns as the page shows them, and their sums by channel and kind, with what open deals will still bring. */
import type {Spell} from "../../src/slices/aalenJohansen.ts";
import type {MarketingRow} from "../../src/slices/marketing.ts";
import {groupBy} from "../match/groupBy.ts";
import {luckRange} from "./luckRange.ts";
import {chanceByAge, type OpenDeal, projectWon, WON} from "./projectWon.ts";

/** Columns of marts.campaigns. */
export interface CampaignRecord {
  campaign_id: string;
  campaign_name: string;
  channel: string;
  kind: string;
  starts_on: string | null;
  ends_on: string | null;
  cost: number | null;
  n_touches: number;
  n_leads: number;
  n_converted: number;
  n_sourced: number;
  n_open: number;
  n_won: number;
  n_new_customers: number;
  sourced_pipeline: number;
  sourced_open: number;
  sourced_won: number;
  new_monthly_recurring: number | null;
  n_influenced: number;
  influenced_open: number;
  influenced_won: number;
}

/** A deal that a campaign sourced. */
export interface SourcedDeal {
  campaign_id: string;
  outcome: "open" | "won" | "lost";
  amount: number;
  /** Days from creation to close, or to the as-of day. Null when the creation is unknown. */
  days: number | null;
}

export interface CampaignRows {
  campaigns: MarketingRow[];
  channels: MarketingRow[];
  kinds: MarketingRow[];
  total: MarketingRow | null;
}

/** Sourced deals from which on their own curve is used, not that of all deals. */
const ENOUGH = 100;

/**
 * @param everyDeal spells of all deals of the firm, for firms with few sourced ones
 * @param influenced deals and money influenced by channel, kind and in total, each deal once: campaigns' own would count twice
 */
export function campaignRows(
  campaigns: readonly CampaignRecord[],
  deals: readonly SourcedDeal[],
  everyDeal: readonly Spell[],
  influenced: Readonly<Record<"channel" | "kind" | "total", ReadonlyMap<string, Influenced>>>,
  seed: number
): CampaignRows {
  const own = deals.flatMap(({outcome, days}): Spell[] =>
    days === null ? [] : [{days, cause: outcome === "open" ? null : outcome === "won" ? WON : 1}]
  );
  const chanceOf = chanceByAge(own.length >= ENOUGH ? own : everyDeal);
  const wins = deals.filter(({outcome}) => outcome === "won");
  const typical = wins.length > 0 ? sum(wins, ({amount}) => amount) / wins.length : 0;
  const byCampaign = new Map<string, SourcedDeal[]>();
  for (const deal of deals) {
    const list = byCampaign.get(deal.campaign_id);
    if (list) list.push(deal);
    else byCampaign.set(deal.campaign_id, [deal]);
  }

  const row = (name: string, members: readonly CampaignRecord[], touched?: Influenced): MarketingRow => {
    const theirs = members.flatMap(({campaign_id}) => byCampaign.get(campaign_id) ?? []);
    const open = theirs.flatMap(({outcome, amount, days}): OpenDeal[] =>
      outcome === "open" ? [{ageDays: days ?? 0, amount}] : []
    );
    const {deals: dealsToCome, money: toCome, draws} = projectWon(open, chanceOf, seed);
    const costs = members.flatMap(({cost}) => (cost === null ? [] : [cost]));
    const recurring = members.flatMap(({new_monthly_recurring: each}) => (each === null ? [] : [each]));
    return {
      name,
      channel: common(members.map(({channel}) => channel)),
      kind: common(members.map(({kind}) => kind)),
      startsOn: members.length === 1 ? members[0]!.starts_on : null,
      endsOn: members.length === 1 ? members[0]!.ends_on : null,
      nCampaigns: members.length,
      cost: costs.length > 0 ? sum(costs, (each) => each) : null,
      nTouches: sum(members, (each) => each.n_touches),
      nLeads: sum(members, (each) => each.n_leads),
      nConverted: sum(members, (each) => each.n_converted),
      nSourced: sum(members, (each) => each.n_sourced),
      nOpen: sum(members, (each) => each.n_open),
      nWon: sum(members, (each) => each.n_won),
      nNewCustomers: sum(members, (each) => each.n_new_customers),
      sourcedPipeline: sum(members, (each) => each.sourced_pipeline),
      sourcedOpen: sum(members, (each) => each.sourced_open),
      sourcedWon: sum(members, (each) => each.sourced_won),
      newMonthlyRecurring: recurring.length > 0 ? sum(recurring, (each) => each) : null,
      nInfluenced: touched?.nDeals ?? sum(members, (each) => each.n_influenced),
      influencedWon: touched?.won ?? sum(members, (each) => each.influenced_won),
      influencedOpen: touched?.open ?? sum(members, (each) => each.influenced_open),
      toCome,
      dealsToCome,
      luck: luckRange(
        theirs.flatMap(({outcome, amount}) => (outcome === "won" ? [amount] : [])),
        typical,
        seed,
        draws
      )
    };
  };
  const NOBODY = {nDeals: 0, won: 0, open: 0};
  const grouped = (of: "channel" | "kind") =>
    [...groupBy(campaigns, (each) => each[of])]
      .map(([name, members]) => row(name, members, influenced[of].get(name) ?? NOBODY))
      .sort((a, b) => (b.cost ?? 0) - (a.cost ?? 0));
  return {
    campaigns: campaigns.map((each) => row(each.campaign_name, [each])),
    channels: grouped("channel"),
    kinds: grouped("kind"),
    total: campaigns.length > 0 ? row("All", campaigns, influenced.total.get("All") ?? NOBODY) : null
  };
}

export interface Influenced {
  nDeals: number;
  won: number;
  open: number;
}

/** The word all have in common, or how many there are. */
function common(words: readonly string[]): string {
  const different = new Set(words);
  return different.size === 1 ? words[0]! : `${different.size} kinds`;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
