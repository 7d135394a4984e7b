import {expect, test} from "vitest";
import {commonStretch} from "../../../loaders/forecast/deals/commonStretch.ts";
import {Rng} from "../../../loaders/twins/random/rng.ts";

test("all deals of a draw are stretched by a lognormal of mean 1, and by nothing without drift", () => {
  const rng = new Rng().seed(1, 2);
  const drawn = Array.from({length: 40_000}, () => commonStretch(0.3, rng));
  expect(drawn.reduce((sum, each) => sum + each, 0) / drawn.length).toBeCloseTo(1, 2);
  const logs = drawn.map(Math.log);
  const mean = logs.reduce((sum, each) => sum + each, 0) / logs.length;
  expect(mean).toBeCloseTo(-0.045, 2);
  expect(Math.sqrt(logs.reduce((sum, each) => sum + (each - mean) ** 2, 0) / logs.length)).toBeCloseTo(
    0.3,
    2
  );
  expect(commonStretch(0, rng)).toBe(1);
});
