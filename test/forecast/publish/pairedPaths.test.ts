import {describe, expect, test} from "vitest";
import type {DealModel, OpenDeal} from "../../../loaders/forecast/deals/projectDeals.ts";
import {pairedPaths} from "../../../loaders/forecast/publish/pairedPaths.ts";

const WEEKS = 4;

/** A deal that is won with an equal chance in each week. */
const deal = (chance: number, amount: number): OpenDeal =>
  ({
    state: {amount},
    amount,
    curve: {won: Float64Array.from({length: WEEKS}, (_, week) => (chance * (week + 1)) / WEEKS)}
  }) as unknown as OpenDeal;
const model = (drift: number, spread: number[]) =>
  ({
    outcomes: {drift},
    amounts: {spread: Float64Array.from(spread), wonSpread: Float64Array.of(1)}
  }) as unknown as DealModel;
const asked = {seed: 5, nPaths: 4000};
const sum = (paths: Float64Array) => paths.reduce((total, value) => total + value, 0);

describe("paths of the same luck", () => {
  test("a deal that is known otherwise moves its own part of every path and nothing else", () => {
    const others = [deal(0.3, 100), deal(0.6, 50), deal(0.05, 900)];
    const uncertain = model(0.4, [0.5, 1, 2]);
    const [never, surely] = [0, 1].map((chance) =>
      pairedPaths([deal(chance, 7), ...others], WEEKS, uncertain, asked)
    );
    for (let path = 0; path < asked.nPaths; path++) {
      const changes = Array.from(
        {length: WEEKS},
        (_, week) => surely![path * WEEKS + week]! - never![path * WEEKS + week]!
      );
      const moved = changes.filter((change) => Math.abs(change) > 1e-9);
      expect(moved.length).toBe(1);
      expect([3.5, 7, 14].some((size) => Math.abs(size - moved[0]!) < 1e-9)).toBe(true);
    }
  });

  test("come on average to what the deals are expected to bring, week by week", () => {
    const paths = pairedPaths([deal(0.3, 100), deal(0.6, 50)], WEEKS, model(0, [0.5, 1.5]), asked);
    expect(sum(paths) / asked.nPaths).toBeCloseTo(0.3 * 100 + 0.6 * 50, -0.5);
    for (let week = 0; week < WEEKS; week++) {
      const own = paths.filter((_, at) => at % WEEKS === week);
      expect(Math.abs(sum(own) / asked.nPaths - 15)).toBeLessThan(2);
    }
  });
});
