import {expect, test} from "vitest";
import {chooseAsOf} from "../../src/figures/chosen.ts";
import type {SiteData} from "../../src/slices/site.ts";

const site = {
  asOf: "2026-02-10",
  quarters: [{label: "2026 Q1", from: "2026-01-01", to: "2026-03-31"}],
  dimensions: []
} as unknown as SiteData;

test("a day before a young firm's first quarter is asked of that quarter, of which nothing has passed by then", () => {
  const {period, before, asOf} = chooseAsOf({site}, {period: null, filters: {}, dates: {on: "2025-12-30"}});
  expect(asOf).toBe("2025-12-30");
  expect(period).toEqual({label: "2026 Q1", from: "2026-01-01", to: "2025-12-30"});
  expect(before).toBeUndefined();
});
