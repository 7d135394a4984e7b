/**
 * Many deals as few: those of like chances are one group, and a group's deals are fractional numbers of deals of the
 * amounts of a geometric grid. A deal is spread over three neighbouring grid amounts by Lagrange weights, which keep the
 * number of deals, their money and its squares exactly; the logarithm of a characteristic function is smooth in the
 * amount, so little else is lost. Made once for a selection: a lever changes a group's chances, never its deals.
 */

export interface Pool {
  nGroups: number;
  /** Least amount of the grid, and the logarithm of the ratio of neighbours. */
  low: number;
  step: number;
  nColumns: number;
  /** Deals of group g stand at start[g] to start[g + 1] of column and count. */
  start: Int32Array;
  column: Int32Array;
  count: Float64Array;
  /** By group, exactly: sum of amounts, sum of their squares, the largest. */
  sum: Float64Array;
  squares: Float64Array;
  most: Float64Array;
}

const COLUMNS = 80;
/** Amounts below this share of the largest are drawn from the lowest columns. */
const SMALLEST = 1e-5;

/**
 * Pools deals; those without a positive amount bring nothing and are left out.
 * @param groupOf group of each deal, 0 to nGroups - 1; below 0: left out
 */
export function poolOf(amounts: Float64Array, groupOf: Int32Array, nGroups: number): Pool {
  const taken = (i: number) => amounts[i]! > 0 && groupOf[i]! >= 0;
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  const from = new Int32Array(nGroups + 1);
  for (let i = 0; i < amounts.length; i++) {
    if (!taken(i)) continue;
    low = Math.min(low, amounts[i]!);
    high = Math.max(high, amounts[i]!);
    from[groupOf[i]! + 1]!++;
  }
  for (let g = 0; g < nGroups; g++) from[g + 1]! += from[g]!;
  const byGroup = new Int32Array(from[nGroups]!);
  const next = from.slice();
  for (let i = 0; i < amounts.length; i++) if (taken(i)) byGroup[next[groupOf[i]!]!++] = i;

  const pool: Pool = {
    nGroups,
    low: high > 0 ? Math.max(low, SMALLEST * high) : 1,
    step: 1,
    nColumns: COLUMNS,
    start: new Int32Array(nGroups + 1),
    column: new Int32Array(0),
    count: new Float64Array(0),
    sum: new Float64Array(nGroups),
    squares: new Float64Array(nGroups),
    most: new Float64Array(nGroups)
  };
  pool.step = Math.max(1e-3, Math.log(Math.max(high, pool.low) / pool.low) / (COLUMNS - 1));
  const grid = gridOf(pool, 0, COLUMNS);
  const column: number[] = [];
  const count: number[] = [];
  const row = new Float64Array(COLUMNS);
  for (let g = 0; g < nGroups; g++) {
    let [first, last] = [COLUMNS, -1];
    for (let k = from[g]!; k < from[g + 1]!; k++) {
      const amount = amounts[byGroup[k]!]!;
      pool.sum[g]! += amount;
      pool.squares[g]! += amount * amount;
      pool.most[g] = Math.max(pool.most[g]!, amount);
      const at = spreadOver(grid, nearest(pool, amount), amount, 1, row);
      first = Math.min(first, at);
      last = Math.max(last, at + 2);
    }
    for (let c = first; c <= last; c++) {
      if (row[c] === 0) continue;
      column.push(c);
      count.push(row[c]!);
      row[c] = 0;
    }
    pool.start[g + 1] = column.length;
  }
  pool.column = Int32Array.from(column);
  pool.count = Float64Array.from(count);
  return pool;
}

/** Amounts of n columns of a pool's grid from a column on, which may lie below its first or above its last. */
export function gridOf({low, step}: Pick<Pool, "low" | "step">, from: number, n: number): Float64Array {
  return Float64Array.from({length: n}, (_, b) => low * Math.exp((from + b) * step));
}

/** The column nearest to an amount, as if the grid went on at both ends. */
export function nearest({low, step}: Pick<Pool, "low" | "step">, amount: number): number {
  return Math.round(Math.log(Math.max(amount, low) / low) / step);
}

/**
 * Adds n deals of an amount to the three columns about the one nearest to it; returns the first of them.
 * @param into one number a column of the grid
 */
export function spreadOver(
  grid: Float64Array,
  about: number,
  amount: number,
  n: number,
  into: Float64Array
): number {
  const from = Math.min(grid.length - 3, Math.max(0, about - 1));
  const [x0, x1, x2] = [grid[from]!, grid[from + 1]!, grid[from + 2]!];
  into[from]! += (n * ((amount - x1) * (amount - x2))) / ((x0 - x1) * (x0 - x2));
  into[from + 1]! += (n * ((amount - x0) * (amount - x2))) / ((x1 - x0) * (x1 - x2));
  into[from + 2]! += (n * ((amount - x0) * (amount - x1))) / ((x2 - x0) * (x2 - x1));
  return from;
}
