/**
 * What the bookings of one window are made of. Everything random: each open deal is won in the window or not and closes
 * at an uncertain amount; deals that do not exist yet arrive by a Poisson process of uncertain rate; and one shock,
 * common to all, stretches every chance, so that deals are not falsely independent.
 */
export interface BookingTerms {
  /** Money that is certain: won so far in the window, and deals assumed to be won. */
  sure: number;
  /** Logarithm of each open deal's chance not to have been won before the window begins, and when it ends (<= 0). */
  logBefore: Float64Array;
  logAfter: Float64Array;
  /** Expected amount of each if won, base currency, >= 0. */
  amount: Float64Array;
  /** Equally likely factors on an amount, of mean 1; empty when amounts are certain. */
  spread: readonly number[];
  /** Deals to come. */
  arrivals: readonly ArrivalTerm[];
  /** Standard deviation of the logarithm of the shock that stretches all chances; 0 for independent deals. */
  shockSd: number;
}

/** Deals to come, of one source. */
export interface ArrivalTerm {
  /** Expected number won in the window. */
  wins: number;
  /** Relative variance of the rate (gamma): 0 for a plain Poisson process. */
  rateVariance: number;
  /** Equally likely amounts of such a win. */
  amounts: readonly number[];
}

/** Chance of being won in the window when the shock stretches chances by z: S(begin)^z - S(end)^z. */
export function chanceInWindow(logBefore: number, logAfter: number, z: number): number {
  return Math.exp(z * logBefore) - Math.exp(z * logAfter);
}
