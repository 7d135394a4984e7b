/**
 * The median with an interval between two order statistics, which holds whatever the distribution.
 * @see Conover (1999), Practical Nonparametric Statistics, section 3.2
 */
import {median} from "./evaluate.js";

export interface MedianInterval {
  median: number;
  /** Bounds that hold the true median with at least the confidence asked for. */
  lo: number;
  hi: number;
}

/** @returns null for fewer values than any interval of that confidence needs (six, for 95%) */
export function medianInterval(values: readonly number[], confidence = 0.95): MedianInterval | null {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = lowerRank(sorted.length, (1 - confidence) / 2);
  if (rank === 0) return null;
  return {median: median(sorted), lo: sorted[rank - 1]!, hi: sorted[sorted.length - rank]!};
}

/** The largest rank r for which fewer than r of n fair coins are heads with at most this chance; 0 for none. */
function lowerRank(n: number, tail: number): number {
  let logChance = -n * Math.LN2;
  let below = 0;
  for (let k = 0; k < n; k++) {
    below += Math.exp(logChance);
    if (below > tail) return k;
    logChance += Math.log((n - k) / (k + 1));
  }
  return n;
}
