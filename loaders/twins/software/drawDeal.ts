/** Draws what is decided about a deal of the software firm before it begins to move. */
import type {Account, Campaign, Partner, Rep} from "../firm/cast.ts";
import {type DealFacts, type DealLine, linesTotal} from "../firm/deal.ts";
import {type Effects, NO_EFFECT, sumEffects} from "../firm/effect.ts";
import {partnerEffect} from "../firm/partnerEffect.ts";
import type {World} from "../firm/world.ts";
import type {CurrencyCode} from "../names/countries.ts";
import type {Rng} from "../random/rng.ts";
import {
  AMOUNT_EFFECT,
  COMPETITORS,
  CURRENCIES,
  DEAL_TYPE,
  DEAL_TYPES,
  FAMILIES,
  FIT_SPREAD,
  PRODUCTS,
  REGION_LEVELS,
  SEGMENTS,
  SOURCES
} from "./softwareFirm.ts";

export interface DealPlan {
  account: Account;
  type: number;
  source: number;
  startDay: number;
  rep: Rep;
  campaign?: Campaign;
  /** Index of the campaign that caused it; -1 for none. */
  causedBy: number;
  /** The partner that truly helps, and how much of its effect this deal gets. */
  partner?: Partner;
  partnerShare: number;
  /** For renewals: what is renewed. */
  renewed?: readonly DealLine[];
}

const FAMILY_WEIGHTS = FAMILIES.map((family) => family.weight);
const COMPETITOR_WEIGHTS = COMPETITORS.map((competitor) => competitor.weight);

/** The facts of a deal; `rng` is the deal's own stream. `index` and `name` are given when the deal is entered. */
export function drawDeal(world: World, plan: DealPlan, rng: Rng): DealFacts {
  const {account, type, source, startDay, rep, campaign, partner} = plan;
  const segment = SEGMENTS[account.segment]!;
  const family = rng.weighted(FAMILY_WEIGHTS);
  const logSize = segment.spread * rng.normal() + (type === DEAL_TYPE.expansion ? Math.log(0.42) : 0);
  const lines = plan.renewed
    ? upliftedLines(plan.renewed, rng)
    : drawLines(world, family, segment.medianUsd * Math.exp(logSize), account.currency, startDay, rng);
  const competitor = type === DEAL_TYPE.renewal ? 0 : rng.weighted(COMPETITOR_WEIGHTS);
  const fit = rng.normal() * FIT_SPREAD;
  const partnerPull = partner ? plan.partnerShare * partnerEffect(partner, startDay) : 0;
  const effects: Effects = {
    deal_type: DEAL_TYPES[type]!,
    segment,
    region: REGION_LEVELS[account.region],
    source: SOURCES[source]!,
    family: FAMILIES[family]!,
    amount: {pull: AMOUNT_EFFECT * (type === DEAL_TYPE.renewal ? 0 : logSize), loss: 0},
    partner: {pull: partnerPull, loss: -0.5 * partnerPull},
    rep: {pull: rep.skill, loss: -0.5 * rep.skill},
    campaign: campaign ? {pull: campaign.effect, loss: 0} : NO_EFFECT,
    competitor: COMPETITORS[competitor]!,
    fit: {pull: fit, loss: -0.8 * fit}
  };
  const quotedDiscount = type === DEAL_TYPE.renewal ? 0 : Math.round(rng.between(0, 18)) / 100;
  const giveAway = rng.chance(0.45) ? Math.round(rng.between(2, 12)) / 100 : 0;
  return {
    index: -1,
    account: account.index,
    name: "",
    type,
    source,
    family,
    segment: account.segment,
    currency: account.currency,
    campaign: campaign?.index ?? -1,
    causedBy: plan.causedBy,
    partner: partner?.index ?? -1,
    competitor,
    rep: rep.index,
    startDay,
    lines,
    quotedDiscount,
    finalDiscount: type === DEAL_TYPE.renewal ? 0 : quotedDiscount + giveAway,
    effects,
    total: sumEffects(effects)
  };
}

/** What a year of the lines' subscriptions brings, cents. */
export function recurringCents(lines: readonly DealLine[], discount: number): number {
  return linesTotal(
    lines.filter(({product}) => PRODUCTS[product]!.kind === "subscription"),
    discount
  );
}

function drawLines(
  world: World,
  family: number,
  targetUsd: number,
  currency: CurrencyCode,
  day: number,
  rng: Rng
): DealLine[] {
  const list = (product: number) => listPrice(world, product, currency, day);
  const quantity = Math.max(3, Math.round(targetUsd / PRODUCTS[family]!.listUsd));
  const lines: DealLine[] = [{product: family, quantity, listCents: list(family)}];
  if (rng.chance(0.42)) {
    const days = Math.max(1, Math.round((targetUsd * rng.between(0.06, 0.2)) / PRODUCTS[3]!.listUsd));
    lines.push({product: 3, quantity: days, listCents: list(3)});
  }
  if (rng.chance(0.3)) lines.push({product: 4, quantity, listCents: list(4)});
  return lines;
}

/** List price of one unit on a day, cents of the currency, rounded as a price list is. */
export function listPrice(world: World, product: number, currency: CurrencyCode, day: number): number {
  const usd = PRODUCTS[product]!.listUsd * world.priceFactor(day);
  const step = CURRENCIES[currency].decimals === 0 ? 10_000 : 100;
  return Math.max(step, Math.round((usd * 100 * CURRENCIES[currency].start) / step) * step);
}

function upliftedLines(renewed: readonly DealLine[], rng: Rng): DealLine[] {
  const uplift = 1 + rng.between(0, 0.07);
  const seats = rng.chance(0.22) ? rng.between(0.7, 0.97) : 1;
  return renewed.map(({product, quantity, listCents}) => ({
    product,
    quantity: Math.max(1, Math.round(quantity * seats)),
    listCents: Math.round((listCents * uplift) / 100) * 100
  }));
}
