import {expect, test, vi} from "vitest";
import {PageAnswer} from "../../src/components/answer.js";
import {Kpi, kpiRow} from "../../src/components/kpi.js";

const text = (node: Element | null) =>
  node?.textContent?.replaceAll("\u202f", " ").replaceAll("\u2212", "-").replace(/\s+/g, " ").trim();

test("a figure has its unit, its comparison in words, and whether that is good", () => {
  const kpi = Kpi({
    label: "Won",
    value: 3_120_000,
    unit: "money",
    currency: "USD",
    comparison: {value: -0.12, unit: "ratio", label: "vs 2026 Q1", goodWhen: "up"}
  });
  expect(text(kpi.querySelector(".weir-kpi-value"))).toBe("$3.12 M");
  expect(text(kpi.querySelector(".weir-kpi-note"))).toBe("-12% (worse) vs 2026 Q1");
});

test("a ratio is compared in points", () => {
  const kpi = Kpi({
    label: "Win rate",
    value: 0.31,
    unit: "ratio",
    comparison: {value: 0.04, unit: "ratio", label: "vs Q1"}
  });
  expect(text(kpi.querySelector(".weir-kpi-note"))).toBe("+4 pts vs Q1");
});

test("null is not enough data with its reason, and no comparison", () => {
  const kpi = Kpi({
    label: "Cycle",
    value: null,
    unit: "days",
    reason: "Only 3 deals closed.",
    comparison: {value: 1, unit: "days", label: "vs Q1"}
  });
  expect(text(kpi)).toContain("Not enough data");
  expect(text(kpi)).toContain("Only 3 deals closed.");
  expect(text(kpi)).not.toContain("vs Q1");
  expect(text(kpi)).not.toMatch(/\b0\b/);
});

test("the number of deals is a button that lists them", () => {
  const onOpen = vi.fn();
  const kpi = Kpi({label: "Won", value: 1, unit: "count", n: 41, onOpen});
  kpi.querySelector("button")!.click();
  expect(text(kpi.querySelector("button"))).toBe("41 deals behind Won");
  expect(onOpen).toHaveBeenCalledOnce();
});

test("a history needs two points, and a gap breaks its line", () => {
  const spark = [1, 2, null, 3, 4].map((value, i) => ({on: `2026-0${i + 1}-01`, value}));
  const kpi = Kpi({label: "Won", value: 4, unit: "count", spark});
  expect(kpi.querySelector(".weir-spark-line")!.getAttribute("d")!.match(/M/g)).toHaveLength(2);
  expect(
    Kpi({label: "Won", value: 4, unit: "count", spark: spark.slice(0, 1)}).querySelector("svg")
  ).toBeNull();
});

test("a row of five figures is refused", () => {
  const five = Array.from({length: 5}, () => Kpi({label: "Won", value: 1, unit: "count"}));
  expect(() => kpiRow(five)).toThrow("kpiRow takes at most 4 figures, got 5");
});

test("synthetic data says so above the question; real data does not", () => {
  const page = {question: "Will we make it?", answer: "Likely."};
  expect(text(PageAnswer({...page, synthetic: true, company: "Nordwerk"}))).toMatch(
    /^Synthetic data Nordwerk is not a real company/
  );
  expect(text(PageAnswer(page))).toBe("Will we make it? Likely.");
});
