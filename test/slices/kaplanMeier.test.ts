import {expect, test} from "vitest";
import {daysUntilLeft, kaplanMeier, leftBy} from "../../src/slices/kaplanMeier.ts";

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

// R 4.2.2, survival 3.5.3: summary(survfit(Surv(time, status) ~ x, aml, conf.type = "log-log"))
test("agrees with R's survfit in shares and bounds on both arms of aml", () => {
  const nonmaintained = stays("5 5 8 8 12 16+ 23 27 30 33 43 45");
  const arms = [
    {
      curve: kaplanMeier(maintained),
      s: [0.9090909, 0.8181818, 0.7159091, 0.6136364, 0.4909091, 0.3681818, 0.1840909],
      lo: [0.50808021, 0.44742861, 0.35019039, 0.26575204, 0.16733091, 0.09282957, 0.01173848],
      hi: [0.9866738, 0.9511622, 0.899024, 0.8352992, 0.7533998, 0.6570408, 0.5250148]
    },
    {
      curve: kaplanMeier(nonmaintained),
      s: [0.83333333, 0.66666667, 0.58333333, 0.48611111, 0.38888889, 0.29166667, 0.19444444, 0.09722222, 0],
      lo: [
        0.481714942,
        0.337018933,
        0.270138924,
        0.19187662,
        0.126272012,
        0.072401609,
        0.031198643,
        0.005746306,
        null
      ],
      hi: [0.9555094, 0.8597118, 0.8009402, 0.7296716, 0.6498174, 0.5608861, 0.4614295, 0.3489039, null]
    }
  ];
  for (const {curve, s, lo, hi} of arms) {
    expect(curve).toHaveLength(s.length + 1);
    for (const [i, point] of curve.slice(1).entries()) {
      expect(point.s).toBeCloseTo(s[i]!, 6);
      if (lo[i] === null) expect([point.lo, point.hi]).toEqual([null, null]);
      else {
        expect(point.lo!).toBeCloseTo(lo[i]!, 6);
        expect(point.hi!).toBeCloseTo(hi[i]!, 6);
      }
    }
  }
});

test("the median is the first day by which half have left", () => {
  expect(daysUntilLeft(kaplanMeier(maintained))).toBe(31);
});

// R 4.2.2, survival 3.5.3: quantile(survfit(Surv(time, status) ~ x, aml, conf.type = "log-log"), c(.25, .5, .75))
test("agrees with R's quantiles of survfit and their intervals", () => {
  const arms = [
    {
      curve: kaplanMeier(maintained),
      quantiles: [
        {days: 18, lo: 9, hi: 34},
        {days: 31, lo: 13, hi: null},
        {days: 48, lo: 31, hi: null}
      ]
    },
    {
      curve: kaplanMeier(stays("5 5 8 8 12 16+ 23 27 30 33 43 45")),
      quantiles: [
        {days: 8, lo: 5, hi: 23},
        {days: 23, lo: 5, hi: 33},
        {days: 33, lo: 23, hi: null}
      ]
    }
  ];
  for (const {curve, quantiles} of arms)
    expect([0.25, 0.5, 0.75].map((share) => leftBy(curve, share))).toEqual(quantiles);
});

test("open stays are not taken for ended ones: leaving them out would shorten the median", () => {
  const ended = maintained.filter(({hasEnded}) => hasEnded);
  expect(daysUntilLeft(kaplanMeier(ended))).toBe(23);
});

test("without a single end there is no median, and no stays make no curve", () => {
  expect(daysUntilLeft(kaplanMeier(stays("5+ 9+")))).toBeNull();
  expect(leftBy(kaplanMeier(stays("5+ 9+")), 0.5)).toEqual({days: null, lo: null, hi: null});
  expect(kaplanMeier([])).toEqual([]);
});
