import * as Plot from "@observablehq/plot";
import {expect, test} from "vitest";
import {type EndLabel, endLabels} from "../../src/components/charts/endLabels.js";

const [HEIGHT, BOTTOM] = [200, 30];

/** Where each label is drawn, in px from the top, of ends at (x, y) of a chart of 100 by 100. */
function tops(ends: readonly [number, number][]): number[] {
  const labels: EndLabel[] = ends.map(([x, y], i) => ({x, y, text: `line ${i}`, tone: "black"}));
  const chart = Plot.plot({
    width: 400,
    height: HEIGHT,
    marginTop: 0,
    marginBottom: BOTTOM,
    x: {domain: [0, 100]},
    y: {domain: [0, 100]},
    marks: [endLabels(labels, "beside")]
  });
  return ends.map((_, i) =>
    Number(
      [...chart.querySelectorAll("text")].find((text) => text.textContent === `line ${i}`)!.getAttribute("y")
    )
  );
}

test("labels of lines that end at zero stand above the axis, each on a line of its own", () => {
  const [first, second] = tops([
    [80, 0],
    [85, 0]
  ]);
  expect(Math.max(first!, second!)).toBeLessThanOrEqual(HEIGHT - BOTTOM - 8);
  expect(Math.abs(first! - second!)).toBeGreaterThanOrEqual(16);
});

test("labels with room stay at the ends of their lines", () => {
  expect(tops([[50, 80]])[0]).toBeCloseTo((HEIGHT - BOTTOM) * 0.2, 6);
  const [left, right] = tops([
    [10, 50],
    [90, 50]
  ]);
  expect(left).toBe(right);
});
