/** A quick version of bench/forecastTruth.ts: open deals' chances of one firm told in memory, on two past days. */
import {expect, test} from "vitest";
import {
  calibrationError,
  errorByChance,
  logLoss,
  pastDays,
  sayOn
} from "../../../bench/forecastTruth/calibration.ts";
import {tellFirm} from "../../../bench/forecastTruth/toldHistory.ts";

const told = tellFirm("equipment", 6000, 5);

test("the deal model's chances come true on days it has not seen, and tell more than the rates do", () => {
  const said = sayOn(told, pastDays(told, 2));
  expect(said.length).toBeGreaterThan(1000);
  // What luck alone makes of chances that are right, and the 0.02 that is aimed at.
  expect(calibrationError(said)).toBeLessThan(errorByChance(said, 1).mean + 0.02);
  const loss = logLoss(said, ({chance}) => chance);
  expect(loss).toBeLessThan(0.95 * logLoss(said, ({stageRate}) => stageRate));
  expect(loss).toBeGreaterThan(logLoss(said, ({exact}) => exact));
  // The measure tells chances that are only a little too high: 0.5 said as 0.57.
  const tooHigh = said.map((each) => ({...each, chance: each.chance ** 0.8}));
  expect(calibrationError(tooHigh)).toBeGreaterThan(errorByChance(said, 1).mean + 0.02);
});
