import {describe, expect, test} from "vitest";
import {betaCdf, betaQuantile, logGamma} from "../../src/slices/betaDistribution.ts";
import {controlLimits, fitPeers, shrunkenRates, type Trials} from "../../src/slices/shrunkenRates.ts";

describe("the beta distribution", () => {
  test("agrees with closed forms and with R's pbeta and qbeta", () => {
    expect(logGamma(10)).toBeCloseTo(Math.log(362880), 10);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 10);
    // Beta(1, b): 1 - (1 - x)^b; Beta(a, 1): x^a; Beta(2, 2): 3x^2 - 2x^3.
    expect(betaCdf(0.3, 1, 5)).toBeCloseTo(1 - 0.7 ** 5, 12);
    expect(betaCdf(0.3, 4, 1)).toBeCloseTo(0.3 ** 4, 12);
    expect(betaCdf(0.3, 2, 2)).toBeCloseTo(0.216, 12);
    // A binomial tail: P(Beta(3, 8) < 0.2) = P(Bin(10, 0.2) >= 3).
    const tail = [0, 1, 2].reduce((sum, k) => sum - choose(10, k) * 0.2 ** k * 0.8 ** (10 - k), 1);
    expect(betaCdf(0.2, 3, 8)).toBeCloseTo(tail, 12);
    expect(betaCdf(betaQuantile(0.1, 30, 70), 30, 70)).toBeCloseTo(0.1, 9);
  });
});

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
}

/** Peers with true rates from a beta around 0.4, with few trials each. */
function drawn(seed: number, spread: number): {trials: Trials[]; truth: number[]} {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
  const truth = Array.from({length: 40}, () => {
    const normal = next() + next() + next() + next() + next() + next() - 3;
    return Math.min(0.95, Math.max(0.05, 0.4 + spread * normal * 1.41));
  });
  const trials = truth.map((rate, i) => {
    const n = 2 + Math.floor(next() * 30);
    return {key: `P${i}`, trials: n, successes: Array.from({length: n}, next).filter((u) => u < rate).length};
  });
  return {trials, truth};
}

/** What a peer's rate may be, by adding up beta distributions over a grid of means and strengths: flat in mean and in variance. */
function gridPosterior(list: readonly Trials[], peer: number) {
  const parts: {a: number; b: number; log: number}[] = [];
  for (let m = 1; m < 100; m++)
    for (let k = 0; k <= 60; k++) {
      const [mean, strength] = [m / 100, 10 ** (k / 16)];
      const log = list.reduce(
        (sum, {successes, trials}) => {
          const [a, b] = [mean * strength, (1 - mean) * strength];
          const part = logGamma(a + successes) + logGamma(b + trials - successes) - logGamma(a + b + trials);
          return sum + part - logGamma(a) - logGamma(b) + logGamma(a + b);
        },
        Math.log(strength / (strength + 1) ** 2)
      );
      const {successes, trials} = list[peer]!;
      parts.push({a: mean * strength + successes, b: (1 - mean) * strength + trials - successes, log});
    }
  const most = Math.max(...parts.map(({log}) => log));
  const heavy = parts
    .map((each) => ({...each, weight: Math.exp(each.log - most)}))
    .filter(({weight}) => weight > 1e-4);
  const total = heavy.reduce((sum, {weight}) => sum + weight, 0);
  const below = (x: number) =>
    heavy.reduce((sum, {a, b, weight}) => sum + (weight / total) * betaCdf(x, a, b), 0);
  return {
    mean: heavy.reduce((sum, {a, b, weight}) => sum + ((weight / total) * a) / (a + b), 0),
    at(p: number) {
      let [low, high] = [0, 1];
      for (let i = 0; i < 14; i++) {
        const middle = (low + high) / 2;
        if (below(middle) < p) low = middle;
        else high = middle;
      }
      return (low + high) / 2;
    }
  };
}

