/**
 * Pooled deals of a window as cells of like amount and like chance: the logarithm of a deal's characteristic function is
 * smooth in its chance too, so a group is spread over four neighbouring chances by Lagrange weights. What follows costs by
 * cells, however many deals there are.
 */
import {gridOf, nearest, spreadOver} from "./pool.js";
import {type PooledDeals, pooledChances} from "./terms.js";

export interface Cells {
  /** Amount of each column. */
  amount: Float64Array;
  /** By node of the shock: fractional numbers of deals, row-major column x level of {@link LEVELS}. */
  at: Float64Array[];
}

/** The chances of cells. */
export const LEVELS = Float64Array.of(0.03, 0.08, 0.15, 0.24, 0.34, 0.45, 0.56, 0.67, 0.78, 0.88, 0.96);
const N_LEVELS = LEVELS.length;

/** @param z stretch of chances at each node of the shock */
export function cellsOf(pooled: PooledDeals, z: Float64Array): Cells {
  const {pool, logBefore, logAfter, factor} = pooled;
  const chances = Array.from(z, (each) => pooledChances(pooled, each));
  const {low, step, nColumns, start, column, count, nGroups} = pool;
  const used = (g: number) => start[g]! < start[g + 1]! && logBefore[g]! > logAfter[g]! && factor[g]! > 0;
  // Groups whose amounts are multiplied alike keep their columns: the grid itself is multiplied.
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let g = 0; g < nGroups; g++) {
    if (!used(g)) continue;
    least = Math.min(least, factor[g]!);
    most = Math.max(most, factor[g]!);
  }
  if (most === 0) return {amount: new Float64Array(0), at: Array.from(z, () => new Float64Array(0))};
  const n = nColumns + (most > least ? Math.ceil(Math.log(most / least) / step) + 1 : 0);
  const amount = gridOf({low: low * least, step}, 0, n);
  const at = Array.from(z, () => new Float64Array(n * N_LEVELS));
  const shifted = new Float64Array(n);
  const weights = new Float64Array(4);
  for (let g = 0; g < nGroups; g++) {
    if (!used(g)) continue;
    const isShifted = factor[g] !== least;
    let [first, last] = [n, -1];
    if (isShifted)
      for (let e = start[g]!; e < start[g + 1]!; e++) {
        const moved = low * Math.exp(column[e]! * step) * factor[g]!;
        const from = spreadOver(amount, nearest({low: low * least, step}, moved), moved, count[e]!, shifted);
        first = Math.min(first, from);
        last = Math.max(last, from + 2);
      }
    for (let j = 0; j < z.length; j++) {
      const level = levelWeights(chances[j]![g]!, weights);
      const cells = at[j]!;
      const w0 = level < 0 ? 0 : weights[0]!;
      const w1 = weights[1]!;
      const w2 = weights[2]!;
      const w3 = weights[3]!;
      // The level before the first is chance 0, which contributes nothing: its cell is not the column's own.
      const own = Math.max(0, -level);
      const [from, to] = isShifted ? [first, last + 1] : [start[g]!, start[g + 1]!];
      for (let e = from; e < to; e++) {
        const n = isShifted ? shifted[e]! : count[e]!;
        const cell = (isShifted ? e : column[e]!) * N_LEVELS + level;
        cells[cell + own]! += n * w0;
        cells[cell + 1]! += n * w1;
        cells[cell + 2]! += n * w2;
        cells[cell + 3]! += n * w3;
      }
    }
    if (isShifted) shifted.fill(0, first, last + 1);
  }
  return {amount, at};
}

/** 1 / product of differences to the other three of the four levels from each first one on. */
const SCALES = Array.from({length: N_LEVELS - 2}, (_, at) => {
  const x = [0, 1, 2, 3].map((l) => levelAt(at - 1 + l));
  return x.map(
    (own, l) => 1 / x.reduce((product, other, o) => (o === l ? product : product * (own - other)), 1)
  );
});

/** Cubic weights on four neighbouring levels; the level before the first (index -1) is chance 0. Returns the first. */
function levelWeights(p: number, into: Float64Array): number {
  let above = 0;
  while (above < N_LEVELS && LEVELS[above]! < p) above++;
  const from = Math.min(N_LEVELS - 4, Math.max(-1, above - 2));
  const scale = SCALES[from + 1]!;
  const [a, b, c, d] = [
    p - levelAt(from),
    p - LEVELS[from + 1]!,
    p - LEVELS[from + 2]!,
    p - LEVELS[from + 3]!
  ];
  into[0] = b * c * d * scale[0]!;
  into[1] = a * c * d * scale[1]!;
  into[2] = a * b * d * scale[2]!;
  into[3] = a * b * c * scale[3]!;
  return from;
}

function levelAt(index: number): number {
  return index < 0 ? 0 : LEVELS[index]!;
}
