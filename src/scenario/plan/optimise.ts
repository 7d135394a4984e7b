/** The best plan, how sure it is that it is better than today's, and what one more would be worth. */
import {type PlanProblem, type PlanSample, planValue, returnOf, type Solve, todaysPlan} from "./plan.js";
import {type Constraint, constraintsOf, programOf} from "./program.js";
import {planSamples} from "./samples.js";

export interface PlanFound {
  kind: "plan";
  amounts: number[];
  /** What each option's amount would bring in a year, base currency: means over fresh samples, which add up to the proposal's. */
  returns: number[];
  /** Value of today's plan and of the proposal over fresh samples, base currency. */
  today: PlanSummary;
  proposal: PlanSummary;
  /** Share of fresh samples in which the proposal is worth more than today's plan. */
  confidence: number;
  /** False: no better plan was found with confidence; keep today's. */
  isBetter: boolean;
  /** At today's plan, by option: what one step more there would bring in a year, and what one step less would cost. */
  margins: {more: number; less: number}[];
  /** What one step more of the resource, or one step of room at a limit, would bring in a year; those that would bring something. */
  prices: {row: string; words: string; value: number}[];
}

export interface PlanSummary {
  mean: number;
  p20: number;
  /** How much less than the best plan for each sample: on average, and in one case of ten more than. */
  regret: number;
  regret90: number;
}

export interface PlanInfeasible {
  kind: "infeasible";
  /** Constraints that cannot hold together; without any one of them the others can. */
  collide: string[];
}

export type PlanAnswer = PlanFound | PlanInfeasible;

/** A better plan has to be better in so many of the samples. */
export const CONFIDENCE = 0.9;
const FIT_SAMPLES = {expected: 200, p20: 25};
const FRESH_SAMPLES = 400;
const REGRET_SAMPLES = 40;

/** @param seed of the samples the plan is made on; it is judged on fresh ones */
export function optimise(asked: PlanProblem, solve: Solve, seed = 1): PlanAnswer {
  const problem = inWholeUnits(asked);
  const samples = planSamples(problem, FIT_SAMPLES[problem.goal], seed);
  const solved = solve(programOf(problem, samples));
  if (solved.status === "infeasible") return {kind: "infeasible", collide: colliding(problem, solve)};
  if (solved.status !== "optimal") throw new Error("the optimiser found no answer in its time");
  const amounts = problem.options.map((_, o) => roundTo(solved.columns[`x${o}`] ?? 0, problem.unit));
  const fresh = planSamples(problem, FRESH_SAMPLES, seed + 1);
  const best = fresh.slice(0, REGRET_SAMPLES).map((sample) => {
    const own = solve(programOf({...problem, goal: "expected"}, [sample]));
    return problem.options.map((_, o) => roundTo(own.columns[`x${o}`] ?? 0, problem.unit));
  });
  const today = todaysPlan(problem);
  const gains = fresh.map(
    (sample) => planValue(problem, amounts, sample) - planValue(problem, today, sample)
  );
  const confidence = gains.filter((gain) => gain > 1e-9).length / gains.length;
  return {
    kind: "plan",
    amounts,
    returns: problem.options.map((option, o) => meanReturn(option, o, amounts[o]!, fresh)),
    today: summary(problem, today, fresh, best),
    proposal: summary(problem, amounts, fresh, best),
    confidence,
    isBetter: confidence >= CONFIDENCE,
    margins: marginsOf(problem, today, fresh),
    prices: pricesOf(problem, samples, solve)
  };
}

/** What a link asks for beside whole units can be given to nobody: half a step is no step. */
function inWholeUnits({total, mostMoved, options, unit, ...rest}: PlanProblem): PlanProblem {
  // A product like 3 x 0.1 is a hair above what was meant.
  const down = (value: number) => (Number.isFinite(value) ? Math.floor(value / unit + 1e-9) * unit : value);
  const up = (value: number) => Math.ceil(value / unit - 1e-9) * unit;
  return {
    ...rest,
    unit,
    total: down(total),
    mostMoved: mostMoved === null ? null : down(mostMoved),
    options: options.map((option) => ({...option, min: up(option.min), max: down(option.max)}))
  };
}

