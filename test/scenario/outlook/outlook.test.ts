import {describe, expect, test} from "vitest";
import {anchored, scenarioWindows} from "../../../loaders/scenario/anchor.ts";
import {moments} from "../../../src/scenario/bookings/moments.ts";
import type {ScenarioInput} from "../../../src/scenario/input.ts";
import {termsOf} from "../../../src/scenario/levers/termsOf.ts";
import {answer, deeper} from "../../../src/scenario/outlook/answer.ts";
import {chanceOf, outlook} from "../../../src/scenario/outlook/outlook.ts";
import {rememberingAnswers} from "../../../src/scenario/outlook/remember.ts";
import {targetOf} from "../../../src/scenario/outlook/target.ts";
import {dayNumber} from "../../../src/slices/facts.ts";
import type {QuarterForecast} from "../../../src/slices/forecast.ts";
import {chanceAbove, LEVELS} from "../../../src/slices/quantileLevels.ts";
import {makeInput, NOTHING} from "../makeInput.ts";
import {simulate} from "../support.ts";

/** A published quarter: any mean and any rising quantiles. */
function published(label: string, from: string, to: string, mean: number): QuarterForecast {
  const quantiles = LEVELS.map((level) => Math.round(100 * mean * (0.5 + 0.9 * level ** 1.3)) / 100);
  return {label, from, to, mean, quantiles} as QuarterForecast;
}

const Q2 = published("2026 Q2", "2026-04-01", "2026-06-30", 612_345.67);
const Q3 = published("2026 Q3", "2026-07-01", "2026-09-30", 498_765.43);
const input: ScenarioInput = anchored(makeInput(), [Q2, Q3]);
const inWindow = (window: string) => ({...NOTHING, window});

describe("the base", () => {
  test("is the published forecast to the cent: its mean, each quantile, its chances", () => {
    for (const quarter of [Q2, Q3]) {
      const base = outlook(input, inWindow(quarter.label));
      expect([base.mean, base.quantiles]).toEqual([quarter.mean, quarter.quantiles]);
      const window = input.windows.find(({label}) => label === quarter.label)!;
      expect(Math.round(100 * moments(termsOf(input, NOTHING, window)).mean)).toBe(
        Math.round(100 * quarter.mean)
      );
      const target = 550_000;
      const left = quarter.quantiles.map((each) => each - base.sure);
      expect(chanceOf(base, target)).toBeCloseTo(chanceAbove(left, target - base.sure), 12);
    }
  });

  test("a lever that changes nothing gives the same figures by computing them", () => {
    for (const label of ["2026 Q2", "2026 Q3"]) {
      const base = outlook(input, inWindow(label));
      const same = outlook(input, {...inWindow(label), levers: [{kind: "win_rate", value: 1}]});
      expect(same.mean).toBeCloseTo(base.mean, 4);
      const off = same.quantiles.map((each, i) => Math.abs(each / base.quantiles[i]! - 1));
      expect(Math.max(...off)).toBeLessThan(1e-9);
    }
  });

  test("a year is the sum of its quarters and what was won before them", () => {
    const own = {...makeInput(), windows: scenarioWindows(20_588, 1, quarterName)};
    const found = anchored(own, [Q2, Q3]);
    const means = found.windows.map((window) => moments(termsOf(found, NOTHING, window)).mean);
    const before = termsOf(found, NOTHING, {from: "2026-01-01", to: "2026-03-31"}).sure;
    expect(before).toBe(10_000);
    expect(means.at(-1)).toBeCloseTo(before + means[0]! + means[1]! + means[2]!, 4);
  });
});

