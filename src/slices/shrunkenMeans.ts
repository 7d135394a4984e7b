/**
 * Means of many peers with small numbers each: shrunk towards what the peers have in common, as shrunkenRates.ts does for rates. The
 * normal-normal model with the spread between peers averaged over, flat on its square, and the common mean integrated out.
 * @see Gelman (2006), Bayesian Analysis 1:515-534, section 4.1; Gelman et al. (2013), Bayesian Data Analysis, section 5.4
 */
import {normalCdf} from "./normal.js";

/** Of one peer: how many values, their mean, and the sum of their squared deviations from it. */
export interface Values {
  n: number;
  mean: number;
  squares: number;
}

export interface PeerMeans {
  /** Variance of single values around their peer's mean, pooled over the peers. */
  within: number;
  /** Standard deviations of peers' true means with their weights, which sum to 1, and for each the common mean with its variance. */
  mixture: {spread: number; mean: number; variance: number; weight: number}[];
}

const SPREADS = 60;
/** A spread that weighs less than this is left out. */
const LIGHT = 0.0005;

/**
 * The peers' common distribution.
 * @param list peers; those without values say nothing
 * @returns null with fewer than four peers (the spread is then anything) or without a peer with several values that differ
 */
export function fitMeans(list: readonly Values[]): PeerMeans | null {
  const known = list.filter(({n}) => n > 0);
  const freedom = known.reduce((sum, {n}) => sum + n - 1, 0);
  const within = known.reduce((sum, {squares}) => sum + squares, 0) / freedom;
  if (known.length < 4 || freedom === 0 || within === 0) return null;
  const largest = Math.max(...known.map(({mean}) => mean));
  const smallest = Math.min(...known.map(({mean}) => mean));
  const top = 4 * Math.max(largest - smallest, Math.sqrt(within));
  const tried = Array.from({length: SPREADS}, (_, i) => {
    const spread = top * 10 ** ((-3 * i) / (SPREADS - 1));
    const weights = known.map(({n}) => 1 / (within / n + spread ** 2));
    const sum = weights.reduce((total, each) => total + each, 0);
    const mean = known.reduce((total, each, j) => total + weights[j]! * each.mean, 0) / sum;
    const fit = known.reduce(
      (total, each, j) => total + 0.5 * Math.log(weights[j]!) - 0.5 * weights[j]! * (each.mean - mean) ** 2,
      // The grid is even in the logarithm of the spread; the prior is flat on its square.
      -0.5 * Math.log(sum) + 2 * Math.log(spread)
    );
    return {spread, mean, variance: 1 / sum, fit};
  });
  const most = Math.max(...tried.map(({fit}) => fit));
  const weighed = tried.map(({fit, ...each}) => ({...each, weight: Math.exp(fit - most)}));
  const all = weighed.reduce((total, {weight}) => total + weight, 0);
  const heavy = weighed.filter(({weight}) => weight / all >= LIGHT);
  const kept = heavy.reduce((total, {weight}) => total + weight, 0);
  return {within, mixture: heavy.map((each) => ({...each, weight: each.weight / kept}))};
}

/** What the mean of one of the peers may be, and with which chance it is above what they have in common. */
export interface ShrunkenMean {
  mean: number;
  /** The central 80% interval. */
  lo: number;
  hi: number;
  above: number;
}

export function shrunkenMean({n, mean}: Values, {within, mixture}: PeerMeans): ShrunkenMean {
  const parts = mixture.map((each) => {
    const own = each.spread ** 2 / (each.spread ** 2 + within / n);
    return {
      weight: each.weight,
      mean: own * mean + (1 - own) * each.mean,
      sd: Math.sqrt(own * (within / n) + (1 - own) ** 2 * each.variance),
      // Own mean less the common one: it moves with the common one as far as it is shrunk.
      apart: own * (mean - each.mean),
      apartSd: Math.sqrt(own * (within / n) + own ** 2 * each.variance)
    };
  });
  return {
    mean: parts.reduce((sum, each) => sum + each.weight * each.mean, 0),
    lo: quantile(parts, 0.1),
    hi: quantile(parts, 0.9),
    above: parts.reduce((sum, {weight, apart, apartSd}) => sum + weight * normalCdf(apart / apartSd), 0)
  };
}

/** Below which true mean a share p (0..1) of peers like these lie. */
export function peersQuantile({mixture}: PeerMeans, p: number): number {
  return quantile(
    mixture.map(({weight, mean, variance, spread}) => ({
      weight,
      mean,
      sd: Math.sqrt(variance + spread ** 2)
    })),
    p
  );
}

/** Of a mixture of normal distributions, by bisection. */
function quantile(parts: readonly {weight: number; mean: number; sd: number}[], p: number): number {
  const below = (x: number) =>
    parts.reduce((sum, {weight, mean, sd}) => sum + weight * normalCdf((x - mean) / sd), 0);
  let low = Math.min(...parts.map(({mean, sd}) => mean - 9 * sd));
  let high = Math.max(...parts.map(({mean, sd}) => mean + 9 * sd));
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (below(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
