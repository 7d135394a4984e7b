import {describe, expect, it} from "vitest";
import type {QuarterForecast} from "../../src/slices/forecast.ts";
import {outlookFor, outlookOf} from "../../src/slices/outlook.ts";

const quarter = (label: string) =>
  ({
    label,
    mean: 10,
    low80: 8,
    high80: 13,
    target: 12,
    targetChance: 0.2,
    held: {n: 12, inside50: 6, inside80: 9, inside95: 11},
    quantiles: [1, 2, 3],
    past: []
  }) as unknown as QuarterForecast;

describe("the outlook of the Overview", () => {
  const outlook = outlookOf({quarters: [quarter("2026 Q2"), quarter("2026 Q3")]});

  it("carries a quarter's figures and how often its band held, and neither its past nor its quantiles", () => {
    expect(Object.keys(outlook[0]!)).toEqual([
      "label",
      "mean",
      "low80",
      "high80",
      "target",
      "targetChance",
      "held",
      "parts"
    ]);
  });

  it("is that of the quarter asked for", () => {
    expect(outlookFor(outlook, "2026 Q3", {})?.label).toBe("2026 Q3");
    expect(outlookFor(outlook, "2025 Q4", {})).toBeNull();
  });

  it("is not shown beside figures of a part of the deals, since the forecast is of all", () => {
    expect(outlookFor(outlook, "2026 Q2", {region: ["EMEA"]})).toBeNull();
    expect(outlookFor(outlook, "2026 Q2", {region: []})).not.toBeNull();
  });
});
