/** What can be given out, as the build hands it to the page: options with what came of them, and how returns diminish. */
import type {PlanOption, PlanProblem} from "./plan.js";

export interface Resource {
  key: string;
  /** "Reps to regions". */
  label: string;
  /** What one of it is called, and many: "rep", "reps"; money is "of budget". */
  one: string;
  many: string;
  isMoney: boolean;
  /** Steps it is given out in. */
  unit: number;
  options: Omit<PlanOption, "min" | "max">[];
  elasticity: {
    mean: number;
    error: number;
    n: number;
    /** False when it is an assumption: nothing to measure it on, or the record does not tell. */
    isMeasured: boolean;
    /** What is assumed where the record says nothing; `mean` is drawn towards it where it says little. */
    prior: number;
    /** What the record alone says, 95%, and in how many of its groups the amount moved; null without one. */
    record: {low: number; high: number; nGroups: number; nMoved: number} | null;
  };
  /** What the value is, and what to beware of. */
  means: string;
  /** What the elasticity was measured on: "deals created against reps"; null where nothing can be. */
  measuredOn: string | null;
}

export interface ResourceData {
  currency: string;
  asOf: string;
  resources: Resource[];
}

/** From half of what is there today to half as much again, in whole steps, unless one says otherwise: no more has been seen. */
export function defaultLimits({unit}: Pick<Resource, "unit">, today: number): {min: number; max: number} {
  return {
    min: Math.max(Math.min(today, unit), Math.ceil(today / 2 / unit) * unit),
    max: Math.max(unit, Math.ceil((1.5 * today) / unit) * unit)
  };
}

/** The problem of a resource with limits as set. */
export function problemOf(
  {options, unit, elasticity}: Resource,
  {
    total,
    goal,
    mostMoved,
    limits
  }: Pick<PlanProblem, "total" | "goal" | "mostMoved"> & {
    limits: readonly {min: number; max: number}[];
  }
): PlanProblem {
  return {
    options: options.map((option, o) => ({...option, ...limits[o]!})),
    total,
    unit,
    mostMoved,
    elasticity: {mean: elasticity.mean, error: elasticity.error},
    goal
  };
}
