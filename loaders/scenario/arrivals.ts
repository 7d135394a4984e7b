/** Deals not created yet, source by source: how many a week, with what chances, of what amounts, in which slices. */
import type {ArrivalSource, OutcomeCurve} from "../../src/scenario/input.ts";
import {expectedAmount} from "../forecast/deals/amounts.ts";
import {stateOn} from "../forecast/deals/dealFeatures.ts";
import type {NewBusiness} from "../forecast/deals/newBusiness.ts";
import {ratioAt} from "../forecast/deals/newCohorts.ts";
import {outcomeCurve} from "../forecast/deals/outcomeModel.ts";
import type {DealModel} from "../forecast/deals/projectDeals.ts";
import {OPEN, type PipelineHistory} from "../forecast/history/pipelineHistory.ts";
import {places} from "./openDeals.ts";

export interface ArrivalInput {
  history: PipelineHistory;
  model: DealModel;
  fresh: NewBusiness;
  weeks: number;
  /** The word a deal has in each slice; null where it has none. */
  wordOf: (dealId: string, slice: string) => string | null;
  slices: readonly string[];
}

const RECENT_DAYS = 365;
const MOST_SOURCES = 7;
const SAMPLED = 40;
const AMOUNTS = 24;
export const OTHER_SOURCE = "other sources";

/** One source a lead source of the last year's creations, small ones together; curves are appended to `curves`. */
export function arrivalSources(input: ArrivalInput, curves: OutcomeCurve[]): ArrivalSource[] {
  const {history, fresh, slices, wordOf} = input;
  const bySource = new Map<string, number[]>();
  let total = 0;
  for (let d = 0; d < history.nDeals; d++) {
    if (history.asOf - history.createdOn[d]! >= RECENT_DAYS) continue;
    if (history.outcome[history.spanStart[d]!] !== OPEN) continue;
    const source = wordOf(history.dealIds[d]!, "lead_source") ?? "(none)";
    const list = bySource.get(source);
    if (list) list.push(d);
    else bySource.set(source, [d]);
    total++;
  }
  const ranked = [...bySource].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const kept = ranked.slice(0, ranked.length > MOST_SOURCES ? MOST_SOURCES - 1 : MOST_SOURCES);
  const rest = ranked.slice(kept.length).flatMap(([, deals]) => deals);
  if (rest.length > 0) kept.push([OTHER_SOURCE, rest]);
  return kept.map(([key, deals]) => {
    const {curve, amounts} = typical(input, deals);
    curves.push(curve);
    const shares = Object.fromEntries(
      slices.map((slice) => [slice, sharesOf(deals.map((d) => wordOf(history.dealIds[d]!, slice)))])
    );
    return {
      key,
      perWeek: Array.from(fresh.arrivals, (each) => places((each * deals.length) / total)),
      rateVariance: Math.exp(fresh.rateSpread ** 2) - 1,
      curve: curves.length - 1,
      amounts,
      shares
    };
  });
}

/**
 * The mean curve of recent deals at their birth, and amounts of their wins, those likelier to win oftener; both at the rates at which like
 * deals came true, as the forecast takes them: as many close each week, and another share of them is won.
 */
function typical({history, model, fresh, weeks}: ArrivalInput, deals: readonly number[]) {
  const step = Math.max(1, deals.length / SAMPLED);
  const sample = Array.from(
    {length: Math.min(SAMPLED, deals.length)},
    (_, i) => deals[deals.length - 1 - Math.floor(i * step)]!
  );
  const curve: OutcomeCurve = {won: new Array(weeks).fill(0), lost: new Array(weeks).fill(0)};
  const worth = sample.map((d) => {
    const span = history.spanStart[d]!;
    const found = outcomeCurve(model.outcomes, stateOn(history, d, span, history.createdOn[d]!)!, weeks);
    let [won, lost, money] = [0, 0, 0];
    for (let k = 0; k < weeks; k++) {
      const since = (cumulative: Float64Array) => cumulative[k]! - (k > 0 ? cumulative[k - 1]! : 0);
      const [wins, losses] = [since(found.won), since(found.lost)];
      const ratio = ratioAt(fresh.ratios, k + 1);
      const cameTrue = Math.min(wins + losses, wins * ratio.count);
      won += cameTrue;
      lost += wins + losses - cameTrue;
      money += wins * ratio.money;
      curve.won[k]! += won / sample.length;
      curve.lost[k]! += lost / sample.length;
    }
    const amount = expectedAmount(history, model.amounts, span);
    return {amount: won > 0 ? (amount * money) / won : amount, weight: won};
  });
  const sorted = worth.sort((a, b) => a.amount - b.amount);
  const weight = sorted.reduce((sum, each) => sum + each.weight, 0);
  const mean = weight > 0 ? sorted.reduce((sum, each) => sum + each.amount * each.weight, 0) / weight : 0;
  const picked = Array.from({length: AMOUNTS}, (_, i) => at(sorted, ((i + 0.5) / AMOUNTS) * weight));
  const pickedMean = picked.reduce((sum, value) => sum + value, 0) / AMOUNTS;
  return {
    curve: {won: curve.won.map(places), lost: curve.lost.map(places)},
    amounts: picked.map((value) => Math.round(100 * (pickedMean > 0 ? (value * mean) / pickedMean : 0)) / 100)
  };
}

function at(sorted: readonly {amount: number; weight: number}[], wanted: number): number {
  let sum = 0;
  for (const {amount, weight} of sorted) {
    sum += weight;
    if (sum >= wanted) return amount;
  }
  return sorted.at(-1)?.amount ?? 0;
}

function sharesOf(words: readonly (string | null)[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word ?? "(none)", (counts.get(word ?? "(none)") ?? 0) + 1);
  return Object.fromEntries([...counts].sort().map(([word, n]) => [word, n / words.length]));
}
