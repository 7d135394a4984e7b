/** How sure a fit is of what it says: the delta method on the mean chance of many deals. */
import type {DealState} from "../../loaders/forecast/deals/dealFeatures.ts";
import type {OutcomeModel, OutcomeSpread} from "../../loaders/forecast/deals/outcomeModel.ts";

/** A mean chance to be won, and its slopes by the coefficients of being won and of being lost. */
export interface MeanChance {
  chance: number;
  won: Float64Array;
  lost: Float64Array;
}

/** The mean of the states' chances to be won within so many weeks: what outcomeCurve says, with its slopes. */
export function meanChance(
  {features, won, lost}: OutcomeModel,
  states: readonly DealState[],
  weeks: number
): MeanChance {
  const mean: MeanChance = {
    chance: 0,
    won: new Float64Array(features.size),
    lost: new Float64Array(features.size)
  };
  const {width} = features;
  const active = new Int32Array(width * weeks);
  const wins = new Float64Array(weeks);
  const loses = new Float64Array(weeks);
  const stays = new Float64Array(weeks);
  for (const state of states) {
    let stay = 1;
    for (let k = 0; k < weeks; k++) {
      features.write(active, k * width, state, k + 1);
      const row = active.subarray(k * width, (k + 1) * width);
      wins[k] = weekly(won, row);
      loses[k] = Math.min(1 - wins[k]!, weekly(lost, row));
      stays[k] = stay;
      mean.chance += (stay * wins[k]!) / states.length;
      stay *= 1 - wins[k]! - loses[k]!;
    }
    // The chance to be won after the week for a deal that is still open then.
    let later = 0;
    for (let k = weeks - 1; k >= 0; k--) {
      const [p, q] = [wins[k]!, loses[k]!];
      const byWon = (stays[k]! * (1 - later) * p * (1 - p)) / states.length;
      const byLost = (-stays[k]! * later * q * (1 - q)) / states.length;
      for (let w = k * width; w < (k + 1) * width; w++) {
        mean.won[active[w]!]! += byWon;
        mean.lost[active[w]!]! += byLost;
      }
      later = p + (1 - p - q) * later;
    }
  }
  return mean;
}

function weekly(coefficients: Float64Array, active: Int32Array): number {
  let eta = 0;
  for (const feature of active) eta += coefficients[feature]!;
  return 1 / (1 + Math.exp(-eta));
}

/** Standard error of the difference of the two mean chances' log-odds. */
export function differenceError(a: MeanChance, b: MeanChance, spread: OutcomeSpread): number {
  const byOdds = ({chance}: MeanChance) => 1 / (chance * (1 - chance));
  let variance = 0;
  for (const outcome of ["won", "lost"] as const) {
    const root = spread[outcome];
    if (!root) continue;
    const slopes = a[outcome].map((value, j) => value * byOdds(a) - b[outcome][j]! * byOdds(b));
    const n = slopes.length;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += root[i * n + j]! * slopes[j]!;
      variance += sum * sum;
    }
  }
  return Math.sqrt(variance);
}
