import {describe, expect, test} from "vitest";
import {
  chanceBy,
  extended,
  moved,
  withCycleTime,
  withSlip,
  withWinRate
} from "../../../src/scenario/levers/outcomeCurves.ts";
import fc from "../../support/fc.ts";
import {steady, WEEKS} from "../makeInput.ts";

const curve = steady(0.03, 0.05);
const sums = ({won, lost}: typeof curve) => won.map((each, k) => each + lost[k]!);

describe("curves of chances", () => {
  test("between weeks they are linear, before the as-of day nothing is won", () => {
    expect(chanceBy(curve.won, 0)).toBe(0);
    expect(chanceBy(curve.won, -3)).toBe(0);
    expect(chanceBy(curve.won, 0.5)).toBeCloseTo(0.015, 12);
    expect(chanceBy(curve.won, 4)).toBe(curve.won[3]);
    expect(chanceBy(curve.won, WEEKS + 20)).toBe(curve.won.at(-1));
  });

  test("beyond its end a steady curve goes on as it was", () => {
    const far = extended(curve, WEEKS + 25);
    const by = (k: number) => (0.03 / 0.08) * (1 - 0.92 ** k);
    expect(chanceBy(far.won, WEEKS + 25)).toBeCloseTo(by(WEEKS + 25), 9);
  });

  test("a win rate of 1.2 wins 1.2 times as much each week and closes no more deals", () => {
    const more = withWinRate(curve, 1.2, 0);
    sums(more).forEach((sum, k) => {
      expect(sum).toBeCloseTo(sums(curve)[k]!, 12);
    });
    more.won.forEach((won, k) => {
      expect(won).toBeCloseTo(1.2 * curve.won[k]!, 12);
    });
  });

  test("from a later day on it leaves what comes before alone", () => {
    const more = withWinRate(curve, 1.5, 10);
    expect(more.won.slice(0, 10)).toEqual(curve.won.slice(0, 10));
    expect(more.won[10]! - more.won[9]!).toBeCloseTo(1.5 * (curve.won[10]! - curve.won[9]!), 12);
  });

  test("a cycle twice as long reaches after 2k weeks what it reached after k", () => {
    const slow = withCycleTime(curve, 2, 0);
    for (const k of [1, 5, 20]) expect(chanceBy(slow.won, 2 * k)).toBeCloseTo(chanceBy(curve.won, k), 12);
  });

  test("slipping wins come a quarter later and are not lost", () => {
    const late = withSlip(curve, 0.4, 0);
    expect(chanceBy(late.won, 10)).toBeCloseTo(0.6 * chanceBy(curve.won, 10), 12);
    expect(chanceBy(late.won, 30)).toBeCloseTo(
      0.6 * chanceBy(curve.won, 30) + 0.4 * chanceBy(curve.won, 17),
      12
    );
  });

  test("a deal moved out by four weeks has its chances four weeks later", () => {
    expect(chanceBy(moved(curve, 4).won, 14)).toBeCloseTo(chanceBy(curve.won, 10), 12);
    expect(chanceBy(moved(curve, -4).won, 10)).toBeCloseTo(chanceBy(curve.won, 14), 12);
  });

  test("whatever is bent stays a curve: never falling, never above 1", () => {
    const shares = fc.double({min: 0.002, max: 0.4, noNaN: true});
    fc.assert(
      fc.property(
        shares,
        shares,
        fc.double({min: 0.5, max: 2, noNaN: true}),
        fc.integer({min: 0, max: 70}),
        (w, l, factor, from) => {
          const raw = steady(w, l);
          for (const bent of [
            withWinRate(raw, factor, from),
            withCycleTime(raw, factor, from),
            withSlip(raw, factor / 2.2, from)
          ]) {
            let before = 0;
            bent.won.forEach((won, k) => {
              expect(won).toBeGreaterThanOrEqual(before - 1e-12);
              expect(won + bent.lost[k]!).toBeLessThanOrEqual(1 + 1e-9);
              before = won;
            });
          }
        }
      ),
      {numRuns: 60}
    );
  });
});
