import {describe, expect, test} from "vitest";
import {centsIn, foundMoney, tailBound} from "../../../loaders/publish/scan/foreignMoney.ts";
import {Rng} from "../../../loaders/twins/random/rng.ts";

test("numbers of data are read as cents and as units, and parts of words, ids and longer numbers are none", () => {
  expect([...centsIn('[4821357, 48213.57, "id-48213", "00648213aa", 1.482135, 999]')].sort()).toEqual([
    4_821_357, 482_135_700
  ]);
});

describe("amounts among a site's numbers", () => {
  const drawn = (n: number, seed: number) => {
    const rng = new Rng().seed(seed, 1);
    return new Set(Array.from({length: n}, () => 100_000 + Math.floor(rng.next() * 5_000_000)));
  };

  test("are told by none of many sites that have them by chance, also where numbers are as many as the amounts there can be", () => {
    for (let seed = 1; seed <= 200; seed++)
      expect(foundMoney(drawn(2000, seed), drawn(500, seed + 1000)), String(seed)).toEqual([]);
    // Of a large firm hundreds are found, by chance as well.
    const many = foundMoney(drawn(60_000, 7), drawn(60_000, 8));
    expect(many).toEqual([]);
  });

  test("are told when some twenty others' are among a thousand", () => {
    const money = drawn(2000, 3);
    const numbers = new Set([...drawn(1000, 4), ...[...money].slice(0, 20)]);
    expect(foundMoney(money, numbers).length).toBeGreaterThanOrEqual(20);
    expect(foundMoney(money, new Set([...money].slice(0, 3))).length).toBe(3);
  });
});

test("the bound is above the tail of a Poisson count, computed term by term", () => {
  for (const [n, mean] of [
    [3, 0.01],
    [3, 1],
    [20, 5],
    [100, 60]
  ] as const) {
    let term = Math.exp(-mean);
    let below = 0;
    for (let k = 0; k < n; k++) {
      below += term;
      term *= mean / (k + 1);
    }
    let tail = 0;
    for (let k = n; k < n + 500; k++) {
      tail += term;
      term *= mean / (k + 1);
    }
    expect(tail).toBeLessThan(tailBound(n, mean));
    expect(below + tail).toBeCloseTo(1, 9);
  }
  expect(tailBound(2, 3)).toBe(1);
});
