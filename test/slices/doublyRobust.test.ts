import {describe, expect, test} from "vitest";
import {type ComparedDeals, doublyRobust} from "../../src/slices/doublyRobust.ts";
import fc from "../support/fc.ts";

/** Deals of strata given as [level, treated won, treated, others won, others]. */
function dealsOf(strata: readonly (readonly [string, number, number, number, number])[]): ComparedDeals {
  const rows = strata.flatMap(([level, won1, n1, won0, n0]) => [
    ...Array.from({length: n1}, (_, i) => ({level, isTreated: true, isWon: i < won1})),
    ...Array.from({length: n0}, (_, i) => ({level, isTreated: false, isWon: i < won0}))
  ]);
  return {
    isTreated: rows.map((row) => row.isTreated),
    isWon: rows.map((row) => row.isWon),
    factors: [rows.map((row) => row.level)]
  };
}

describe("the doubly robust effect on treated deals", () => {
  test("by hand: with one factor and no ridge it is the treated deals' mean of the strata's differences", () => {
    // Small: 60% against 40% for 100 treated; large: 30% against 20% for 50: (100 x 0.2 + 50 x 0.1) / 150.
    const effect = doublyRobust(
      dealsOf([
        ["small", 60, 100, 20, 50],
        ["large", 15, 50, 20, 100]
      ]),
      1e-6
    );
    expect(effect.difference).toBeCloseTo(25 / 150, 6);
    // Treated: residuals about their mean; others: stratum variances weighed by odds 2 and 0.5, which sum to 150.
    const mine = [
      ...[60 * (1 - 0.4 - 1 / 6) ** 2, 40 * (-0.4 - 1 / 6) ** 2],
      ...[15 * (1 - 0.2 - 1 / 6) ** 2, 35 * (-0.2 - 1 / 6) ** 2]
    ].reduce((sum, each) => sum + each, 0);
    const theirs = 4 * 50 * 0.4 * 0.6 + 0.25 * 100 * 0.2 * 0.8;
    const half = 1.959964 * Math.sqrt((mine + theirs) / 150 ** 2);
    expect(effect.hi! - effect.difference!).toBeCloseTo(half, 6);
    // Kish: (50 x 2 + 100 x 0.5)^2 / (50 x 4 + 100 x 0.25).
    expect(effect.nWorth).toBeCloseTo(150 ** 2 / 225, 4);
    expect(effect.imbalance).toBeCloseTo(0, 6);
    expect(effect.imbalanceRaw).toBeGreaterThan(0.5);
  });

  test("with two factors and ridge it is what R's optim finds with the same formulas", () => {
    const i = Array.from({length: 400}, (_, n) => n);
    const a = i.map((n) => ["x", "y", "z"][(n * 7) % 3]!);
    const b = i.map((n) => ["p", "q"][Math.floor(n / 5) % 2]!);
    const chance = (eta: number) => 1 / (1 + Math.exp(-eta));
    const isTreated = i.map(
      (n) =>
        ((n * 37 + 11) % 101) / 101 <
        chance(-0.8 + (a[n] === "y" ? 0.9 : a[n] === "z" ? -0.4 : 0) + (b[n] === "q" ? 0.7 : 0))
    );
    const isWon = i.map(
      (n) =>
        ((n * 53 + 29) % 97) / 97 <
        chance(-0.6 + (a[n] === "y" ? 0.8 : 0) + (b[n] === "q" ? 0.5 : 0) + (isTreated[n] ? 0.5 : 0))
    );
    const effect = doublyRobust({isTreated, isWon, factors: [a, b]});
    expect(effect.difference).toBeCloseTo(0.130467, 5);
    expect(effect.lo).toBeCloseTo(0.030126, 5);
    expect(effect.hi).toBeCloseTo(0.230809, 5);
    expect(effect.nWorth).toBeCloseTo(167.2911, 2);
  });

  test("deals of a kind that only partners bring have no like ones, and are said", () => {
    const effect = doublyRobust(
      dealsOf([
        ["both", 20, 50, 20, 50],
        ["theirs", 40, 50, 0, 0]
      ]),
      1e-3
    );
    expect(effect.overlap).toBeCloseTo(0.5, 12);
    expect(effect.difference).toBeCloseTo(0, 3);
  });

  test("the few others among them are nobody's like ones: they weigh nothing, and what became of them is not asked", () => {
    const withOthers = (won: number) =>
      doublyRobust(
        dealsOf([
          ["both", 20, 50, 20, 50],
          ["theirs", 380, 400, won, 20]
        ])
      );
    const effect = withOthers(18);
    expect(effect.overlap).toBeCloseTo(50 / 450, 12);
    expect(effect.difference).toBeCloseTo(0, 2);
    expect(effect.imbalance).toBeCloseTo(0, 6);
    expect(effect.nWorth).toBeCloseTo(50, 6);
    expect(withOthers(2).difference).toBeCloseTo(effect.difference!, 2);
  });

  test("others that weigh something are asked to be enough, as all of them are", () => {
    // By hand: beside 400 treated 40 others are beyond 9 to 1 and weigh nothing; 4 are left beside 30, or 20 beside 150.
    const withLike = (n1: number, n0: number) =>
      doublyRobust(
        dealsOf([
          ["theirs", 200, 400, 20, 40],
          ["both", n1 / 2, n1, n0 / 2, n0]
        ])
      );
    expect(withLike(30, 4)).toMatchObject({difference: null, lo: null, hi: null, nWorth: null});
    expect(withLike(30, 4).overlap).toBeCloseTo(30 / 430, 12);
    expect(withLike(140, 18).difference).toBeNull();
    expect(withLike(150, 20).difference).toBeCloseTo(0, 2);
  });

  test("few deals, or sides that always win, are not enough data", () => {
    expect(doublyRobust(dealsOf([["a", 5, 19, 20, 50]]))).toMatchObject({difference: null, nTreated: 19});
    expect(doublyRobust(dealsOf([["a", 50, 50, 20, 50]]))).toMatchObject({difference: null, lo: null});
    expect(doublyRobust({isTreated: [], isWon: [], factors: []}).difference).toBeNull();
  });

  test("names of levels and the order of factors do not matter, and swapping won and lost turns the sign", () => {
    const cell = fc.tuple(fc.integer({min: 6, max: 30}), fc.integer({min: 6, max: 30}));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), {minLength: 2, maxLength: 4}), (cells) => {
        const deals = dealsOf(
          cells.map(([[w1, l1], [w0, l0]], s) => [`level ${s}`, w1, w1 + l1, w0, w0 + l0] as const)
        );
        const plain = doublyRobust(deals);
        const renamed = doublyRobust({
          ...deals,
          factors: [deals.factors[0]!.map(() => "all"), deals.factors[0]!.map((word) => `${word}!`)]
        });
        const turned = doublyRobust({...deals, isWon: deals.isWon.map((won) => !won)});
        expect(renamed.difference).toBeCloseTo(plain.difference!, 5);
        expect(turned.difference).toBeCloseTo(-plain.difference!, 5);
      })
    );
  });
});
