import {expect, test} from "vitest";
import {periodFields} from "../../../src/slices/explore/periodFields.ts";
import {dayNumber} from "../../../src/slices/facts.ts";

const PERIODS = {
  // A fiscal year that begins in February.
  quarters: [
    {label: "FY25 Q1", from: "2024-02-01", to: "2024-04-30"},
    {label: "FY25 Q2", from: "2024-05-01", to: "2024-07-31"}
  ],
  months: [{label: "Apr 2024", from: "2024-04-01", to: "2024-04-30"}]
};

test("days become fiscal periods in the order of time, and those outside are said to be", () => {
  const days = ["2024-07-31", "2023-12-24", null, "2024-04-30", "2024-05-01", "2025-01-01"];
  const [quarter, month] = periodFields(
    "closed_on",
    "closed",
    {kind: "day", values: days.map((day) => (day === null ? null : dayNumber(day)))},
    PERIODS
  );
  expect(quarter!.label).toBe("Quarter closed");
  expect(quarter!.words).toEqual(["earlier", "FY25 Q1", "FY25 Q2", "later"]);
  expect([...quarter!.codes]).toEqual([2, 0, -1, 1, 2, 3]);
  expect(quarter!.starts).toEqual([null, dayNumber("2024-02-01"), dayNumber("2024-05-01"), null]);
  expect(month!.words).toEqual(["Dec 2023", "Apr 2024", "May 2024", "Jul 2024", "Jan 2025"]);
});

test("a column without a day is no field", () => {
  expect(periodFields("closed_on", "closed", {kind: "day", values: [null]}, PERIODS)).toEqual([]);
  expect(periodFields("closed_on", "closed", undefined, PERIODS)).toEqual([]);
});
