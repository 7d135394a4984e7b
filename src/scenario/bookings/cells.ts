/**
 * Many deals as few cells of like amount and chance. The logarithm of a deal's characteristic function is smooth in its
 * amount and its chance, so a deal is spread over neighbouring grid points by Lagrange weights; cells then hold
 * fractional numbers of deals and the cost no longer grows with the pipeline.
 */
import {chanceInWindow} from "./terms.js";

export interface Cells {
  /** Amount of each column. */
  amount: Float64Array;
  /** Chances, ascending. Null: every column is one deal with chances of its own. */
  levels: Float64Array | null;
  /** By node of the shock: weights, row-major column x level; or, without levels, each deal's chance. */
  at: Float64Array[];
}

/** Up to so many deals are taken one by one. */
export const ONE_BY_ONE = 600;
const COLUMNS = 80;
const LEVELS = Float64Array.of(0.03, 0.08, 0.15, 0.24, 0.34, 0.45, 0.56, 0.67, 0.78, 0.88, 0.96);

/** Compresses the deals with a positive amount. @param z stretch of chances at each node */
export function compress(
  amounts: Float64Array,
  logBefore: Float64Array,
  logAfter: Float64Array,
  z: Float64Array
): Cells {
  const kept: number[] = [];
  for (let i = 0; i < amounts.length; i++) if (amounts[i]! > 0 && logBefore[i]! > logAfter[i]!) kept.push(i);
  if (kept.length <= ONE_BY_ONE) {
    const chances = (stretch: number) =>
      Float64Array.from(kept, (i) => chanceInWindow(logBefore[i]!, logAfter[i]!, stretch));
    return {amount: Float64Array.from(kept, (i) => amounts[i]!), levels: null, at: Array.from(z, chances)};
  }
  const {amount, first, weights} = columns(amounts, kept);
  const nLevels = LEVELS.length;
  const at = Array.from(z, () => new Float64Array(amount.length * nLevels));
  const level = new Float64Array(4);
  kept.forEach((i, k) => {
    for (let j = 0; j < z.length; j++) {
      const from = levelWeights(chanceInWindow(logBefore[i]!, logAfter[i]!, z[j]!), level);
      const cells = at[j]!;
      for (let c = 0; c < 3; c++) {
        const share = weights[3 * k + c]!;
        const row = (first[k]! + c) * nLevels;
        for (let l = from < 0 ? 1 : 0; l < 4; l++) cells[row + from + l]! += share * level[l]!;
      }
    }
  });
  return {amount, levels: LEVELS, at};
}

/** A geometric grid over the amounts, and each amount's weights on three neighbouring points: mean and square kept. */
function columns(amounts: Float64Array, kept: readonly number[]) {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const i of kept) {
    low = Math.min(low, amounts[i]!);
    high = Math.max(high, amounts[i]!);
  }
  low = Math.max(low, high / 1e5);
  const step = Math.max(1e-9, Math.log(high / low) / (COLUMNS - 1));
  const amount = Float64Array.from({length: COLUMNS}, (_, b) => low * Math.exp(b * step));
  const first = new Int32Array(kept.length);
  const weights = new Float64Array(3 * kept.length);
  kept.forEach((i, k) => {
    const a = amounts[i]!;
    const nearest = Math.round(Math.log(Math.max(a, low) / low) / step);
    const from = Math.min(COLUMNS - 3, Math.max(0, nearest - 1));
    first[k] = from;
    const [x0, x1, x2] = [amount[from]!, amount[from + 1]!, amount[from + 2]!];
    weights[3 * k] = ((a - x1) * (a - x2)) / ((x0 - x1) * (x0 - x2));
    weights[3 * k + 1] = ((a - x0) * (a - x2)) / ((x1 - x0) * (x1 - x2));
    weights[3 * k + 2] = ((a - x0) * (a - x1)) / ((x2 - x0) * (x2 - x1));
  });
  return {amount, first, weights};
}

/** Cubic weights on four neighbouring levels; the level before the first is chance 0, which contributes nothing. */
function levelWeights(p: number, into: Float64Array): number {
  let at = 0;
  while (at < LEVELS.length && LEVELS[at]! < p) at++;
  const from = Math.min(LEVELS.length - 4, Math.max(-1, at - 2));
  for (let l = 0; l < 4; l++) {
    let weight = 1;
    for (let other = 0; other < 4; other++)
      if (other !== l) weight *= (p - levelAt(from + other)) / (levelAt(from + l) - levelAt(from + other));
    into[l] = weight;
  }
  return from;
}

function levelAt(index: number): number {
  return index < 0 ? 0 : LEVELS[index]!;
}
