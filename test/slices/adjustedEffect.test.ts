import {describe, expect, test} from "vitest";
import {adjustedEffect, type Stratum, strataOf} from "../../src/slices/adjustedEffect.ts";

const stratum = (key: string, won1: number, n1: number, won0: number, n0: number): Stratum => ({
  key,
  treated: {n: n1, won: won1},
  others: {n: n0, won: won0}
});

describe("against like deals", () => {
  test("one stratum is the plain difference, with about the usual interval", () => {
    const effect = adjustedEffect([stratum("a", 30, 50, 20, 50)]);
    const half = 1.959964 * Math.sqrt((0.6 * 0.4) / 50 + (0.4 * 0.6) / 50);
    expect(effect.difference).toBeCloseTo(0.2, 12);
    expect(Math.abs(effect.lo! - (0.2 - half))).toBeLessThan(0.004);
    expect(Math.abs(effect.hi! - (0.2 + half))).toBeLessThan(0.004);
    // Sato: P = 0 + 50 x 50 x 0 / ... - 50^2 (30 - 20) / 100^2, Q = (30 x 30 + 20 x 20) / 200.
    const sato = (1.959964 * Math.sqrt(0.2 * -2.5 + 6.5)) / 25;
    expect(effect.hi).toBeCloseTo(0.2 + sato, 9);
    expect(effect).toMatchObject({overlap: 1, nStrata: 1});
  });

  test("two strata by hand: weights n1 n0 / n", () => {
    // Weights 40 x 10 / 50 = 8 and 10 x 40 / 50 = 8; differences 0.1 and 0.3.
    const effect = adjustedEffect([stratum("small", 36, 40, 8, 10), stratum("large", 5, 10, 8, 40)]);
    expect(effect.difference).toBeCloseTo(0.2, 12);
  });

  test("where treated deals are of the easy kind the raw difference is wrong, and the adjusted one is not", () => {
    // Easy deals are won at 80%, hard ones at 20%, whoever sells; partners bring easy ones.
    const effect = adjustedEffect([stratum("easy", 80, 100, 16, 20), stratum("hard", 4, 20, 20, 100)]);
    expect(effect.raw).toBeCloseTo(0.4, 2);
    expect(effect.difference).toBeCloseTo(0, 12);
    expect(effect.lo).toBeLessThan(0);
    expect(effect.hi).toBeGreaterThan(0);
  });

  test("deals without their like are said, not compared", () => {
    const effect = adjustedEffect([stratum("both", 3, 10, 3, 10), stratum("alone", 30, 30, 0, 0)]);
    expect(effect).toMatchObject({overlap: 0.25, nTreated: 40, nStrata: 1});
    expect(effect.difference).toBeCloseTo(0, 12);
    expect(adjustedEffect([stratum("alone", 3, 3, 0, 0)])).toMatchObject({
      difference: null,
      lo: null,
      overlap: 0,
      raw: null
    });
    expect(adjustedEffect([])).toMatchObject({difference: null, overlap: null, raw: null});
  });

  test("the interval holds 19 times in 20, in many small strata", () => {
    let state = 7;
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state >>> 8) / 2 ** 24;
    };
    const won = (n: number, rate: number) => Array.from({length: n}, next).filter((u) => u < rate).length;
    let held = 0;
    const runs = 600;
    for (let run = 0; run < runs; run++) {
      const strata = Array.from({length: 40}, (_, i) => {
        const base = 0.2 + 0.4 * next();
        const [n1, n0] = [1 + Math.floor(4 * next()), 1 + Math.floor(9 * next())];
        return stratum(`${i}`, won(n1, base + 0.1), n1, won(n0, base), n0);
      });
      const {lo, hi} = adjustedEffect(strata);
      if (lo! <= 0.1 && hi! >= 0.1) held++;
    }
    expect(held / runs).toBeGreaterThan(0.92);
    expect(held / runs).toBeLessThan(0.975);
  });

  test("strata of deals, by what they have in common", () => {
    const strata = strataOf(
      [0, 1, 2, 3],
      (deal) => (deal < 3 ? "A" : "B"),
      (deal) => deal % 2 === 0,
      (deal) => deal === 0
    );
    expect(strata).toEqual([stratum("A", 1, 2, 0, 1), stratum("B", 0, 0, 0, 1)]);
  });
});
