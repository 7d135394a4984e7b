import {expect, test} from "vitest";
import {daysUntilLeft, kaplanMeier} from "../../src/slices/kaplanMeier.ts";

const stays = (text: string) =>
  text.split(" ").map((each) => ({days: Number.parseInt(each, 10), hasEnded: !each.endsWith("+")}));

// R: summary(survfit(Surv(time, status) ~ 1, aml[aml$x == "Maintained", ], conf.type = "log-log"))
const maintained = stays("9 13 13+ 18 23 28+ 31 34 45+ 48 161+");

test("agrees with R's survfit on the maintained arm of aml", () => {
  const curve = kaplanMeier(maintained);
  expect(curve.map(({t, nAtRisk}) => [t, nAtRisk])).toEqual([
    [0, 11],
    [9, 11],
    [13, 10],
    [18, 8],
    [23, 7],
    [31, 5],
    [34, 4],
    [48, 2]
  ]);
  const shares = [1, 0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184];
  for (const [i, {s}] of curve.entries()) expect(s).toBeCloseTo(shares[i]!, 3);
  expect(curve[1]!.lo).toBeCloseTo(0.5081, 3);
  expect(curve[1]!.hi).toBeCloseTo(0.9867, 3);
});

test("the median is the first day by which half have left", () => {
  expect(daysUntilLeft(kaplanMeier(maintained))).toBe(31);
});

test("open stays are not taken for ended ones: leaving them out would shorten the median", () => {
  const ended = maintained.filter(({hasEnded}) => hasEnded);
  expect(daysUntilLeft(kaplanMeier(ended))).toBe(23);
});

test("without a single end there is no median, and no stays make no curve", () => {
  expect(daysUntilLeft(kaplanMeier(stays("5+ 9+")))).toBeNull();
  expect(kaplanMeier([])).toEqual([]);
});
