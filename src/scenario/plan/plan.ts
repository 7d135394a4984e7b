/**
 * Where people or money should go: options with diminishing returns, one amount of a resource to spread over them.
 * A return is value x (x / today)^elasticity; both are uncertain, so plans are judged over samples of them.
 */
export interface PlanOption {
  name: string;
  /** Of the resource today, > 0. */
  today: number;
  /** What comes of today's amount in a year, base currency. */
  value: number;
  /** Standard error of the value over the value. */
  valueError: number;
  min: number;
  max: number;
}

export interface PlanProblem {
  options: PlanOption[];
  /** How much there is. */
  total: number;
  /** Steps in which it is given out: 1 for people, an amount for money. */
  unit: number;
  /** At most so much may be taken from where it is today; null for any. */
  mostMoved: number | null;
  elasticity: {mean: number; error: number};
  goal: "expected" | "p20";
}

/** What a solver says of a linear program in CPLEX LP format. */
export interface Solved {
  status: "optimal" | "infeasible" | "other";
  value: number;
  columns: Record<string, number>;
}
export type Solve = (lp: string) => Solved;

/** One draw of what is not known. */
export interface PlanSample {
  /** By option. */
  value: number[];
  elasticity: number;
}

/** Expected return of an amount at an option. @returns base currency; 0 for nothing */
export function returnOf(
  {value, today}: Pick<PlanOption, "value" | "today">,
  x: number,
  elasticity: number
): number {
  return x <= 0 ? 0 : value * (x / today) ** elasticity;
}

/** The return of a whole allocation under a sample. */
export function planValue({options}: PlanProblem, amounts: readonly number[], sample: PlanSample): number {
  return options.reduce(
    (sum, option, o) =>
      sum + returnOf({value: sample.value[o]!, today: option.today}, amounts[o]!, sample.elasticity),
    0
  );
}

/** Today's allocation, as it stands. */
export function todaysPlan({options}: Pick<PlanProblem, "options">): number[] {
  return options.map(({today}) => today);
}
