import {describe, expect, test} from "vitest";
import {normalCdf} from "../../src/slices/normal.ts";
import {fitMeans, peersQuantile, shrunkenMean, type Values} from "../../src/slices/shrunkenMeans.ts";

/** Sums of uniform numbers, about normal. */
function normals(seed: number): () => number {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
  return () => Array.from({length: 12}, next).reduce((sum, each) => sum + each, -6);
}

/** Twenty peers around 5 with so much spread between them, three to ten values each with a standard deviation of 1. */
function drawn(seed: number, spread: number): {list: Values[]; truth: number[]} {
  const normal = normals(seed);
  const truth = Array.from({length: 20}, () => 5 + spread * normal());
  const list = truth.map((mean, i) => valuesOf(Array.from({length: 3 + (i % 8)}, () => mean + normal())));
  return {list, truth};
}

function valuesOf(all: readonly number[]): Values {
  const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
  return {n: all.length, mean, squares: all.reduce((sum, each) => sum + (each - mean) ** 2, 0)};
}

/** What a peer's mean may be, by adding up over a grid of common means and spreads, flat in the mean and in the spread's square. */
function gridPosterior(list: readonly Values[], peer: number) {
  const within =
    list.reduce((sum, {squares}) => sum + squares, 0) / list.reduce((sum, {n}) => sum + n - 1, 0);
  const parts: {mean: number; sd: number; log: number}[] = [];
  for (let m = 0; m <= 100; m++)
    for (let k = 1; k <= 100; k++) {
      const [common, variance] = [m / 10, (k / 10) ** 2];
      const log = list.reduce((sum, {n, mean}) => {
        const of = variance + within / n;
        return sum - 0.5 * Math.log(of) - (mean - common) ** 2 / (2 * of);
      }, Math.log(k));
      const own = variance / (variance + within / list[peer]!.n);
      parts.push({
        mean: own * list[peer]!.mean + (1 - own) * common,
        sd: Math.sqrt((own * within) / list[peer]!.n),
        log
      });
    }
  const most = Math.max(...parts.map(({log}) => log));
  const total = parts.reduce((sum, {log}) => sum + Math.exp(log - most), 0);
  const below = (x: number) =>
    parts.reduce(
      (sum, {mean, sd, log}) => sum + (Math.exp(log - most) / total) * normalCdf((x - mean) / sd),
      0
    );
  return {
    mean: parts.reduce((sum, {mean, log}) => sum + (Math.exp(log - most) / total) * mean, 0),
    at(p: number) {
      let [low, high] = [0, 10];
      for (let i = 0; i < 20; i++) {
        const middle = (low + high) / 2;
        if (below(middle) < p) low = middle;
        else high = middle;
      }
      return (low + high) / 2;
    }
  };
}

describe("means of peers with small numbers", () => {
  test("means and intervals are those of a grid over every common mean and spread", () => {
    const list = [4.1, 5.6, 5, 6.2, 4.4, 5.1].map((mean, i) => ({n: 3 + i, mean, squares: 2 + i}));
    const common = fitMeans(list)!;
    for (const [i, each] of list.entries()) {
      const found = shrunkenMean(each, common);
      const exact = gridPosterior(list, i);
      expect(Math.abs(found.mean - exact.mean)).toBeLessThan(0.02);
      expect(Math.abs(found.lo - exact.at(0.1))).toBeLessThan(0.03);
      expect(Math.abs(found.hi - exact.at(0.9))).toBeLessThan(0.03);
    }
  });

  test("80% intervals hold four times in five, whether peers differ or not", () => {
    for (const spread of [0.15, 0.6]) {
      let [held, n] = [0, 0];
      for (let seed = 1; seed <= 30; seed++) {
        const {list, truth} = drawn(seed, spread);
        const common = fitMeans(list)!;
        for (const [i, each] of list.entries()) {
          const {lo, hi} = shrunkenMean(each, common);
          n++;
          if (truth[i]! >= lo && truth[i]! <= hi) held++;
        }
      }
      expect(held / n).toBeGreaterThan(0.75);
      expect(held / n).toBeLessThan(0.88);
    }
  });

  test("half of the peers lie in the middle half, which is not their means' own spread", () => {
    let [held, n, raw] = [0, 0, 0];
    for (let seed = 1; seed <= 30; seed++) {
      const {list, truth} = drawn(seed, 0.6);
      const common = fitMeans(list)!;
      const [lo, hi] = [peersQuantile(common, 0.25), peersQuantile(common, 0.75)];
      n += list.length;
      held += truth.filter((each) => each >= lo && each <= hi).length;
      raw += list.filter(({mean}) => mean >= lo && mean <= hi).length;
    }
    expect(held / n).toBeGreaterThan(0.45);
    expect(held / n).toBeLessThan(0.58);
    expect(raw).toBeLessThan(held);
  });

  test("peers that differ by chance alone are hardly ever told apart", () => {
    let [told, n] = [0, 0];
    for (let seed = 1; seed <= 30; seed++) {
      const {list} = drawn(seed, 0);
      const common = fitMeans(list)!;
      for (const each of list) {
        const {above} = shrunkenMean(each, common);
        n++;
        if (above > 0.9 || above < 0.1) told++;
      }
    }
    expect(told / n).toBeLessThan(0.06);
  });

  test("there is nothing in common of fewer than four peers, nor of single values", () => {
    const three = [1, 2, 3].map((mean) => ({n: 5, mean, squares: 1}));
    expect(fitMeans(three)).toBeNull();
    expect(fitMeans([1, 2, 3, 4, 5].map((mean) => ({n: 1, mean, squares: 0})))).toBeNull();
    expect(fitMeans([])).toBeNull();
  });
});
