/** Mean and variance of bookings given the shock, and over it: cheap, for what needs no whole distribution. */
import {mixture, type Shock, shockNodes} from "./shock.js";
import {type BookingTerms, chanceInWindow, pooledChances} from "./terms.js";

const POINTS = 64;

export interface Moments {
  mean: number;
  variance: number;
  /** At each node of the shock. */
  meanAt: Float64Array;
  varianceAt: Float64Array;
}

const known = new WeakMap<BookingTerms, Moments>();

/** Mean and variance of the window's bookings; the certain money is in the mean. Kept with the terms. */
export function moments(terms: BookingTerms): Moments {
  const found = known.get(terms) ?? computed(terms, shockNodes(terms.shockSd));
  known.set(terms, found);
  return found;
}

function computed(terms: BookingTerms, shock: Shock): Moments {
  const given = Array.from(shock.z, (z) => momentsGiven(terms, z));
  const {weight, basis} = mixture(shock, POINTS);
  const n = shock.z.length;
  let [mean, square, within] = [0, 0, 0];
  weight.forEach((w, i) => {
    let [m, v] = [0, 0];
    for (let j = 0; j < n; j++) {
      m += basis[i * n + j]! * given[j]!.mean;
      v += basis[i * n + j]! * given[j]!.variance;
    }
    mean += w * m;
    square += w * m * m;
    within += w * v;
  });
  return {
    mean,
    variance: Math.max(0, within + square - mean * mean),
    meanAt: Float64Array.from(given, (each) => each.mean),
    varianceAt: Float64Array.from(given, (each) => each.variance)
  };
}

const openMeans = new WeakMap<object, number>();

/** The mean of bookings from its two halves, the certain money in it; that of open deals is kept with them. */
export function meanOf(
  open: Pick<BookingTerms, "sure" | "logBefore" | "logAfter" | "amount" | "pooled">,
  arrivals: BookingTerms["arrivals"],
  shockSd: number
): number {
  const shock = shockNodes(shockSd);
  const {weight, basis} = mixture(shock, POINTS);
  const over = (at: (z: number) => number) => {
    const given = Array.from(shock.z, at);
    const n = given.length;
    let mean = 0;
    for (let i = 0; i < weight.length; i++)
      for (let j = 0; j < n; j++) mean += weight[i]! * basis[i * n + j]! * given[j]!;
    return mean;
  };
  const known =
    openMeans.get(open) ?? over((z) => momentsGiven({...open, arrivals: [], spread: [], shockSd}, z).mean);
  openMeans.set(open, known);
  const perShock = arrivals.reduce(
    (sum, {wins, amounts, size = 1}) => sum + wins * size * rawMoments(amounts)[0],
    0
  );
  return known + perShock * over((z) => z);
}

/** Mean and variance when the shock is known; `rate` stretches the rates of arrivals and takes their uncertainty away. */
export function momentsGiven(
  {logBefore, logAfter, amount, pooled, spread, arrivals, sure}: BookingTerms,
  z: number,
  rate?: (rateVariance: number) => number
): {mean: number; variance: number} {
  const second = spread.length > 0 ? rawMoments(spread)[1] : 1;
  let [mean, variance] = [sure, 0];
  for (let i = 0; i < amount.length; i++) {
    const a = amount[i]!;
    const p = chanceInWindow(logBefore[i]!, logAfter[i]!, z);
    mean += p * a;
    variance += p * a * a * (second - p);
  }
  if (pooled) {
    const {pool, factor} = pooled;
    const chances = pooledChances(pooled, z);
    for (let g = 0; g < pool.nGroups; g++) {
      const p = chances[g]!;
      mean += p * factor[g]! * pool.sum[g]!;
      variance += p * factor[g]! * factor[g]! * pool.squares[g]! * (second - p);
    }
  }
  for (const {wins, rateVariance, amounts, size = 1} of arrivals) {
    const [r1, r2] = rawMoments(amounts);
    const [m1, m2] = [size * r1, size * size * r2];
    const expected = z * wins * (rate?.(rateVariance) ?? 1);
    mean += expected * m1;
    variance += expected * m2 + (rate ? 0 : rateVariance * (expected * m1) ** 2);
  }
  return {mean, variance};
}

/** First and second raw moment of equally likely values; zeros for none. */
export function rawMoments(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 0];
  let [first, second] = [0, 0];
  for (const value of values) {
    first += value;
    second += value * value;
  }
  return [first / values.length, second / values.length];
}