/** What an amount at the o-th option brings in a year, on average over samples. */
function meanReturn(
  {today}: Pick<PlanProblem["options"][number], "today">,
  o: number,
  amount: number,
  samples: readonly PlanSample[]
): number {
  const sum = samples.reduce(
    (all, {value, elasticity}) => all + returnOf({value: value[o]!, today}, amount, elasticity),
    0
  );
  return sum / samples.length;
}

/** Means over samples, base currency. */
function marginsOf(
  {options, unit}: PlanProblem,
  today: readonly number[],
  samples: readonly PlanSample[]
): {more: number; less: number}[] {
  return options.map((option, o) => {
    const mean = (amount: number) => meanReturn(option, o, amount, samples);
    const now = mean(today[o]!);
    return {more: mean(today[o]! + unit) - now, less: now - mean(Math.max(0, today[o]! - unit))};
  });
}

/**
 * Each constraint one step looser, solved again. The program's dual values would not do: at whole units the optimum lies in a
 * corner of the value function, where a dual is any number between what the last step brought and the next one brings.
 */
function pricesOf(problem: PlanProblem, samples: readonly PlanSample[], solve: Solve): PlanFound["prices"] {
  const best = (asked: PlanProblem) => solve(programOf({...asked, goal: "expected"}, samples)).value;
  const now = best(problem);
  return constraintsOf(problem)
    .map(({row, words}) => ({row, words, value: best(looser(problem, row)) - now}))
    .filter(({value}) => value >= 0.5);
}

/** The problem with one more step of room at a constraint. */
function looser(problem: PlanProblem, row: string): PlanProblem {
  const {unit, total, mostMoved, options} = problem;
  if (row === "total") return {...problem, total: total + unit};
  if (row === "moved") return {...problem, mostMoved: mostMoved! + unit};
  const at = Number(row.slice(3));
  const moved = (option: PlanProblem["options"][number]) =>
    row.startsWith("min")
      ? {...option, min: Math.max(0, option.min - unit)}
      : {...option, max: option.max + unit};
  return {...problem, options: options.map((option, o) => (o === at ? moved(option) : option))};
}

/** A smallest set of constraints that cannot hold together, by leaving out one after the other. */
function colliding(problem: PlanProblem, solve: Solve): string[] {
  const samples = planSamples(problem, 1, 1);
  const plain = {...problem, goal: "expected" as const};
  const left = new Set<string>();
  const needed: Constraint[] = [];
  for (const constraint of constraintsOf(problem)) {
    left.add(constraint.row);
    if (solve(programOf(plain, samples, left)).status === "infeasible") continue;
    left.delete(constraint.row);
    needed.push(constraint);
  }
  return needed.map(({words}) => words);
}

function summary(
  problem: PlanProblem,
  amounts: readonly number[],
  fresh: readonly PlanSample[],
  best: readonly (readonly number[])[]
): PlanSummary {
  const values = fresh.map((sample) => planValue(problem, amounts, sample));
  const sorted = [...values].sort((a, b) => a - b);
  const regrets = best
    .map((plan, s) => Math.max(0, planValue(problem, plan, fresh[s]!) - values[s]!))
    .sort((a, b) => a - b);
  const mean = (list: readonly number[]) => list.reduce((all, each) => all + each, 0) / list.length;
  return {
    mean: mean(values),
    p20: sorted[Math.floor(0.2 * sorted.length)]!,
    regret: mean(regrets),
    regret90: regrets[Math.floor(0.9 * regrets.length)]!
  };
}

function roundTo(value: number, unit: number): number {
  return Math.round(value / unit) * unit;
}
