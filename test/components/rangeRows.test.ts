import {expect, test} from "vitest";
import {RangeRows} from "../../src/components/charts/rangeRows.ts";

const words = {value: "change", range: "95% interval"};

test("what lies beyond the limit is drawn at the edge, and its figure is said whole", () => {
  const rows = [
    {label: "Steep", value: 18, lo: 2, hi: 90},
    {label: "Flat", value: 0.1, lo: -0.2, hi: 0.4}
  ];
  const xOf = (upTo?: number) => {
    const made = RangeRows({rows, width: 800, unit: "ratio", words, ...(upTo ? {upTo} : {})});
    const dots = [...made.querySelectorAll("circle")].map((dot) => Number(dot.getAttribute("cx")));
    return {dots, text: made.textContent};
  };
  const cut = xOf(4);
  expect(cut.text).toMatch(/1.?800%/);
  expect(cut.dots.length).toBeGreaterThan(1);
  expect(Math.max(...cut.dots)).toBeLessThanOrEqual(800);
  // The flat one is no longer pressed against zero.
  const spread = ({dots}: {dots: number[]}) => Math.max(...dots) - Math.min(...dots);
  expect(spread(cut)).toBeGreaterThan(2 * spread(xOf()));
});
