import {expect, test} from "vitest";
import {packInput, unpackInput} from "../../src/scenario/packedInput.ts";
import fc from "../support/fc.ts";
import {makeInput} from "./makeInput.ts";

/** Rising chances of five decimals, as the build writes them. */
const chances = fc
  .array(fc.integer({min: 0, max: 4000}), {maxLength: 25})
  .map((steps) => steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, step) => sum + step, 0) / 1e5));

test("what was packed comes out as it went in, to the last bit, the rest untouched", () => {
  fc.assert(
    fc.property(fc.array(fc.record({won: chances, lost: chances}), {maxLength: 4}), (curves) => {
      const input = {...makeInput(), curves};
      const travelled = JSON.parse(JSON.stringify(packInput(input)));
      expect(unpackInput(travelled)).toEqual(JSON.parse(JSON.stringify(input)));
    })
  );
});

test("steps are small whole numbers; a chance that would come out as another is refused", () => {
  const of = (won: number[]) => ({...makeInput(), curves: [{won, lost: []}]});
  expect(packInput(of([0.00486, 0.00897, 0.01825])).packedCurves[0]!.won).toEqual([486, 411, 928]);
  expect(() => packInput(of([0.123456]))).toThrow("A chance of 0.123456 has more than five decimals.");
});
