/**
 * A scenario's input as it travels: chances within 1, 2, ... weeks become whole steps of 1/100,000 from one week to the next,
 * which compress to little more than half. Unpacking gives the very numbers that were packed, for the build rounds them to such steps.
 */
import type {ApartIndex} from "./apart.js";
import type {OutcomeCurve, ScenarioInput} from "./input.js";

const STEPS = 1e5;

export type PackedInput = Omit<ScenarioInput, "curves"> & {
  packedCurves: OutcomeCurve[];
  /** Of a large firm: what lies beside it. */
  apart?: ApartIndex;
};

/** @throws when a chance is no whole number of steps, so that it would come out as another one */
export function packInput({curves, ...input}: ScenarioInput): PackedInput {
  return {...input, packedCurves: curves.map(({won, lost}) => ({won: packed(won), lost: packed(lost)}))};
}

export function unpackInput({packedCurves, apart: _, ...input}: PackedInput): ScenarioInput {
  return {...input, curves: packedCurves.map(({won, lost}) => ({won: unpacked(won), lost: unpacked(lost)}))};
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
