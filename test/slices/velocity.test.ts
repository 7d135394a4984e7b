import {expect, test} from "vitest";
import {closedIn, perDay, quantile} from "../../src/slices/closedDeals.ts";
import type {FactTable} from "../../src/slices/facts.ts";
import {sensitivities, velocity} from "../../src/slices/velocity.ts";
import fc from "../support/fc.ts";

const levers = {n: 40, average: 25_000, winRate: 0.25, cycleDays: 100};

test("money a day is deals times amount times rate over days", () => {
  expect(velocity(levers)).toBe(2500);
});

test("what was won a day is what the equation is held against: a deal without an amount brought nothing", () => {
  const deals: FactTable = {n: 3, columns: {won_amount: {kind: "cents", values: [100_000, null, 46_050]}}};
  expect(perDay(deals, [0, 1, 2], 365)).toBeCloseTo(1460.5 / 365, 12);
  expect(perDay(deals, [], 365)).toBe(0);
});

test("a tenth of each lever is the same, but of the cycle, which divides: -20% gives +25%", () => {
  expect(sensitivities(levers).map(({change}) => Math.round(change * 1000) / 1000)).toEqual([
    0.1, 0.1, 0.1, 0.111
  ]);
  expect(sensitivities(levers, 0.2).at(-1)!.change).toBeCloseTo(0.25, 12);
});

test("is unknown, not 0, when a lever is", () => {
  expect(velocity({...levers, winRate: null})).toBeNull();
  expect(velocity({...levers, cycleDays: 0})).toBeNull();
});

test("what closed in a span: rates and cycles, deals closed later or lost have none", () => {
  const deals: FactTable = {
    n: 4,
    columns: {
      created_on: {kind: "day", values: [0, 10, 0, null]},
      closed_on: {kind: "day", values: [30, 20, 25, 28]},
      n_won: {kind: "number", values: [1, 1, 0, 1]}
    }
  };
  const all = [0, 1, 2, 3];
  expect(closedIn(deals, all, {from: 20, to: 30})).toEqual({
    won: [0, 1, 3],
    lost: [2],
    nWon: 3,
    nLost: 1,
    winRate: 0.75,
    cycles: [10, 30],
    medianCycle: 20,
    meanCycle: 20
  });
  expect(closedIn(deals, all, {from: 21, to: 29})).toMatchObject({nWon: 1, cycles: [], medianCycle: null});
  expect(closedIn(deals, all, {from: 90, to: 99}).winRate).toBeNull();
});

// numpy.quantile([1, 2, 4, 8], [0.5, 0.75, 0.9]) gives 3, 5, 6.8
test("quantiles are numpy's", () => {
  expect([0.5, 0.75, 0.9].map((share) => quantile([1, 2, 4, 8], share))).toEqual([
    3,
    5,
    expect.closeTo(6.8, 12)
  ]);
  expect(quantile([], 0.5)).toBeNull();
  fc.assert(
    fc.property(
      fc.array(fc.nat(), {minLength: 1}),
      fc.double({min: 0, max: 1, noNaN: true}),
      (list, share) => {
        const sorted = [...list].sort((a, b) => a - b);
        const value = quantile(sorted, share)!;
        expect(value >= sorted[0]! && value <= sorted.at(-1)!).toBe(true);
      }
    )
  );
});
