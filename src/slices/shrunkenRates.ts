/**
 * Rates of many peers with small numbers each: shrunk towards what the peers have in common, as far as their own numbers
 * leave it open.
 * @see Efron & Morris (1975), JASA 70:311-319; beta-binomial empirical Bayes
 */
import {betaCdf, betaQuantile, logBeta} from "./betaDistribution.js";
import {normalCdf} from "./normal.js";

/** Successes out of trials of one peer. */
export interface Trials {
  key: string;
  successes: number;
  trials: number;
}

/** What peers have in common: rates are drawn from Beta(mean x strength, (1 - mean) x strength). */
export interface Peers {
  mean: number;
  /** How many trials of one's own weigh as much as the peers', typically. */
  strength: number;
  /**
   * How alike the peers are is itself known only so well, and so is their mean: strengths with their weights, which sum to 1, and
   * for each the most likely mean with its variance.
   */
  mixture: {mean: number; variance: number; strength: number; weight: number}[];
}

export interface ShrunkenRate extends Trials {
  /** Successes / trials; null without trials. */
  raw: number | null;
  /** The posterior mean, and its central 80% interval. */
  rate: number;
  lo: number;
  hi: number;
  /** The central 95% interval, for verdicts that must hardly ever be wrong. */
  lo95: number;
  hi95: number;
  /** Share of the peers with a lower rate, 0..1 (ties half). */
  percentile: number;
  /** The chance that it is above the peers' mean. */
  above: number;
  /** Above or below the peers' mean with 90% probability on one side; else it cannot be told. */
  verdict: "above" | "below" | "not enough data" | "as peers";
}

/** Fewer trials than this are "not enough data" whatever came of them. */
export const FEW_TRIALS = 5;
/** Chance on one side of its peers from which on a peer is said to be there. */
export const SURE = 0.9;
/** Strengths that are tried: from peers that are all different to peers that are alike as far as anybody can tell. */
const STRENGTHS = Array.from({length: 31}, (_, i) => 10 ** (i / 8));
/** A strength that weighs less than this is left out. */
const LIGHT = 0.002;

/**
 * The peers' common distribution; null when there are no trials at all. Strengths are weighed by their likelihood under a flat
 * prior on the variance of the true rates (Gelman 2006, Bayesian Analysis 1:515-534, section 4.1): intervals that take the best
 * strength for certain hold too seldom, and with a flat prior on the standard deviation 80% intervals of some thirty partners
 * with a handful of deals each still held 73% (bench/partnersAndMarketing.ts). The mean is integrated out as well (Laplace's
 * approximation, Tierney & Kadane 1986, JASA 81:82-86): where peers are alike, a peer is known only as well as their mean.
 */
export function fitPeers(list: readonly Trials[]): Peers | null {
  const known = counted(list);
  const trials = known.reduce((sum, each) => sum + each.times * each.trials, 0);
  if (trials === 0) return null;
  const pooled = known.reduce((sum, {successes, times}) => sum + times * successes, 0) / trials;
  const start = Math.min(1 - 1e-6, Math.max(1e-6, pooled));
  const tried = STRENGTHS.map((strength) => {
    const mean = bestMean(known, strength, start);
    // The variance goes with 1 / (strength + 1), and the grid is even in the logarithm of the strength.
    const prior = Math.log(strength) - 2 * Math.log(strength + 1);
    const {fit, variance} = aroundBest(known, mean, strength);
    return {mean, variance, strength, fit: fit + prior};
  });
  const most = Math.max(...tried.map(({fit}) => fit));
  const weighed = tried.map(({fit, ...each}) => ({...each, weight: Math.exp(fit - most)}));
  const sum = weighed.reduce((total, {weight}) => total + weight, 0);
  const heavy = weighed.filter(({weight}) => weight / sum >= LIGHT);
  const kept = heavy.reduce((total, {weight}) => total + weight, 0);
  const mixture = heavy.map((each) => ({...each, weight: each.weight / kept}));
  const average = (of: (each: Peers["mixture"][number]) => number) =>
    mixture.reduce((total, each) => total + each.weight * of(each), 0);
  return {
    mean: average(({mean}) => mean),
    strength: Math.exp(average(({strength}) => Math.log(strength))),
    mixture
  };
}

/** Peers with the same counts, once with their number: thousands of peers have some hundred different counts. */
type Counted = Pick<Trials, "successes" | "trials"> & {times: number};

