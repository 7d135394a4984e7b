import {expect, test} from "vitest";
import {earlierDay} from "../../src/figures/earlier.ts";

const site = {
  quarters: [
    {label: "Q1", from: "2025-11-01", to: "2026-01-31"},
    {label: "Q2", from: "2026-02-01", to: "2026-04-30"},
    {label: "Q3", from: "2026-05-01", to: "2026-07-31"}
  ]
};

test("a month, a quarter or a year before a month's last day is the last day that there was", () => {
  expect(earlierDay("2026-05-31", "month", site)).toBe("2026-04-30");
  expect(earlierDay("2026-05-31", "quarter", site)).toBe("2026-02-28");
  expect(earlierDay("2024-02-29", "year", site)).toBe("2023-02-28");
  expect(earlierDay("2026-01-15", "month", site)).toBe("2025-12-15");
  expect(earlierDay("2026-03-03", "week", site)).toBe("2026-02-24");
});

test("the end of the last quarter is the firm's, before the day asked, and nothing where there is none", () => {
  expect(earlierDay("2026-05-22", "quarter_end", site)).toBe("2026-04-30");
  expect(earlierDay("2026-04-30", "quarter_end", site)).toBe("2026-01-31");
  expect(earlierDay("2026-01-31", "quarter_end", site)).toBeNull();
  expect(earlierDay("2026-05-22", "none", site)).toBeNull();
});
