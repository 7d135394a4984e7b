/** Made-up terms, and the brute force they are checked against: every deal drawn, every shock drawn. */
import {Rng} from "../../loaders/twins/random/rng.ts";
import {type BookingTerms, chanceInWindow} from "../../src/scenario/bookings/terms.ts";

export interface MakeOptions {
  nDeals: number;
  shockSd: number;
  seed?: number;
  arrivals?: boolean;
  spread?: boolean;
  /** Typical chance to be won. */
  chance?: number;
}

/** Deals of log-normal amounts whose chances vary around a typical one. */
export function makeTerms({
  nDeals,
  shockSd,
  seed = 1,
  arrivals = true,
  spread = true,
  chance = 0.2
}: MakeOptions): BookingTerms {
  const rng = new Rng().seed(seed, 11);
  const amount = Float64Array.from({length: nDeals}, () => Math.round(Math.exp(10 + rng.normal())));
  const logAfter = Float64Array.from({length: nDeals}, () =>
    Math.log1p(-Math.min(0.97, chance * Math.exp(0.8 * rng.normal())))
  );
  return {
    sure: 100_000,
    logBefore: logAfter.map((each, i) => (i % 3 === 0 ? 0.2 * each : 0)),
    logAfter,
    amount,
    spread: spread ? [0.6, 0.8, 0.95, 1, 1, 1.05, 1.2, 1.4] : [],
    arrivals: arrivals
      ? [
          {wins: nDeals * 0.04, rateVariance: 0.05, amounts: [5000, 12_000, 20_000, 45_000]},
          {wins: 2.5, rateVariance: 0, amounts: [30_000, 60_000]}
        ]
      : [],
    shockSd
  };
}

/** Sorted draws of bookings. */
export function simulate(terms: BookingTerms, nDraws: number, seed = 5): Float64Array {
  const rng = new Rng().seed(seed, 12);
  const {shockSd: sd, amount, spread, arrivals, logBefore, logAfter, sure} = terms;
  const draws = new Float64Array(nDraws);
  for (let d = 0; d < nDraws; d++) {
    const z = Math.exp(sd * rng.normal() - (sd * sd) / 2);
    let sum = sure;
    for (let i = 0; i < amount.length; i++)
      if (rng.next() < chanceInWindow(logBefore[i]!, logAfter[i]!, z))
        sum += amount[i]! * (spread.length > 0 ? spread[rng.int(spread.length)]! : 1);
    for (const {wins, rateVariance, amounts, size = 1} of arrivals) {
      const rate = rateVariance > 0 ? rateVariance * gamma(rng, 1 / rateVariance) : 1;
      const n = poisson(rng, z * wins * rate);
      for (let k = 0; k < n; k++) sum += size * amounts[rng.int(amounts.length)]!;
    }
    draws[d] = sum;
  }
  return draws.sort();
}

/** Marsaglia & Tsang 2000, for shapes of at least 1. */
export function gamma(rng: Rng, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - rng.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Exact at any mean: the sum of draws of small means. */
export function poisson(rng: Rng, mean: number): number {
  let count = 0;
  let left = mean;
  for (; left > 30; left -= 30) count += rng.poisson(30);
  return count + rng.poisson(left);
}
