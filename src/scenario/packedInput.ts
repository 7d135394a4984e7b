/**
 * A scenario's input as it travels: chances within 1, 2, ... weeks become whole steps of 1/100,000 from one week to the next,
 * which compress to little more than half. A large firm's deals lie in the order of their curves and amounts, so that both are told
 * as the step from the deal before. Unpacking gives the very numbers that were packed: chances are rounded to such steps, amounts are cents.
 */
import {type FactTable, mapColumns} from "../slices/facts.js";
import type {ApartIndex} from "./apart.js";
import type {OutcomeCurve, ScenarioInput} from "./input.js";

const STEPS = 1e5;

export type PackedInput = Omit<ScenarioInput, "curves"> & {
  packedCurves: OutcomeCurve[];
  /** Of a large firm: what lies beside it. */
  apart?: ApartIndex;
};

/**
 * @param apart of an input that was taken apart
 * @throws when a chance is no whole number of steps, so that it would come out as another one
 */
export function packInput({curves, ...input}: ScenarioInput, apart?: ApartIndex): PackedInput {
  const packedCurves = curves.map(({won, lost}) => ({won: packed(won), lost: packed(lost)}));
  return apart
    ? {...input, deals: withDeals(input.deals, steps), packedCurves, apart}
    : {...input, packedCurves};
}

export function unpackInput({packedCurves, apart, ...input}: PackedInput): ScenarioInput {
  const curves = packedCurves.map(({won, lost}) => ({won: unpacked(won), lost: unpacked(lost)}));
  return {...input, deals: apart ? withDeals(input.deals, sums) : input.deals, curves};
}

type Cells = readonly (number | null)[];

/** A table taken apart (amounts and curves alone), its cells told otherwise. */
function withDeals({n, columns}: FactTable, told: (values: Cells) => (number | null)[]): FactTable {
  return {n, columns: mapColumns(columns, (cells) => told(cells as Cells))};
}

/** Whole numbers as the step from the one before, a null left out. */
function steps(values: Cells): (number | null)[] {
  let before = 0;
  return values.map((value) => {
    if (value === null) return null;
    const step = value - before;
    before = value;
    return step;
  });
}

function sums(values: Cells): (number | null)[] {
  let sum = 0;
  return values.map((step) => {
    if (step !== null) sum += step;
    return step === null ? null : sum;
  });
}

function packed(chances: readonly number[]): number[] {
  let before = 0;
  return chances.map((chance) => {
    const steps = Math.round(chance * STEPS);
    if (steps / STEPS !== chance) throw new Error(`A chance of ${chance} has more than five decimals.`);
    const more = steps - before;
    before = steps;
    return more;
  });
}

function unpacked(steps: readonly number[]): number[] {
  let sum = 0;
  return steps.map((more) => {
    sum += more;
    return sum / STEPS;
  });
}
