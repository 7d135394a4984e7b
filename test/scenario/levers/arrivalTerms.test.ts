/** People who come, go or learn in a part of the deals: what they can do there at most, and that the parts add up to the whole. */
import {describe, expect, test} from "vitest";
import {moments} from "../../../src/scenario/bookings/moments.ts";
import type {ScenarioInput} from "../../../src/scenario/input.ts";
import {termsOf} from "../../../src/scenario/levers/termsOf.ts";
import {warnings} from "../../../src/scenario/levers/warnings.ts";
import type {LeverSetting, Scenario} from "../../../src/scenario/scenario.ts";
import {NONE} from "../../../src/slices/select.ts";
import {makeInput, NOTHING} from "../makeInput.ts";

const made = {...makeInput(), shockSd: 0};
/** One deal of ten to come is the North's, every second one a partner's. Ten partners: the North's are the work of one. */
const input: ScenarioInput = {
  ...made,
  arrivals: made.arrivals.map((source) => ({
    ...source,
    shares: {...source.shares, region: {North: 0.1, South: 0.9}, partner: {Acme: 0.5, [NONE]: 0.5}}
  }))
};
const there = {dimension: "region", value: "North"};
const lever = (kind: LeverSetting["kind"], value: number): LeverSetting => ({kind, value, where: there});

const arrivals = (levers: LeverSetting[], filters: Scenario["filters"] = {}) =>
  termsOf(input, {...NOTHING, filters, levers}).arrivals.reduce((sum, {wins}) => sum + wins, 0);
const times = (levers: LeverSetting[], filters: Scenario["filters"] = {}) =>
  arrivals(levers, filters) / arrivals([], filters);
const NORTH = {region: ["North"]};

describe("partners trained in a part", () => {
  // By hand: half of the North's deals are of partners; trained they bring 1.5 times as many, so 1 + 0.5 x 0.5.
  test.each([1, 2, 4])("%i where one partner's work is: no more than all of it", (value) => {
    expect(times([lever("enablement", value)], NORTH)).toBeCloseTo(1.25, 9);
    expect(times([lever("enablement", value)])).toBeCloseTo(1 + 0.1 * 0.25, 9);
    expect(times([lever("enablement", value)], {region: ["South"]})).toBeCloseTo(1, 9);
  });
  test("below that they do there what they would do anywhere", () => {
    const wide = {...lever("enablement", 2), where: {dimension: "region", value: "South"}};
    expect(arrivals([wide])).toBeCloseTo(arrivals([{kind: "enablement", value: 2}]), 6);
  });
  test("more than there are is said", () => {
    const words = (value: number) =>
      warnings(input, {...NOTHING, levers: [lever("enablement", value)]}).map((each) => each.words);
    expect(words(1)).toEqual([]);
    expect(words(2)).toEqual([
      "Partners trained: what partners bring to region North is the work of 1 of 10; more change nothing."
    ]);
  });
});

test("partners recruited for a part bring there all that they would bring anywhere", () => {
  const gain = arrivals([{kind: "partners", value: 3}]) - arrivals([]);
  expect(gain).toBeGreaterThan(0);
  expect(arrivals([lever("partners", 3)]) - arrivals([])).toBeCloseTo(gain, 6);
  expect(arrivals([lever("partners", 3)], NORTH) - arrivals([], NORTH)).toBeCloseTo(gain, 6);
});

describe("regions add up to the whole", () => {
  const mean = (levers: LeverSetting[], filters: Scenario["filters"]) =>
    moments(termsOf(input, {...NOTHING, filters, levers})).mean;
  const adds = (levers: LeverSetting[]) => {
    const parts = ["North", "South"].map((value) => mean(levers, {region: [value]}));
    expect(parts[0]! + parts[1]!).toBeCloseTo(mean(levers, {}), 4);
  };
  test.each([-50, -5, -1, 1, 5])("under %i hires in the North", (value) => adds([lever("hiring", value)]));
  test.each([-50, -1, 3])("under %i recruits in the North", (value) => adds([lever("partners", value)]));
  test.each([1, 4, 9])("under %i trained in the North", (value) => adds([lever("enablement", value)]));
  test("where the North also has more pipeline, or others are hired everywhere", () => {
    adds([lever("hiring", -5), lever("new_pipeline", 3)]);
    adds([lever("hiring", -5), {kind: "hiring", value: 2}]);
    adds([lever("hiring", -5), {...lever("new_pipeline", 2), where: {dimension: "region", value: "South"}}]);
  });
});

test("reps who go from a part take no more than what is created there, and the page says so", () => {
  const south = {region: ["South"]};
  const [few, many] = [-5, -50].map((value) => [lever("hiring", value)]) as [LeverSetting[], LeverSetting[]];
  expect(arrivals(many, south)).toBeCloseTo(arrivals([], south), 9);
  expect(arrivals([]) - arrivals(many)).toBeLessThanOrEqual(arrivals([], NORTH) + 1e-9);
  expect(warnings(input, {...NOTHING, levers: few}).map((each) => each.words)).toEqual([
    "Hires: in region North is the work of 0.6 reps; no more than that can go."
  ]);
  expect(warnings(input, {...NOTHING, levers: [{kind: "hiring", value: -6}]})).toEqual([]);
  expect(warnings(input, {...NOTHING, levers: [{kind: "hiring", value: -7}]})[0]!.words).toBe(
    "Hires: there is the work of 6 reps; no more than that can go."
  );
});

