/** Sample paths of what will be won each week: open deals by their own chances, and deals not created yet. */

import {concernNumber, Rng} from "../../twins/random/rng.ts";
import type {Measure} from "../bookings/bookingsForecaster.ts";
import {openNow} from "../bookings/pastWindows.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import {type AmountModel, expectedAmount, fitAmounts} from "./amounts.ts";
import {commonStretch} from "./commonStretch.ts";
import {type DealState, stateOn} from "./dealFeatures.ts";
import {type NewBusiness, projectNewBusiness} from "./newBusiness.ts";
import {fitOutcomes, type OutcomeCurve, type OutcomeModel, outcomeCurve} from "./outcomeModel.ts";

export interface DealModel {
  outcomes: OutcomeModel;
  amounts: AmountModel;
}

export interface OpenDeal {
  state: DealState;
  curve: OutcomeCurve;
  /** Expected amount if won, base currency. */
  amount: number;
}

export interface Projection {
  weeks: number;
  open: OpenDeal[];
  fresh: NewBusiness | null;
}

/** By so much a bound must tell before a chance is not worked out: far more than rounding, so that no draw falls otherwise. */
export const SURELY = 1e-9;

/** Fits everything the projection needs; null when too few deals have been won. */
export function fitDealModel(history: PipelineHistory): DealModel | null {
  const outcomes = fitOutcomes(history);
  return outcomes ? {outcomes, amounts: fitAmounts(history)} : null;
}

/** The chances of every open deal and of deals to come over the next `weeks` weeks. */
export function project(history: PipelineHistory, {outcomes, amounts}: DealModel, weeks: number): Projection {
  const open = openNow(history).flatMap(({deal, span}): OpenDeal[] => {
    const state = stateOn(history, deal, span, history.asOf);
    if (!state) return [];
    return [
      {state, curve: outcomeCurve(outcomes, state, weeks), amount: expectedAmount(history, amounts, span)}
    ];
  });
  return {weeks, open, fresh: projectNewBusiness(history, outcomes, amounts, weeks)};
}

/** Expected value by week: of open deals and of new ones. */
export function expectedByWeek(
  {weeks, open, fresh}: Projection,
  measure: Measure
): {open: Float64Array; fresh: Float64Array} {
  const sums = new Float64Array(weeks);
  for (const {curve, amount} of open)
    for (let h = 0; h < weeks; h++)
      sums[h]! += (curve.won[h]! - (h > 0 ? curve.won[h - 1]! : 0)) * (measure === "wins" ? 1 : amount);
  const of = measure === "wins" ? fresh?.wins : fresh?.amount;
  return {open: sums, fresh: of ?? new Float64Array(weeks)};
}

/**
 * Paths of won value by week, row-major nPaths x weeks. On each path all chances are stretched together by what the
 * model's past errors vary (drift), so that paths differ more than independent deals would.
 */
export function simulate(
  {weeks, open, fresh}: Projection,
  {outcomes, amounts}: DealModel,
  {measure, seed, nPaths}: {measure: Measure; seed: number; nPaths: number}
): Float64Array {
  const rng = new Rng().seed(seed, concernNumber("deal paths"));
  const paths = new Float64Array(nPaths * weeks);
  const {drift} = outcomes;
  const n = open.length;
  // Side by side in the order in which every path asks for them.
  const won = new Float64Array(n * weeks);
  for (let i = 0; i < n; i++) won.set(open[i]!.curve.won.subarray(0, weeks), i * weeks);
  const ever = Float64Array.from(open, ({curve}) => curve.won[weeks - 1]!);
  const amount = Float64Array.from(open, (deal) => deal.amount);
  const isStated = Uint8Array.from(open, ({state}) => (Number.isNaN(state.amount) ? 0 : 1));
  for (let path = 0; path < nPaths; path++) {
    const row = path * weeks;
    const stretch = commonStretch(drift, rng);
    // By Bernoulli's inequality the stretched draw is at least so many times the plain one: most need no power to be told.
    const atLeast = Math.min(1, 1 / stretch);
    for (let i = 0; i < n; i++) {
      const plain = rng.next();
      if (atLeast * plain > ever[i]! + SURELY) continue;
      const draw = 1 - (1 - plain) ** (1 / stretch);
      if (draw >= ever[i]!) continue;
      let at = i * weeks;
      while (won[at]! <= draw) at++;
      const spread = isStated[i] ? amounts.spread : amounts.wonSpread;
      paths[row + at - i * weeks]! += measure === "wins" ? 1 : amount[i]! * spread[rng.int(spread.length)]!;
    }
    if (fresh) drawNew(paths, row, weeks, fresh, stretch, measure, rng);
  }
  return paths;
}

function drawNew(
  paths: Float64Array,
  row: number,
  weeks: number,
  {wins, rateSpread, scale, amounts, weights}: NewBusiness,
  stretch: number,
  measure: Measure,
  rng: Rng
): void {
  const rate = stretch * Math.exp(rateSpread * rng.normal() - (rateSpread * rateSpread) / 2);
  const total = weights.at(-1) ?? 0;
  if (!(total > 0)) return;
  for (let h = 0; h < weeks; h++) {
    const count = rng.poisson(wins[h]! * rate);
    if (measure === "wins") paths[row + h]! += count;
    else
      for (let i = 0; i < count; i++) {
        const at = rng.next() * total;
        let low = 0;
        let high = weights.length - 1;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (weights[middle]! > at) high = middle;
          else low = middle + 1;
        }
        paths[row + h]! += scale[h]! * amounts[low]!;
      }
  }
}
