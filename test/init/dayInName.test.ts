import {expect, test} from "vitest";
import {dayInName} from "../../loaders/init/dayInName.ts";

test("the day in a file's name, however it is written", () => {
  expect(dayInName("hubspot-deals-2026-11-28.csv")).toBe("2026-11-28");
  expect(dayInName("export_20261128_0930.csv")).toBe("2026-11-28");
  expect(dayInName("Deals 28.11.2026.csv")).toBe("2026-11-28");
  expect(dayInName("deals 11-28-2026.csv")).toBe("2026-11-28");
  expect(dayInName("deals-30112233445.csv")).toBeUndefined();
  expect(dayInName("deals 2026.csv")).toBeUndefined();
  expect(dayInName("deals 2026-02-31.csv")).toBeUndefined();
});

test("a day that can be read day first and month first is none, and so are two different days", () => {
  expect(dayInName("deals 11-05-2026.csv")).toBeUndefined();
  expect(dayInName("deals 12.04.2026.csv")).toBeUndefined();
  expect(dayInName("deals 05-05-2026.csv")).toBe("2026-05-05");
  expect(dayInName("deals 2025-01-01_2026-11-28.csv")).toBeUndefined();
});
