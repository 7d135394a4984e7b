/** Selections too large to be taken deal by deal come to what their parts come to, which are small enough. */
import {describe, expect, test} from "vitest";
import {distribution} from "../../../src/scenario/bookings/distribution.ts";
import {moments} from "../../../src/scenario/bookings/moments.ts";
import {quantile} from "../../../src/scenario/bookings/quantile.ts";
import type {ScenarioInput} from "../../../src/scenario/input.ts";
import {termsOf} from "../../../src/scenario/levers/termsOf.ts";
import {answer} from "../../../src/scenario/outlook/answer.ts";
import type {Scenario} from "../../../src/scenario/scenario.ts";
import {makeInput, NOTHING} from "../makeInput.ts";

const made = makeInput(1800);
const PARTS = ["a", "b", "c", "d"];
const input: ScenarioInput = {
  ...made,
  arrivals: [],
  deals: {
    ...made.deals,
    columns: {
      ...made.deals.columns,
      part: {kind: "key", words: PARTS, codes: Array.from({length: 1800}, (_, i) => i % 4)}
    }
  }
};
const scenario: Scenario = {
  ...NOTHING,
  levers: [
    {kind: "win_rate", value: 1.2, where: {dimension: "region", value: "South"}},
    {kind: "discount", value: 0.1, from: "2026-08-01"},
    {kind: "cycle_time", value: 0.9, where: {dimension: "stage", value: "Propose"}, from: "2026-06-01"}
  ],
  deals: [
    {deal: "D0", action: "won", on: "2026-07-01", amount: 50_000},
    {deal: "D5", action: "lost"},
    {deal: "D9", action: "priced", amount: 900_000},
    {deal: "D14", action: "moved", on: "2026-11-01"}
  ]
};

describe("many deals under levers", () => {
  const whole = termsOf(input, scenario);
  const parts = PARTS.map((part) => termsOf(input, {...scenario, filters: {part: [part]}}));

  test("only forced deals stay single; the rest is in groups", () => {
    expect(whole.amount.length).toBe(4);
    expect(whole.pooled!.pool.nGroups).toBe(6);
    expect(parts.every(({pooled}) => pooled === undefined)).toBe(true);
  });

  test("mean and variance are those of the parts together", () => {
    const independent = {...whole, shockSd: 0};
    const own = parts.map((terms) => moments({...terms, shockSd: 0}));
    const sum = (of: (each: (typeof own)[number]) => number) =>
      own.reduce((total, each) => total + of(each), 0);
    // What was won before is in every part.
    const won = 3 * termsOf({...input, deals: {n: 0, columns: {}}}, NOTHING).sure;
    expect(moments(independent).mean).toBeCloseTo(sum(({mean}) => mean) - won, 4);
    expect(moments(independent).variance / sum(({variance}) => variance)).toBeCloseTo(1, 9);
  });

  test("quantiles are those of every deal taken one by one", () => {
    const joined = (key: "amount" | "logBefore" | "logAfter") =>
      Float64Array.from(parts.flatMap((terms) => [...terms[key]]));
    const {pooled: _, ...rest} = whole;
    const single = {
      ...rest,
      amount: joined("amount"),
      logBefore: joined("logBefore"),
      logAfter: joined("logAfter")
    };
    const [pooled, alone] = [distribution(whole), distribution(single)];
    for (const level of [0.025, 0.1, 0.5, 0.9, 0.975])
      expect(Math.abs(quantile(pooled, level) / quantile(alone, level) - 1)).toBeLessThan(2e-4);
  });

  test("a deal that is forced to what it was expected at anyway changes nothing", () => {
    const expected = input.deals.columns["expected"];
    const amount = (expected?.kind === "cents" ? expected.values[17]! : 0) / 100;
    const same = {...NOTHING, deals: [{deal: "D17", action: "priced" as const, amount}]};
    expect(moments(termsOf(input, same)).mean).toBeCloseTo(moments(termsOf(input, NOTHING)).mean, 5);
  });

  test("the answer is the same however often and after whatever else it is asked", () => {
    const fresh = () => structuredClone(input);
    const first = answer(fresh(), scenario);
    const again = fresh();
    answer(again, {...scenario, levers: [{kind: "win_rate", value: 1.7}]});
    answer(again, {...NOTHING, window: "2026 Q3"});
    expect(answer(again, scenario)).toEqual(first);
    expect(answer(again, scenario)).toEqual(first);
  });
});
