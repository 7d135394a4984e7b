/** Estimates with their variances, carried from deals created to deals won and to money. */
import type {CausedRange} from "../../src/slices/marketing/causedDeals.ts";
import type {Arrival} from "./exposure.ts";

export interface Moments {
  estimate: number;
  variance: number;
}

const Z95 = 1.959964;
/** First deals of a unit's own from which on their share won counts, not that of all. */
const ENOUGH = 30;

/** The mean over fits, whose differences add to the variance; null when one of them says nothing. */
export function averaged(
  parts: readonly (Moments | undefined)[],
  weights: readonly number[]
): Moments | null {
  if (parts.some((part) => part === undefined)) return null;
  const all = parts as readonly Moments[];
  const estimate = all.reduce((sum, part, i) => sum + weights[i]! * part.estimate, 0);
  const variance = all.reduce(
    (sum, part, i) => sum + weights[i]! * (part.variance + (part.estimate - estimate) ** 2),
    0
  );
  return {estimate, variance};
}

/**
 * Of deals caused, those won so far: as often as the first deals that the unit is credited with, or as all first deals where
 * those are few; with the luck of each deal.
 */
export function wonOf(
  {estimate, variance}: Moments,
  own: readonly Arrival[],
  all: readonly Arrival[]
): Moments {
  const of = own.length >= ENOUGH ? own : all;
  const rate = of.filter(({isWon}) => isWon).length / Math.max(1, of.length);
  const luck = rate * (1 - rate);
  return {
    estimate: estimate * rate,
    variance:
      rate ** 2 * variance + (estimate ** 2 * luck) / Math.max(1, of.length) + Math.abs(estimate) * luck
  };
}

/** Money of so many won deals, each of which may be worth what any first deal was. */
export function priced({estimate, variance}: Moments, all: readonly Arrival[]): Moments {
  const prices = all.filter(({isWon}) => isWon).map(({won}) => won);
  const n = prices.length;
  const mean = prices.reduce((sum, price) => sum + price, 0) / Math.max(1, n);
  const spread = prices.reduce((sum, price) => sum + (price - mean) ** 2, 0) / Math.max(1, n - 1);
  return {
    estimate: estimate * mean,
    variance: mean ** 2 * variance + Math.abs(estimate) * spread + (estimate ** 2 * spread) / Math.max(1, n)
  };
}

/** The 95 % interval; null of nothing. */
export function rangeOf(moments: Moments | null): CausedRange | null {
  if (!moments) return null;
  const half = Z95 * Math.sqrt(moments.variance);
  return {estimate: moments.estimate, lo: moments.estimate - half, hi: moments.estimate + half};
}
