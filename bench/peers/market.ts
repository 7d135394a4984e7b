/**
 * A twin's market in memory, as far as partners go: their closed deals of two years, as How you compare counts them, dealt out account
 * by account to firms of several sizes. What is true of a partner is the whole market's figure without the firm that is judged.
 */
import {dayOf, monthOf} from "../../loaders/twins/calendar/days.ts";
import type {SoldDeal} from "../../loaders/twins/firm/soldDeal.ts";
import {drawWorld, type World} from "../../loaders/twins/firm/world.ts";
import type {Firm} from "../../loaders/twins/writeTwin.ts";
import {TELLINGS} from "../coverage/market.ts";

/** One closed deal of a partner. */
export interface PartnerDeal {
  partner: number;
  account: number;
  /** -1 for an account that no firm got. */
  firm: number;
  isWon: boolean;
  /** In the later of the two years. */
  isLater: boolean;
  cycleDays: number;
  usd: number;
  isPutOff: boolean;
}

export interface PartnerMarket {
  nFirms: number;
  deals: PartnerDeal[];
}

/** Two years that end with a quarter. */
const [FROM, MIDDLE, TO] = ["2023-04-01", "2024-04-01", "2025-03-31"].map(dayOf) as [number, number, number];
const DAY = 86_400;

export interface MarketSize {
  /** Deals of the whole market, with a partner or without. */
  deals: number;
  partners: number;
  /** Deals of each firm. */
  firms: readonly number[];
}

/** @throws when the firms need more deals than the market has */
export function tellPartners(firm: Firm, {deals, partners, firms}: MarketSize, seed: number): PartnerMarket {
  const dealt = firms.reduce((sum, each) => sum + each, 0);
  if (dealt > deals) throw new Error(`firms of ${dealt} deals in a market of ${deals}`);
  const {spec, teller, ladders, ladderOf} = TELLINGS[firm];
  const cast = {...spec.cast, dealsPerPartner: deals / partners};
  const world = drawWorld({...spec, cast}, deals, seed);
  const tell = teller(world);
  const deal = world.streams.stream("peers.firms");
  const weights = [...firms, deals - dealt];
  const market: PartnerMarket = {nFirms: firms.length, deals: []};
  for (let account = 0, told = 0; told < deals; account++) {
    const drawn = deal.weighted(weights);
    const to = drawn === firms.length ? -1 : drawn;
    for (const sold of tell(account).deals) {
      told++;
      const closed = closedDeal(sold, world, ladders[ladderOf(sold)]!.stages.length);
      if (closed) market.deals.push({...closed, account, firm: to});
    }
  }
  return market;
}

function closedDeal(
  {facts, record: {saves}, partnerRole, partnerIsInCrm}: SoldDeal,
  {fx}: World,
  nOpen: number
): Omit<PartnerDeal, "account" | "firm"> | null {
  const last = saves.at(-1)!;
  const [created, closed] = [saves[0]!.at, last.at].map((at) => Math.floor(at / DAY)) as [number, number];
  if (partnerRole === "none" || !partnerIsInCrm || last.stage < nOpen || closed < FROM || closed > TO)
    return null;
  const isPutOff = saves.some(({closeDay}, i) => {
    const before = saves[i - 1];
    return before !== undefined && monthOf(closeDay) > monthOf(before.closeDay);
  });
  return {
    partner: facts.partner,
    isWon: last.stage === nOpen,
    isLater: closed >= MIDDLE,
    cycleDays: Math.max(1, closed - created),
    usd: (last.amountCents ?? 0) / 100 / fx.rate(facts.currency, closed),
    isPutOff
  };
}

/**
 * The same market with every account's deals of one partner given to any partner, larger ones more often: customers with several deals stay
 * whole, and no partner differs from another but by luck.
 */
export function withoutDifference(market: PartnerMarket, pick: (n: number) => number): PartnerMarket {
  const owners = market.deals.map(({partner}) => partner);
  const given = new Map<string, number>();
  const deals = market.deals.map((each) => {
    const key = `${each.account} ${each.partner}`;
    const partner = given.get(key) ?? owners[pick(owners.length)]!;
    given.set(key, partner);
    return {...each, partner};
  });
  return {...market, deals};
}
