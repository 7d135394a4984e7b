import {describe, expect, test} from "vitest";
import type {DealFeatures, DealState, FeatureGroup} from "../../../loaders/forecast/deals/dealFeatures.ts";
import {choosePairs, withPairs} from "../../../loaders/forecast/deals/pairedFeatures.ts";
import {Rng} from "../../../loaders/twins/random/rng.ts";

const group = (name: string, n: number, offset: number): FeatureGroup => {
  const levels = Array.from({length: n}, (_, level) => `${name} ${level}`);
  return {
    name,
    levels,
    offset,
    ridge: 1,
    smooth: 0,
    coarse: {name, levels, of: Int32Array.from(levels, (_, i) => i)}
  };
};
const groups = [group("Type", 2, 1), group("Place", 3, 3), group("Kind", 2, 6)];
/** A deal's levels are read from its stage, owner and category. */
const write: DealFeatures["write"] = (out, at, {stage, owner, category}) =>
  out.set([0, 1 + stage, 3 + owner, 6 + category], at);
const features: DealFeatures = {
  groups,
  pairs: [],
  size: 8,
  width: 4,
  write,
  writeWeek: write,
  writeMoved: write
};

function drawn(isTogether: boolean) {
  const rng = new Rng().seed(3, 1);
  const n = 6_000;
  const rows = {n, width: 4, features: new Int32Array(4 * n), weight: new Float64Array(n).fill(1)};
  const y = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const state = {stage: rng.int(2), owner: rng.int(3), category: rng.int(2)} as DealState;
    features.write(rows.features, 4 * i, state, 1);
    // Neither type nor kind tells anything alone.
    y[i] = rng.chance(isTogether ? (state.stage === state.category ? 0.35 : 0.15) : 0.25) ? 1 : 0;
  }
  const rate = y.reduce((sum, value) => sum + value, 0) / n;
  const coefficients = new Float64Array(8);
  coefficients[0] = Math.log(rate / (1 - rate));
  return choosePairs(features, rows, [{y, coefficients}]);
}

describe("pairs of features", () => {
  test("the pair that was planted is chosen, and no other", () => {
    expect(drawn(true)).toEqual([[0, 2]]);
  });

  test("where only parts or nothing tell, there is none", () => {
    expect(drawn(false)).toEqual([]);
    expect(withPairs(features, [])).toBe(features);
  });

  test("a pair is one level more a deal, named for both", () => {
    const paired = withPairs(features, [[0, 1]]);
    const out = new Int32Array(paired.width);
    paired.write(out, 0, {stage: 1, owner: 2, category: 0} as DealState, 1);
    const {name, levels, offset} = paired.groups[3]!;
    expect([name, levels[out[4]! - offset]]).toEqual(["Type and place", "Type 1, Place 2"]);
    expect(paired.size).toBe(features.size + 6);
  });
});