test("three who come and three who go in the same part change nothing", () => {
  expect(arrivals([lever("hiring", -3), lever("hiring", 3)])).toBeCloseTo(arrivals([]), 9);
});

describe("levers on parts that exclude each other", () => {
  const south = (kind: LeverSetting["kind"], value: number): LeverSetting => ({
    ...lever(kind, value),
    where: {dimension: "region", value: "South"}
  });
  const money = (levers: LeverSetting[], filters: Scenario["filters"] = {}) => {
    const terms = termsOf(input, {...NOTHING, filters, levers}).arrivals;
    return terms.reduce(
      (sum, {wins, amounts, size = 1}) =>
        sum + (wins * size * amounts.reduce((all, each) => all + each, 0)) / amounts.length,
      0
    );
  };
  const KINDS: [LeverSetting["kind"], number][] = [
    ["new_pipeline", 1.4],
    ["amount", 1.4],
    ["win_rate", 1.2],
    ["cycle_time", 0.8],
    ["slip", 0.3],
    ["campaigns", 2]
  ];

  test.each(KINDS)("%s set alike in each region is that of all deals", (kind, value) => {
    expect(money([lever(kind, value), south(kind, value)])).toBeCloseTo(money([{kind, value}]), 6);
  });

  test("by hand: 1.4 times in the North's tenth and twice in the South's nine are 1.94 times, not 1.04 x 1.9", () => {
    expect(times([lever("new_pipeline", 1.4), south("new_pipeline", 2)])).toBeCloseTo(0.1 * 1.4 + 0.9 * 2, 9);
  });

  test("what a part creates more has that part's amounts and chances", () => {
    // By hand: a tenth of the deals, twice as many, each half as large again; the rest as ever.
    const both = [lever("new_pipeline", 2), lever("amount", 1.5)];
    expect(money(both) / money([])).toBeCloseTo(0.9 + 0.1 * 2 * 1.5, 9);
    const across: LeverSetting[] = [
      ...[...both, lever("win_rate", 1.3), south("cycle_time", 0.7), south("hiring", 2)],
      {kind: "new_pipeline", value: 0.5, where: {dimension: "partner", value: "Acme"}}
    ];
    for (const dimension of ["region", "partner"] as const) {
      const values = dimension === "region" ? ["North", "South"] : ["Acme", NONE];
      const parts = values.map((value) => money(across, {[dimension]: [value]}));
      expect(parts[0]! + parts[1]!).toBeCloseTo(money(across), 6);
    }
  });

  test("money in campaigns of each region is as uncertain as the same money in all: one response was measured", () => {
    const varianceOf = (levers: LeverSetting[]) =>
      termsOf(input, {...NOTHING, levers}).arrivals.map(({rateVariance}) => rateVariance);
    const apart = varianceOf([lever("campaigns", 2), south("campaigns", 2)]);
    varianceOf([{kind: "campaigns", value: 2}]).forEach((variance, i) => {
      expect(apart[i]).toBeCloseTo(variance, 12);
    });
    expect(apart.some((variance, i) => variance > varianceOf([])[i]!)).toBe(true);
  });

  test("by hand: money taken to another region is less uncertain than money added to both, for one response was measured", () => {
    const half = {
      ...input,
      arrivals: input.arrivals.map((source) => ({
        ...source,
        shares: {...source.shares, region: {North: 0.5, South: 0.5}}
      }))
    };
    const {elasticity, standardError} = input.campaigns!;
    const added = (north: number, to: number) =>
      termsOf(half, {...NOTHING, levers: [lever("campaigns", north), south("campaigns", to)]}).arrivals[0]!
        .rateVariance - input.arrivals[0]!.rateVariance;
    // All of the first source is of campaigns: a region brings money to the power of the elasticity, and errs by that times the logarithm.
    const error = (north: number, to: number) => {
      const [a, b] = [north ** elasticity, to ** elasticity];
      return (standardError * (a * Math.log(north) + b * Math.log(to))) / (a + b);
    };
    expect(added(1.5, 1.5)).toBeCloseTo(error(1.5, 1.5) ** 2, 12);
    expect(added(1.5, 0.5)).toBeCloseTo(error(1.5, 0.5) ** 2, 12);
    expect(added(1.5, 0.5)).toBeLessThan(added(1.5, 1.5) / 10);
  });

  test("levers on more parts than can be asked one by one still change nothing when they are neutral", () => {
    const many = Array.from(
      {length: 12},
      (_, i): LeverSetting => ({
        ...lever("amount", 1),
        where: {dimension: `slice ${i}`, value: "this"}
      })
    );
    const wide = {
      ...input,
      arrivals: input.arrivals.map((source) => ({
        ...source,
        shares: {
          ...source.shares,
          ...Object.fromEntries(many.map(({where}) => [where!.dimension, {this: 0.3, that: 0.7}]))
        }
      }))
    };
    const wins = (levers: LeverSetting[]) =>
      termsOf(wide, {...NOTHING, levers}).arrivals.map(({wins}) => wins);
    wins(many).forEach((each, i) => {
      expect(each).toBeCloseTo(wins([])[i]!, 9);
    });
  });
});
