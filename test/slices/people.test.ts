import {describe, expect, test} from "vitest";
import type {FactColumn, FactTable} from "../../src/slices/facts.ts";
import {callers, type PeopleData} from "../../src/slices/people.ts";

function key(values: readonly (string | null)[]): FactColumn {
  const words = [...new Set(values.filter((value) => value !== null))];
  return {kind: "key", words, codes: values.map((value) => (value === null ? null : words.indexOf(value)))};
}
const numbers = (values: readonly (number | null)[]): FactColumn => ({kind: "number", values: [...values]});

interface First {
  owner: string;
  late: number;
  change?: number | null;
  /** Null where no amount was stated. */
  round?: 0 | 1 | null;
}
interface Call {
  owner: string;
  due: 0 | 1;
  category?: string | null;
  result: string;
}

function dataOf(first: readonly First[], calls: readonly Call[]): PeopleData {
  return {
    first: {
      n: first.length,
      columns: {
        owner_then: key(first.map(({owner}) => owner)),
        days_late: numbers(first.map(({late}) => late)),
        amount_change: numbers(first.map(({change}) => change ?? null)),
        is_month_end: numbers(first.map((_, i) => i % 2)),
        is_round: numbers(first.map(({round = 0}) => round)),
        is_won_round: numbers(first.map(() => 0))
      }
    },
    edits: {review: null, people: []},
    calls: {
      n: calls.length,
      columns: {
        owner_then: key(calls.map(({owner}) => owner)),
        was_due: numbers(calls.map(({due}) => due)),
        category_then: key(calls.map(({category}) => category ?? null)),
        result: key(calls.map(({result}) => result))
      }
    }
  };
}
const every = ({n}: FactTable) => [...Array(n).keys()];
const judge = (first: readonly First[], calls: readonly Call[] = []) => {
  const data = dataOf(first, calls);
  return new Map(callers(data, every(data.calls), every(data.first)).map((each) => [each.owner, each]));
};
const wins = (owner: string, n: number, nLate: number): First[] =>
  Array.from({length: n}, (_, i) => ({owner, late: i < nLate ? 10 : -20}));

describe("how people call their deals", () => {
  test("amounts that nobody stated are no part of the share of round ones", () => {
    const said = (owner: string, round: 0 | 1 | null, n: number): First[] =>
      Array.from({length: n}, () => ({owner, late: 0, round}));
    const people = judge([
      ...said("A", 1, 6),
      ...said("A", null, 30),
      ...said("B", 1, 3),
      ...said("B", 0, 3)
    ]);
    expect(people.get("A")!.round).toMatchObject({successes: 6, trials: 6, raw: 1});
    expect(people.get("A")!.monthEnds!.trials).toBe(36);
  });

  test("who is late far more often than the colleagues has happy ears, who hardly ever is sandbags", () => {
    const others = Array.from({length: 8}, (_, i) => wins(`P${i}`, 30, 9 + (i % 3))).flat();
    const people = judge([...others, ...wins("Hope", 40, 32), ...wins("Sand", 40, 1)]);
    expect(people.get("Hope")).toMatchObject({lean: "happy ears", medianDays: 10});
    expect(people.get("Sand")).toMatchObject({lean: "sandbagging", medianDays: -20});
    expect(people.get("P1")).toMatchObject({lean: "as colleagues"});
  });

  test("three of three late is not enough data, and has no medians", () => {
    const people = judge([...wins("A", 30, 10), ...wins("B", 30, 10), ...wins("New", 3, 3)]);
    expect(people.get("New")).toMatchObject({
      lean: "not enough data",
      medianDays: null,
      amountBias: null,
      monthEnds: {verdict: "not enough data"},
      heaps: []
    });
  });

  test("calls of a quarter: slipped of due, late adds of won, won of those called", () => {
    const calls: Call[] = [
      {owner: "A", due: 1, category: "commit", result: "won"},
      {owner: "A", due: 1, category: "best_case", result: "slipped"},
      {owner: "A", due: 1, category: "pipeline", result: "lost"},
      {owner: "A", due: 0, category: null, result: "won"}
    ];
    const a = judge([], calls).get("A")!;
    expect(a.slipped).toMatchObject({successes: 1, trials: 3});
    expect(a.lateAdds).toMatchObject({successes: 1, trials: 2});
    expect(a.called).toMatchObject({successes: 1, trials: 2});
    expect(a.late).toBeNull();
    expect(a.lean).toBe("not enough data");
  });

  test("the amount bias is signed, over deals with both amounts", () => {
    const list = [0.1, -0.3, -0.1, null, -0.2, 0].map((change): First => ({owner: "A", late: 0, change}));
    const a = judge(list).get("A")!;
    expect(a.nAmounts).toBe(5);
    expect(a.amountBias).toBeCloseTo(-0.1, 12);
  });
});
