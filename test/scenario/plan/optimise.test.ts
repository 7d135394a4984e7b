/** The optimiser against every allocation there is, on problems small enough to try them all. */
import fc from "fast-check";
import {beforeAll, describe, expect, test} from "vitest";
import {highsSolver} from "../../../src/scenario/plan/highsSolver.ts";
import {optimise, type PlanFound} from "../../../src/scenario/plan/optimise.ts";
import {type PlanProblem, planValue, type Solve, todaysPlan} from "../../../src/scenario/plan/plan.ts";
import {programOf} from "../../../src/scenario/plan/program.ts";
import {planSamples} from "../../../src/scenario/plan/samples.ts";

let solve: Solve;
beforeAll(async () => {
  solve = await highsSolver();
});

const option = (
  name: string,
  today: number,
  value: number,
  more: Partial<PlanProblem["options"][number]> = {}
) => ({
  name,
  today,
  value,
  valueError: 0.1,
  min: 0,
  max: 20,
  ...more
});

const problem = (options: PlanProblem["options"], more: Partial<PlanProblem> = {}): PlanProblem => ({
  options,
  total: options.reduce((sum, {today}) => sum + today, 0),
  unit: 1,
  mostMoved: null,
  elasticity: {mean: 0.5, error: 0.1},
  goal: "expected",
  ...more
});

/** Every way to spread whole units that keeps the constraints. */
function allPlans({options, total, mostMoved}: PlanProblem): number[][] {
  const plans: number[][] = [];
  const go = (at: number, left: number, amounts: number[]) => {
    if (at === options.length) {
      const moved = options.reduce((sum, {today}, o) => sum + Math.max(0, today - amounts[o]!), 0);
      if (mostMoved === null || moved <= mostMoved) plans.push(amounts);
      return;
    }
    const {min, max} = options[at]!;
    for (let x = min; x <= Math.min(max, left); x++) go(at + 1, left - x, [...amounts, x]);
  };
  go(0, total, []);
  return plans;
}

describe("the plan HiGHS finds", () => {
  test("is the best of all plans for the expected value, whatever the problem", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            today: fc.integer({min: 1, max: 4}),
            value: fc.integer({min: 100, max: 10_000}),
            min: fc.integer({min: 0, max: 1}),
            max: fc.integer({min: 3, max: 8})
          }),
          {minLength: 2, maxLength: 3}
        ),
        fc.option(fc.integer({min: 0, max: 3}), {nil: null}),
        (given, mostMoved) => {
          const options = given.map((each, i) => option(`O${i}`, each.today, each.value, each));
          const asked = problem(options, {mostMoved});
          const samples = planSamples(asked, 20, 5);
          const mean = (plan: readonly number[]) =>
            samples.reduce((sum, sample) => sum + planValue(asked, plan, sample), 0) / samples.length;
          const plans = allPlans(asked);
          const found = solve(programOf(asked, samples));
          expect(found.status === "infeasible").toBe(plans.length === 0);
          if (plans.length === 0) return;
          const best = Math.max(...plans.map(mean));
          expect(Math.abs(found.value / best - 1)).toBeLessThan(1e-4);
        }
      ),
      {numRuns: 40}
    );
  });

  test("raises the 20% quantile as far as any plan does", () => {
    const asked = problem(
      [
        option("Safe", 3, 900, {valueError: 0.05}),
        option("Risky", 3, 1300, {valueError: 1.2}),
        option("Third", 2, 500)
      ],
      {goal: "p20"}
    );
    const samples = planSamples(asked, 25, 3);
    const p20 = (plan: readonly number[]) =>
      samples.map((sample) => planValue(asked, plan, sample)).sort((a, b) => a - b)[5]!;
    const best = Math.max(...allPlans(asked).map(p20));
    const found = solve(programOf(asked, samples));
    const plan = asked.options.map((_, o) => Math.round(found.columns[`x${o}`]!));
    expect(found.value).toBeGreaterThanOrEqual(best * (1 - 1e-4));
    expect(p20(plan)).toBeGreaterThan(best * 0.98);
  });

  test("moves people to where they bring more, and says what one more is worth", () => {
    const asked = problem([option("North", 6, 600), option("South", 2, 1400)]);
    const found = optimise(asked, solve) as PlanFound;
    expect(found.amounts[1]).toBeGreaterThan(3);
    expect(found.amounts[0]! + found.amounts[1]!).toBe(8);
    expect(found.isBetter).toBe(true);
    expect(found.proposal.mean).toBeGreaterThan(found.today.mean);
    expect(found.proposal.regret).toBeLessThan(found.today.regret);
    const price = found.prices.find(({words}) => words === "one more")!.value;
    const more = optimise({...asked, total: 9}, solve) as PlanFound;
    // The dual lies between what the last unit brought and what the next one brings.
    expect(price).toBeGreaterThanOrEqual((more.proposal.mean - found.proposal.mean) * 0.9);
  });

  test("says so when no plan is better with confidence", () => {
    const asked = problem([option("A", 4, 1000, {valueError: 0.5}), option("B", 4, 1080, {valueError: 0.5})]);
    const found = optimise(asked, solve) as PlanFound;
    expect(found.isBetter).toBe(false);
    expect(found.confidence).toBeLessThan(0.9);
  });

  test("names the constraints that collide, none that does not matter", () => {
    const asked = problem(
      [option("A", 3, 500, {min: 5}), option("B", 3, 500, {min: 4}), option("C", 3, 500)],
      {total: 8}
    );
    expect(optimise(asked, solve)).toEqual({
      kind: "infeasible",
      collide: ["there are 8 in all", "A gets at least 5", "B gets at least 4"]
    });
  });

  test("what one more or less is worth at today's plan is what the returns say", () => {
    const options = [
      option("North", 6, 600, {valueError: 0.01}),
      option("South", 2, 1400, {valueError: 0.01})
    ];
    const asked = problem(options, {elasticity: {mean: 0.5, error: 0.001}});
    const {margins} = optimise(asked, solve) as PlanFound;
    options.forEach(({today, value}, o) => {
      const worth = (x: number) => value * (x / today) ** 0.5;
      expect(margins[o]!.more / (worth(today + 1) - value)).toBeCloseTo(1, 2);
      expect(margins[o]!.less / (value - worth(today - 1))).toBeCloseTo(1, 2);
    });
  });

  test("is the same for the same seed", () => {
    const asked = problem([option("A", 4, 1000), option("B", 2, 1080)]);
    expect(optimise(asked, solve, 7)).toEqual(optimise(asked, solve, 7));
    expect(todaysPlan(asked)).toEqual([4, 2]);
  });
});