/** "2026 Q2" of a day number, in calendar years. */
function quarterName(day: number): string {
  const date = new Date(day * 86_400_000);
  return `${date.getUTCFullYear()} Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}

describe("the windows of a scenario", () => {
  test("run to the end of the fiscal year that the next quarter lies in", () => {
    // 15 May 2026.
    expect(scenarioWindows(20_588, 1, quarterName).map(({label, from, to}) => [label, from, to])).toEqual([
      ["2026 Q2", "2026-04-01", "2026-06-30"],
      ["2026 Q3", "2026-07-01", "2026-09-30"],
      ["2026 Q4", "2026-10-01", "2026-12-31"],
      ["2026 (year)", "2026-01-01", "2026-12-31"]
    ]);
  });

  test("in a last quarter the next year is the year meant", () => {
    // 15 November 2026.
    const found = scenarioWindows(20_772, 1, quarterName);
    expect(found.map(({label}) => label)).toEqual([
      "2026 Q4",
      "2027 Q1",
      "2027 Q2",
      "2027 Q3",
      "2027 Q4",
      "2027 (year)"
    ]);
  });
});

describe("a scenario", () => {
  const plain = makeInput();
  const moved = {
    ...inWindow("2026 Q3"),
    levers: [
      {kind: "win_rate" as const, value: 1.2},
      {kind: "cycle_time" as const, value: 0.9},
      {kind: "new_pipeline" as const, value: 1.3}
    ]
  };

  test("without a published forecast its quantiles are those of brute force", () => {
    const found = outlook(plain, moved);
    const draws = 60_000;
    const sorted = simulate(termsOf(plain, moved), draws);
    LEVELS.forEach((level, i) => {
      const noise = 3 * Math.sqrt((level * (1 - level)) / draws);
      const [low, high] = [level - noise, level + noise].map(
        (at) => sorted[Math.min(draws - 1, Math.max(0, Math.floor(at * draws)))]!
      ) as [number, number];
      // The engine states how far off it may be; both have to be within it and the noise of the draws.
      expect(found.quantiles[i]!).toBeGreaterThan(low * 0.995);
      expect(found.quantiles[i]!).toBeLessThan(high * 1.005);
    });
  });

  test("keeps the correction of the published quantiles, and never falls below what is certain", () => {
    const found = outlook(input, moved);
    expect([...found.quantiles].sort((a, b) => a - b)).toEqual(found.quantiles);
    const won = {...inWindow("2026 Q2"), deals: [{deal: "D1", action: "won" as const, amount: 900_000}]};
    const sure = outlook(input, won);
    expect(sure.sure).toBeCloseTo(outlook(input, inWindow("2026 Q2")).sure + 900_000, 6);
    expect(sure.quantiles[0]!).toBeGreaterThanOrEqual(sure.sure);
    expect(chanceOf(sure, sure.sure)).toBe(1);
  });

  test("everything shown of it fits together: bridge, headline, target", () => {
    const found = answer(input, moved);
    expect(found.bridge.fromCents / 100).toBeCloseTo(found.base.mean, 2);
    expect(Math.abs(found.bridge.toCents / 100 - found.scenario.mean)).toBeLessThan(0.011);
    expect(found.bridge.fromCents + found.bridge.steps.reduce((sum, {cents}) => sum + cents, 0)).toBe(
      found.bridge.toCents
    );
    expect(found.target).toBeNull();
    const aimed = {...moved, target: 700_000};
    const {breakEven} = deeper(input, aimed, 0.5);
    const rate = breakEven.find(({kind}) => kind === "win_rate")!.value!;
    const others = moved.levers.filter(({kind}) => kind !== "win_rate");
    const chanceAt = (value: number) => {
      const there = {...aimed, levers: [...others, {kind: "win_rate" as const, value}]};
      return answer(input, there).chance!;
    };
    expect(chanceAt(rate)).toBeGreaterThanOrEqual(0.5);
    expect(chanceAt(rate - 0.02)).toBeLessThan(0.5);
  });

  test("is remembered as it was answered", () => {
    const ask = rememberingAnswers(input);
    expect(ask(moved)).toBe(ask({...moved}));
    expect(ask(moved)).toEqual(answer(input, moved));
  });
});

describe("the target", () => {
  const quarter = {from: "2026-04-01", to: "2026-06-30"};
  test("is the quota of the selection, or what the scenario sets", () => {
    expect(targetOf(input, NOTHING, quarter)).toEqual({target: 500_000, from: "quota"});
    expect(targetOf(input, {...NOTHING, filters: {region: ["South"]}}, quarter).target).toBe(300_000);
    expect(targetOf(input, {...NOTHING, target: 5}, quarter)).toEqual({target: 5, from: "scenario"});
  });
  // A quarter with quotas for two of its months had two thirds of a target, and was "reached" by so much less.
  test("is none of a year or a quarter of which a month has none", () => {
    const upTo = (n: number): ScenarioInput => ({
      ...input,
      quotas: {
        n,
        columns: {
          month_on: {
            kind: "day",
            values: Array.from({length: n}, (_, m) => dayNumber(`2026-${String(m + 1).padStart(2, "0")}-01`))
          },
          quota_amount: {kind: "cents", values: new Array(n).fill(100)}
        }
      }
    });
    const year = {from: "2026-01-01", to: "2026-12-31"};
    expect(targetOf(upTo(12), NOTHING, year).target).toBe(12);
    expect(targetOf(upTo(11), NOTHING, year).target).toBeNull();
    expect(targetOf(upTo(9), NOTHING, {from: "2026-07-01", to: "2026-09-30"}).target).toBe(3);
    expect(targetOf(upTo(8), NOTHING, {from: "2026-07-01", to: "2026-09-30"}).target).toBeNull();
  });

  test("of somebody who joined in May is the quota of two months; a region that has no more has none", () => {
    const {quotas} = input;
    const region = {kind: "key" as const, words: ["North", "South"], codes: [0, 0, 0, 1, 0, 1]};
    const owner = {...region, words: ["Ada", "Joiner"]};
    const late = {...input, quotas: {...quotas, columns: {...quotas.columns, region, owner}}};
    expect(targetOf(late, {...NOTHING, filters: {owner: ["Joiner"]}}, quarter).target).toBe(200_000);
    expect(targetOf(late, {...NOTHING, filters: {region: ["South"]}}, quarter).target).toBeNull();
    expect(targetOf(late, {...NOTHING, filters: {region: ["North", "South"]}}, quarter).target).toBe(500_000);
    expect(targetOf(late, NOTHING, quarter).target).toBe(500_000);
  });

  test("is none where quotas do not know the cut, or none covers the window", () => {
    expect(targetOf(input, {...NOTHING, filters: {stage: ["Propose"]}}, quarter).target).toBeNull();
    expect(targetOf(input, NOTHING, {from: "2026-07-01", to: "2026-09-30"}).target).toBeNull();
  });
});
