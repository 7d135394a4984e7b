import {expect, test} from "vitest";
import {namedSpans} from "../../src/slices/spans.ts";

/** A firm whose months are of four and five weeks; 18 November 2026 is a Wednesday. */
const firm = {
  asOf: "2026-11-18",
  weekStartsOn: "monday",
  months: [
    {label: "P9", from: "2026-09-28", to: "2026-10-25"},
    {label: "P10", from: "2026-10-26", to: "2026-11-29"}
  ],
  quarters: [
    {label: "Q3", from: "2026-06-29", to: "2026-09-27"},
    {label: "Q4", from: "2026-09-28", to: "2026-12-27"}
  ]
} as const;
const spans = (of: object = {}) =>
  Object.fromEntries(namedSpans({...firm, ...of} as never).map(({key, from, to}) => [key, `${from} ${to}`]));

test("spans begin at the end of the day before, in the firm's own months and quarters, and end by the as-of day", () => {
  expect(spans()).toEqual({
    seven_days: "2026-11-11 2026-11-18",
    week: "2026-11-15 2026-11-18",
    last_week: "2026-11-08 2026-11-15",
    four_weeks: "2026-10-18 2026-11-15",
    month: "2026-10-25 2026-11-18",
    last_month: "2026-09-27 2026-10-25",
    quarter: "2026-09-27 2026-11-18",
    last_quarter: "2026-06-28 2026-09-27"
  });
});

test("weeks begin when the firm's begin, and a firm of one month has no last one", () => {
  expect(spans({weekStartsOn: "sunday"})["week"]).toBe("2026-11-14 2026-11-18");
  expect(spans({weekStartsOn: "saturday"})["last_week"]).toBe("2026-11-06 2026-11-13");
  expect(spans({asOf: "2026-11-16"})["week"]).toBe("2026-11-15 2026-11-16");
  expect(Object.keys(spans({months: firm.months.slice(1)}))).not.toContain("last_month");
});
