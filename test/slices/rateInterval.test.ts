import {expect, test} from "vitest";
import {rateInterval} from "../../src/slices/rateInterval.ts";

// R: prop.test(8, 10, correct = FALSE)$conf.int
test("agrees with R's prop.test without correction", () => {
  const interval = rateInterval(8, 10)!;
  expect(interval.lo).toBeCloseTo(0.4901625, 6);
  expect(interval.hi).toBeCloseTo(0.9433178, 6);
});

test("stays inside 0 and 1 at the ends, and is null without trials", () => {
  expect(rateInterval(0, 3)!.lo).toBeCloseTo(0, 12);
  expect(rateInterval(3, 3)!.hi).toBeCloseTo(1, 12);
  expect(rateInterval(0, 0)).toBeNull();
});