function counted(list: readonly Trials[]): Counted[] {
  const found = new Map<string, Counted>();
  for (const {successes, trials} of list) {
    if (trials === 0) continue;
    const key = `${successes} ${trials}`;
    const same = found.get(key);
    if (same) same.times++;
    else found.set(key, {successes, trials, times: 1});
  }
  return [...found.values()];
}

/** Every peer's rate, shrunk. @param list peers; those without trials get the peers' own mean */
export function shrunkenRates(list: readonly Trials[], peers: Peers): ShrunkenRate[] {
  // Peers with the same counts have the same posterior.
  const known = new Map<string, ReturnType<typeof posterior>>();
  const once = (each: Trials) => {
    const key = `${each.successes} ${each.trials}`;
    const found = known.get(key) ?? posterior(each, peers);
    known.set(key, found);
    return found;
  };
  const rates = list.map((each) => ({
    ...each,
    raw: each.trials > 0 ? each.successes / each.trials : null,
    ...once(each)
  }));
  const sorted = rates.map(({rate}) => rate).sort((a, b) => a - b);
  return rates.map((each) => ({
    ...each,
    percentile: percentileOf(each.rate, sorted),
    verdict: each.trials < FEW_TRIALS ? "not enough data" : (sureSide(each.above) ?? "as peers")
  }));
}

/** The side of which a chance to be above (0..1) is sure; null of neither. */
export function sureSide(above: number): "above" | "below" | null {
  return above > SURE ? "above" : above < 1 - SURE ? "below" : null;
}

/** Nodes and weights of a normal distribution: Gauss-Hermite with three points. */
const NODES = [
  {z: -Math.sqrt(3), weight: 1 / 6},
  {z: 0, weight: 2 / 3},
  {z: Math.sqrt(3), weight: 1 / 6}
];

/** Mean, central 80% and 95% of what a peer's rate may be, over all strengths and means, and the chance that it is above the mean. */
function posterior(
  {successes, trials}: Pick<Trials, "successes" | "trials">,
  {mixture}: Peers
): Pick<ShrunkenRate, "rate" | "lo" | "hi" | "lo95" | "hi95" | "above"> {
  const parts = partsOf({successes, trials}, mixture);
  const rate = parts.reduce((sum, {weight, a, b}) => sum + (weight * a) / (a + b), 0);
  const at = (p: number) => mixedQuantile(parts, p);
  const above = aboveAt(
    {successes, trials},
    nodesOf(mixture).map((node) => ({...node, at: node.mean}))
  );
  return {rate, lo: at(0.1), hi: at(0.9), lo95: at(0.025), hi95: at(0.975), above};
}

interface MeanNode {
  mean: number;
  strength: number;
  weight: number;
}

/** What the peers may have in common, one mean and one strength at a time. */
function nodesOf(mixture: Peers["mixture"]): MeanNode[] {
  return mixture.flatMap(({mean, variance, strength, weight}) =>
    NODES.map((node) => ({
      mean: inside(mean + node.z * Math.sqrt(variance)),
      strength,
      weight: weight * node.weight
    }))
  );
}

/** The chance that a peer's rate is above `at`: it moves with the mean, so that their order is asked at one mean at a time. */
function aboveAt(
  {successes, trials}: Pick<Trials, "successes" | "trials">,
  nodes: readonly (MeanNode & {at: number})[]
): number {
  return nodes.reduce((sum, {mean, strength, weight, at}) => {
    const {a, b} = betaOf(mean, strength, successes, trials);
    return sum - weight * betaCdf(at, a, b);
  }, 1);
}

/**
 * A function of a peer's counts: the chance that its rate is above the middle one of peers like these, which lies below their mean where
 * few of them have high rates and most have low ones.
 */
export function aboveMiddle({mixture}: Peers): (of: Pick<Trials, "successes" | "trials">) => number {
  const nodes = nodesOf(mixture).map((node) => {
    const {a, b} = betaOf(node.mean, node.strength, 0, 0);
    return {...node, at: betaQuantile(0.5, a, b)};
  });
  return (of) => aboveAt(of, nodes);
}

/** Below which true rate a share p (0..1) of peers like these lie: that of one of whom nothing is known. */
export function ratesQuantile({mixture}: Peers, p: number): number {
  return mixedQuantile(partsOf({successes: 0, trials: 0}, mixture), p);
}

interface BetaPart {
  weight: number;
  a: number;
  b: number;
}

function partsOf(
  {successes, trials}: Pick<Trials, "successes" | "trials">,
  mixture: Peers["mixture"]
): BetaPart[] {
  return mixture.map(({mean, variance, strength, weight}) => ({
    weight,
    ...widened(betaOf(mean, strength, successes, trials), (strength / (strength + trials)) ** 2 * variance)
  }));
}

