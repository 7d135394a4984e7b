/**
 * What the bookings of one window are made of. Everything random: each open deal is won in the window or not and closes
 * at an uncertain amount; deals that do not exist yet arrive by a Poisson process of uncertain rate; and one shock,
 * common to all, stretches every chance, so that deals are not falsely independent.
 */
import type {Pool} from "./pool.js";

export interface BookingTerms {
  /** Money that is certain: won so far in the window, and deals assumed to be won. */
  sure: number;
  /** Logarithm of each open deal's chance not to have been won before the window begins, and when it ends (<= 0). */
  logBefore: Float64Array;
  logAfter: Float64Array;
  /** Expected amount of each if won, base currency, >= 0. */
  amount: Float64Array;
  /** Further open deals, by groups of like chances; where there are many. */
  pooled?: PooledDeals;
  /** Equally likely factors on an amount, of mean 1; empty when amounts are certain. */
  spread: readonly number[];
  /** Deals to come. */
  arrivals: readonly ArrivalTerm[];
  /** Standard deviation of the logarithm of the shock that stretches all chances; 0 for independent deals. */
  shockSd: number;
}

/** A pool with what holds for each of its groups in the window. */
export interface PooledDeals {
  pool: Pool;
  logBefore: Float64Array;
  logAfter: Float64Array;
  /** On the pool's amounts. */
  factor: Float64Array;
}

/** Deals to come, of one source. */
export interface ArrivalTerm {
  /** Expected number won in the window. */
  wins: number;
  /** Relative variance of the rate (gamma): 0 for a plain Poisson process. */
  rateVariance: number;
  /** Equally likely amounts of such a win. */
  amounts: readonly number[];
  /** Factor on them; 1 when absent. */
  size?: number;
}

/** Chance of being won in the window when the shock stretches chances by z: S(begin)^z - S(end)^z. */
export function chanceInWindow(logBefore: number, logAfter: number, z: number): number {
  return Math.exp(z * logBefore) - Math.exp(z * logAfter);
}

const chancesKept = new WeakMap<PooledDeals, Map<number, Float64Array>>();

/** {@link chanceInWindow} of every group of a pool; asked for at few stretches, so all are kept with it. */
export function pooledChances(pooled: PooledDeals, z: number): Float64Array {
  const known = chancesKept.get(pooled) ?? new Map<number, Float64Array>();
  chancesKept.set(pooled, known);
  const found = known.get(z);
  if (found) return found;
  const {logBefore, logAfter} = pooled;
  const chances = new Float64Array(logBefore.length);
  for (let g = 0; g < chances.length; g++) {
    const before = logBefore[g]!;
    chances[g] = (before === 0 ? 1 : Math.exp(z * before)) - Math.exp(z * logAfter[g]!);
  }
  known.set(z, chances);
  return chances;
}