describe("rates of peers with small numbers", () => {
  test("shrunken rates are nearer to the truth than raw ones and than the common mean", () => {
    let [raw, shrunken, common] = [0, 0, 0];
    for (let seed = 1; seed <= 30; seed++) {
      const {trials, truth} = drawn(seed, 0.1);
      const peers = fitPeers(trials)!;
      const rates = shrunkenRates(trials, peers);
      truth.forEach((rate, i) => {
        raw += (rates[i]!.raw! - rate) ** 2;
        shrunken += (rates[i]!.rate - rate) ** 2;
        common += (peers.mean - rate) ** 2;
      });
    }
    expect(shrunken).toBeLessThan(0.65 * raw);
    expect(shrunken).toBeLessThan(0.85 * common);
  });

  test("80% intervals hold four times in five", () => {
    let [held, n] = [0, 0];
    for (let seed = 1; seed <= 40; seed++) {
      const {trials, truth} = drawn(seed, 0.1);
      for (const [i, {lo, hi}] of shrunkenRates(trials, fitPeers(trials)!).entries()) {
        n++;
        if (truth[i]! >= lo && truth[i]! <= hi) held++;
      }
    }
    expect(held / n).toBeGreaterThan(0.74);
    expect(held / n).toBeLessThan(0.86);
  });

  test("intervals are those of a grid over every mean and strength", () => {
    const list = [3, 2, 5, 1, 4].map((successes, i) => ({key: `P${i}`, trials: 8 + i, successes}));
    const rates = shrunkenRates(list, fitPeers(list)!);
    for (const [i, {rate, lo, hi}] of rates.entries()) {
      const exact = gridPosterior(list, i);
      expect(Math.abs(rate - exact.mean)).toBeLessThan(0.012);
      expect(Math.abs(lo - exact.at(0.1))).toBeLessThan(0.012);
      expect(Math.abs(hi - exact.at(0.9))).toBeLessThan(0.012);
    }
  });

  test("a peer among few that are alike is known no better than their mean", () => {
    const list = Array.from({length: 4}, (_, i) => ({key: `P${i}`, trials: 10, successes: 3}));
    const [first] = shrunkenRates(list, fitPeers(list)!);
    // The most likely mean taken for certain: 0.116.
    expect((first!.hi - first!.lo) / 2).toBeGreaterThan(0.13);
    expect(first!.verdict).toBe("as peers");
  });

  test("peers that differ by chance alone are hardly ever told apart", () => {
    let [told, n] = [0, 0];
    for (let seed = 1; seed <= 40; seed++) {
      const {trials} = drawn(seed, 0);
      for (const {verdict} of shrunkenRates(trials, fitPeers(trials)!)) {
        n++;
        if (verdict === "above" || verdict === "below") told++;
      }
    }
    expect(told / n).toBeLessThan(0.05);
  });

  test("few trials are not enough data; a big one keeps its own rate; none gets the peers' mean", () => {
    const list = [
      {key: "lucky", successes: 3, trials: 3},
      {key: "big", successes: 700, trials: 1000},
      {key: "new", successes: 0, trials: 0},
      ...Array.from({length: 10}, (_, i) => ({key: `p${i}`, successes: 3 + (i % 5), trials: 20}))
    ];
    const peers = fitPeers(list)!;
    const by = new Map(shrunkenRates(list, peers).map((each) => [each.key, each]));
    expect(by.get("lucky")).toMatchObject({raw: 1, verdict: "not enough data"});
    expect(by.get("lucky")!.rate).toBeLessThan(0.6);
    expect(by.get("big")!.rate).toBeCloseTo(0.7, 1);
    expect(by.get("big")!.verdict).toBe("above");
    expect(by.get("new")).toMatchObject({raw: null, verdict: "not enough data"});
    expect(by.get("new")!.rate).toBeCloseTo(peers.mean, 9);
    expect(fitPeers([{key: "a", successes: 0, trials: 0}])).toBeNull();
  });

  test("control limits are those of the binomial, and narrow with the square root of n", () => {
    // R: mid-P is pbinom(r, n, p) - dbinom(r, n, p) / 2; for 100 and a half 0.02302 at 40 and 0.03637 at 41, even about 50.
    const {lo, hi} = controlLimits(0.5, 100, 1.959964);
    expect(lo).toBeCloseTo((40 + (0.025 - 0.023022) / (0.036372 - 0.023022)) / 100, 5);
    expect(lo + hi).toBeCloseTo(1, 9);
    expect(controlLimits(0.5, 10_000, 1.959964).lo).toBeCloseTo(0.5 - 0.0098, 4);
    expect(controlLimits(0.1, 4, 3)).toMatchObject({lo: 0});
    // By hand: two of two at a third has a chance of 1/9, half of it above: nothing of two is beyond 95%.
    expect(controlLimits(1 / 3, 2, 1.959964)).toEqual({lo: 0, hi: 1});
  });
});
