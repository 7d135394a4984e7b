import {expect, test} from "vitest";
import {HeatGrid} from "../../src/components/charts/heatGrid.js";

test("cells count in words where there is room in all of them, else all in short", () => {
  const cells = [7, 25, 1].map((n, i) => ({row: "Platform", column: `Q${i}`, value: 0.2, n}));
  const ways = new Set<string>();
  for (let width = 200; width < 400; width += 2) {
    const text = HeatGrid({cells, width, unit: "ratio", noun: "won deals"}).textContent!;
    ways.add(text.match(/n \d+|\d+ won deals?/g)!.join(", "));
  }
  expect([...ways]).toEqual(["n 7, n 25, n 1", "7 won deals, 25 won deals, 1 won deal"]);
});