function mixedQuantile(parts: readonly BetaPart[], p: number): number {
  return quantile((x) => parts.reduce((sum, {weight, a, b}) => sum + weight * betaCdf(x, a, b), 0), p);
}

function betaOf(mean: number, strength: number, successes: number, trials: number): {a: number; b: number} {
  return {a: mean * strength + successes, b: (1 - mean) * strength + trials - successes};
}

/** The beta distribution of the same mean with so much more variance. */
function widened({a, b}: {a: number; b: number}, variance: number): {a: number; b: number} {
  const mean = a / (a + b);
  const spread = mean * (1 - mean);
  const sum = spread / (spread / (a + b + 1) + variance) - 1;
  return sum > 0 ? {a: mean * sum, b: (1 - mean) * sum} : {a, b};
}

function inside(mean: number): number {
  return Math.min(1 - 1e-6, Math.max(1e-6, mean));
}

/** Where a rising distribution function on 0..1 reaches p, to 1e-6. */
function quantile(below: (x: number) => number, p: number): number {
  let [low, high] = [0, 1];
  while (high - low > 1e-6) {
    const middle = (low + high) / 2;
    if (below(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Rates between which chance alone keeps a share of peers with n trials and the mean rate: where the mid-P distribution function of
 * the binomial, drawn straight between whole numbers, reaches the share's ends; 0 or 1 where it never does. The normal
 * approximation called two of two won beyond the limits at a mean of a third, which chance alone does once in nine.
 * @param n whole number of trials
 * @see Spiegelhalter (2005), Stat Med 24:1185-1202, appendix; Lancaster (1961), JASA 56:223-234
 */
export function controlLimits(mean: number, n: number, z: number): {lo: number; hi: number} {
  if (mean <= 0 || mean >= 1 || n < 1) return {lo: Math.max(0, mean), hi: Math.min(1, mean)};
  const tail = 1 - normalCdf(z);
  const upTo = (r: number) => (r < 0 ? 0 : r >= n ? 1 : 1 - betaCdf(mean, r + 1, n - r));
  const middle = (r: number) => (upTo(r) + upTo(r - 1)) / 2;
  const at = (p: number) => {
    let [low, high] = [-1, n + 1];
    while (high - low > 1) {
      const r = (low + high) >> 1;
      if (middle(r) < p) low = r;
      else high = r;
    }
    if (low < 0) return 0;
    if (high > n) return 1;
    return (low + (p - middle(low)) / (middle(high) - middle(low))) / n;
  };
  return {lo: at(tail), hi: at(1 - tail)};
}

function likelihood(list: readonly Counted[], mean: number, strength: number): number {
  const [a, b] = [mean * strength, (1 - mean) * strength];
  const prior = logBeta(a, b);
  return list.reduce(
    (sum, {successes, trials, times}) =>
      sum + times * (logBeta(a + successes, b + trials - successes) - prior),
    0
  );
}

/** The most likely mean for a strength, by golden section around the pooled one. */
function bestMean(list: readonly Counted[], strength: number, pooled: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.max(1e-6, pooled / 3), Math.min(1 - 1e-6, 1 - (1 - pooled) / 3)];
  for (let i = 0; i < 22; i++) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (likelihood(list, left, strength) > likelihood(list, right, strength)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

/** The likelihood with the mean integrated out, flat on 0..1, and the mean's variance: a normal distribution around the best. */
function aroundBest(
  list: readonly Counted[],
  mean: number,
  strength: number
): {fit: number; variance: number} {
  const step = Math.min(0.02, mean / 4, (1 - mean) / 4);
  const [left, middle, right] = [mean - step, mean, mean + step].map((at) => likelihood(list, at, strength));
  const bend = (2 * middle! - left! - right!) / step ** 2;
  // A mean that nothing is known of is as wide as a flat one.
  const variance = Math.min(1 / 12, bend > 0 ? 1 / bend : 1 / 12);
  return {fit: middle! + 0.5 * Math.log(2 * Math.PI * variance), variance};
}

/** Share of the sorted values that are lower, those that are equal counted half. */
function percentileOf(value: number, sorted: readonly number[]): number {
  const below = placeOf(sorted, (each) => each < value);
  const notAbove = placeOf(sorted, (each) => each <= value);
  return (below + (notAbove - below) / 2) / sorted.length;
}

/** How many of the sorted values pass a test that the first ones pass. */
function placeOf(sorted: readonly number[], passes: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
