/**
 * Firms made by rules other than the twins': beginnings and ends of deals alone, with a known rhythm, growth, share of deals that
 * never close and size. What holds on twins and on these is not owed to one way of making firms.
 */

import {buildHistory, type SpanRow} from "../../loaders/forecast/history/buildHistory.ts";
import {fiscalPeriod} from "../../loaders/forecast/history/calendar.ts";
import type {PipelineHistory} from "../../loaders/forecast/history/pipelineHistory.ts";
import {Rng} from "../../loaders/twins/random/rng.ts";

export const PLAIN_KINDS = [
  "steady",
  "quarter ends",
  "month ends",
  "growing",
  "seasons",
  "shifting"
] as const;
export type PlainKind = (typeof PLAIN_KINDS)[number];

const FIRST = 16_000;
const REPS = 12;

/** A firm of a kind that wins about so many deals a week over so many days. */
export function plainFirm(
  kind: PlainKind,
  {winsAWeek, days, seed}: {winsAWeek: number; days: number; seed: number}
): PipelineHistory {
  const rng = new Rng().seed(seed, PLAIN_KINDS.indexOf(kind) + 1);
  const winRate = 0.3 + 0.35 * rng.next();
  const cycle = 25 + 60 * rng.next();
  const never = 0.25 * rng.next();
  const phase = rng.next();
  const growth = kind === "growing" ? Math.log(1.6 + rng.next()) : 0.15 * rng.normal();
  const products = Array.from({length: 5}, () => ({
    price: 1_000 * Math.exp(1.2 * rng.normal()),
    lift: 0.3 * rng.normal()
  }));
  const rows: SpanRow[] = [];
  const product = new Map<string, string>();
  let level = 0;
  let deal = 0;
  for (let day = FIRST - 150; day < FIRST + days; day++) {
    if (kind === "shifting") level = 0.995 * level + 0.035 * rng.normal();
    const wave = kind === "seasons" ? 0.45 * Math.sin(2 * Math.PI * ((day % 91.3125) / 91.3125 + phase)) : 0;
    const weekday = (((day + 3) % 7) + 7) % 7 < 5 ? 1.35 : 0.12;
    const rate =
      ((winsAWeek / 7 / winRate) * weekday * Math.exp(level + wave + (growth * (day - FIRST)) / 365)) /
      (1 - never);
    for (let many = rng.poisson(rate); many > 0; many--) {
      const id = `D${deal++}`;
      const at = rng.int(products.length);
      const {price, lift} = products[at]!;
      product.set(id, `P${at}`);
      const owner = `Rep ${rng.int(REPS)}`;
      const stated = Math.round(price);
      rows.push({deal: id, from: day, outcome: "open", stage: "open", amount: stated, owner});
      if (rng.chance(never)) continue;
      let closed = day + 1 + Math.round(cycle * (-Math.log(1 - rng.next()) * 0.7 + 0.3));
      const won = rng.chance(Math.min(0.95, winRate * Math.exp(lift)));
      if (kind === "quarter ends" && rng.chance(0.5)) closed = towardsEnd(closed, "quarter", rng);
      if (kind === "month ends" && rng.chance(0.5)) closed = towardsEnd(closed, "month", rng);
      if (closed >= FIRST + days) continue;
      rows.push({
        deal: id,
        from: closed,
        outcome: won ? "won" : "lost",
        stage: won ? "won" : "lost",
        amount: won ? Math.round(stated * Math.exp(0.15 * rng.normal())) : 0,
        owner
      });
    }
  }
  return buildHistory({
    rows,
    stages: [
      {id: "open", name: "Open", order: 1, kind: "open", probability: null},
      {id: "won", name: "Won", order: 2, kind: "won", probability: 1},
      {id: "lost", name: "Lost", order: 3, kind: "lost", probability: 0}
    ],
    attributes: {product},
    labels: {product: "Product"},
    asOf: FIRST + days - 1
  });
}

/** A day near the end of its quarter or month, a few days before at most. */
function towardsEnd(day: number, grain: "quarter" | "month", rng: Rng): number {
  const {to} = fiscalPeriod(day, grain, 1);
  return Math.max(day, to - Math.floor(8 * rng.next() ** 2));
}
