/** Sample paths of what will be won each week: open deals by their own chances, and deals not created yet. */

import {concernNumber, Rng} from "../../twins/random/rng.ts";
import type {Measure} from "../bookings/bookingsForecaster.ts";
import {openNow} from "../bookings/pastWindows.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import {type AmountModel, expectedAmount, fitAmounts} from "./amounts.ts";
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
  for (let path = 0; path < nPaths; path++) {
    const row = path * weeks;
    const stretch = Math.exp(drift * rng.normal() - (drift * drift) / 2);
    for (const {curve, amount, state} of open) {
      const draw = 1 - (1 - rng.next()) ** (1 / stretch);
      if (draw >= curve.won[weeks - 1]!) continue;
      let week = 0;
      while (curve.won[week]! <= draw) week++;
      const spread = Number.isNaN(state.amount) ? amounts.wonSpread : amounts.spread;
      paths[row + week]! += measure === "wins" ? 1 : amount * spread[rng.int(spread.length)]!;
    }
    if (fresh) drawNew(paths, row, weeks, fresh, stretch, measure, rng);
  }
  return paths;
}

function drawNew(
  paths: Float64Array,
  row: number,
  weeks: number,
  {wins, rateSpread, amounts, weights}: NewBusiness,
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
        paths[row + h]! += amounts[low]!;
      }
  }
}
