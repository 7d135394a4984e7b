/** A rehearsal: accounts that are in no export, told by the same rules, to know what the firm may expect. */
import {monthOf} from "../calendar/days.ts";
import type {RegionName} from "../names/countries.ts";
import {Picker} from "../random/picker.ts";
import {campaignCauses} from "./campaignCauses.ts";
import type {Account} from "./cast.ts";
import {linesTotal} from "./deal.ts";
import {DAYS_AHEAD} from "./drawCast.ts";
import {quarterOf} from "./quotas.ts";
import type {SoldDeal} from "./soldDeal.ts";
import type {World} from "./world.ts";

/** Twice the firm, but no fewer and no more than these deals: beyond, precision costs more than it is worth. */
const FEWEST_DEALS = 12_000;
const MOST_DEALS = 16_000;
/** Account numbers no export reaches. */
const PILOT_FROM = 1_500_000_000;

export interface RehearsedWin {
  /** Number of the account within the rehearsal. */
  account: number;
  region: RegionName;
  createdDay: number;
  wonDay: number;
  usd: number;
}

export interface Rehearsal {
  wins: RehearsedWin[];
  nAccounts: number;
  /** Deals of the world for one of the rehearsal. */
  scale: number;
}

/** Tells stories by account number; the same number gives the same story. */
export type Teller<Story extends {account: Account; deals: SoldDeal[]}> = (index: number) => Story;

/** Rehearses some thousand deals of the world, and half a year beyond the exports. */
export function rehearse(
  world: World,
  tellerOf: (world: World) => Teller<{account: Account; deals: SoldDeal[]}>
): Rehearsal {
  const {rhythm, nDeals, fx} = world;
  const exportDay = rhythm.exportDay + DAYS_AHEAD;
  const tell = tellerOf({
    ...world,
    rhythm: {...rhythm, exportDay},
    arrivals: new Picker(rhythm.arrival.subarray(0, exportDay - rhythm.first + 1)),
    causes: campaignCauses(
      world.spec,
      [...world.cast.campaigns, ...world.cast.laterCampaigns],
      {...rhythm, exportDay},
      rhythm
    )
  });
  const wins: RehearsedWin[] = [];
  let nExported = 0;
  let nAccounts = 0;
  const wanted = Math.min(MOST_DEALS, Math.max(FEWEST_DEALS, 2 * nDeals));
  for (; nExported < wanted; nAccounts++) {
    const {account, deals} = tell(PILOT_FROM + nAccounts);
    for (const {facts, life, record} of deals) {
      const createdDay = Math.floor(record.saves[0]!.at / 86_400);
      if (createdDay <= rhythm.exportDay) nExported++;
      if (life.outcome !== "won") continue;
      const cents = linesTotal(facts.lines, facts.finalDiscount);
      const usd = cents / 100 / fx.rate(facts.currency, life.outcomeDay);
      wins.push({account: nAccounts, region: account.region, createdDay, wonDay: life.outcomeDay, usd});
    }
  }
  return {wins, nAccounts, scale: nDeals / nExported};
}

/**
 * What a region books in the quarter that begins with a month, US dollars, expected for the size of the world. A
 * region's share is the same in every quarter.
 */
export function expectedByQuarter({wins, scale}: Rehearsal): (region: RegionName, month: number) => number {
  const byQuarter = new Map<number, number>();
  const byRegion = new Map<RegionName, number>();
  let total = 0;
  for (const {region, wonDay, usd} of wins) {
    const quarter = quarterOf(monthOf(wonDay));
    byQuarter.set(quarter, (byQuarter.get(quarter) ?? 0) + usd);
    byRegion.set(region, (byRegion.get(region) ?? 0) + usd);
    total += usd;
  }
  return (region, month) => (byQuarter.get(month) ?? 0) * ((byRegion.get(region) ?? 0) / total) * scale;
}
