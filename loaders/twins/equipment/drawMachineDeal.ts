/** Draws what is decided about a deal of the equipment maker before it begins to move. */
import type {Account, Campaign, Partner, Rep} from "../firm/cast.ts";
import type {DealFacts, DealLine} from "../firm/deal.ts";
import {type Effects, NO_EFFECT, sumEffects} from "../firm/effect.ts";
import {partnerEffect} from "../firm/partnerEffect.ts";
import type {World} from "../firm/world.ts";
import type {CurrencyCode} from "../names/countries.ts";
import type {Rng} from "../random/rng.ts";
import {AMOUNT_EFFECT, COMPETITORS, DEAL_TYPE, DEAL_TYPES, FIT_SPREAD, SOURCES} from "./equipmentFirm.ts";
import {COMMISSIONING, MACHINES_OF, PRODUCTS, RETROFIT, SPARES, TOOLING} from "./machines.ts";

export interface MachinePlan {
  account: Account;
  type: number;
  source: number;
  startDay: number;
  rep: Rep;
  campaign?: Campaign;
  /** Index of the campaign that caused it; -1 for none. */
  causedBy: number;
  /** The dealer that truly helps, and how much of its effect this deal gets. */
  partner?: Partner;
  partnerShare: number;
}

const COMPETITOR_WEIGHTS = COMPETITORS.map((competitor) => competitor.weight);

/** The facts of a deal; `rng` is the deal's own stream. `index` and `name` are given when the deal is entered. */
export function drawMachineDeal(world: World, plan: MachinePlan, rng: Rng): DealFacts {
  const {families, segments, regions} = world.spec;
  const {account, type, source, startDay, rep, campaign, partner} = plan;
  const segment = segments[account.segment]!;
  const family = rng.weighted(families.map((each) => each.weight));
  const logSize = segment.spread * rng.normal();
  const isService = type === DEAL_TYPE.service;
  const price = (product: number, configured: number) =>
    listPrice(world, product, account.currency, startDay, configured);
  const lines = isService
    ? serviceLines(price, logSize, rng)
    : machineLines(price, family, segment.medianUsd * Math.exp(logSize), rng);
  const competitor = isService ? 0 : rng.weighted(COMPETITOR_WEIGHTS);
  const fit = rng.normal() * FIT_SPREAD;
  const partnerPull = partner ? plan.partnerShare * partnerEffect(partner, startDay) : 0;
  const effects: Effects = {
    deal_type: DEAL_TYPES[type]!,
    segment,
    region: regions[account.region],
    source: SOURCES[source]!,
    family: families[family]!,
    amount: {pull: AMOUNT_EFFECT * logSize, loss: 0},
    partner: {pull: partnerPull, loss: -0.5 * partnerPull},
    rep: {pull: rep.skill, loss: -0.5 * rep.skill},
    campaign: campaign ? {pull: campaign.effect, loss: 0} : NO_EFFECT,
    competitor: COMPETITORS[competitor]!,
    fit: {pull: fit, loss: -0.8 * fit}
  };
  const quotedDiscount = Math.round(rng.between(0, 9)) / 100;
  const giveAway = rng.chance(0.5) ? Math.round(rng.between(1, 6)) / 100 : 0;
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
    finalDiscount: quotedDiscount + giveAway,
    effects,
    total: sumEffects(effects)
  };
}

/** Price of one unit on a day, cents of the currency; `configured` is the factor for what this customer wants of it. */
export function listPrice(
  world: World,
  product: number,
  currency: CurrencyCode,
  day: number,
  configured = 1
): number {
  const {start, decimals} = world.spec.currencies[currency];
  const usd = PRODUCTS[product]!.listUsd * world.priceFactor(day) * configured;
  const step = decimals === 0 ? 1_000_000 : 10_000;
  return Math.max(step, Math.round((usd * 100 * start) / step) * step);
}

type Price = (product: number, configured: number) => number;

function machineLines(price: Price, family: number, targetUsd: number, rng: Rng): DealLine[] {
  const [small, large] = MACHINES_OF[family]!;
  const isLarge = targetUsd > (PRODUCTS[small]!.listUsd + PRODUCTS[large]!.listUsd) / 2;
  const product = isLarge ? large : small;
  const quantity = Math.min(12, Math.max(1, Math.round(targetUsd / PRODUCTS[product]!.listUsd)));
  const lines: DealLine[] = [{product, quantity, listCents: price(product, rng.between(0.92, 1.2))}];
  if (rng.chance(0.6))
    lines.push({product: TOOLING, quantity: quantity * (1 + rng.int(3)), listCents: price(TOOLING, 1)});
  if (rng.chance(0.45)) lines.push({product: SPARES, quantity, listCents: price(SPARES, 1)});
  lines.push({
    product: COMMISSIONING,
    quantity: quantity * (1 + rng.int(2)),
    listCents: price(COMMISSIONING, 1)
  });
  return lines;
}

function serviceLines(price: Price, logSize: number, rng: Rng): DealLine[] {
  const weeks = Math.max(1, Math.round(3 * Math.exp(logSize)));
  const lines: DealLine[] = [{product: RETROFIT, quantity: weeks, listCents: price(RETROFIT, 1)}];
  if (rng.chance(0.55)) lines.push({product: SPARES, quantity: 1 + rng.int(4), listCents: price(SPARES, 1)});
  return lines;
}
