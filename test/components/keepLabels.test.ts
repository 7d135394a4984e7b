import {expect, test} from "vitest";
import {textWidth} from "../../src/components/charts/frame.ts";
import {keepLabels} from "../../src/components/charts/keepLabels.ts";
import fc from "../support/fc.ts";

const place = ({x, y}: {x: number; y: number}) => ({x, y});

test("names of points with the most records are kept, those that would cover them are not", () => {
  const points = [
    {label: "Small neighbour", n: 4, x: 110, y: 50},
    {label: "Large one", n: 30, x: 100, y: 52},
    {label: "Far off", n: 2, x: 400, y: 52},
    {label: "Below", n: 3, x: 100, y: 80}
  ];
  expect(keepLabels(points, 8, place).map(({label}) => label)).toEqual(["Large one", "Below", "Far off"]);
  expect(keepLabels(points, 1, place).map(({label}) => label)).toEqual(["Large one"]);
});

test("no two names that are kept cover each other, and each that is not kept would cover one", () => {
  const point = fc.record({
    label: fc.stringMatching(/^[A-Z][a-z ]{0,20}$/),
    n: fc.nat(50),
    x: fc.nat(600),
    y: fc.nat(250)
  });
  fc.assert(
    fc.property(fc.array(point, {maxLength: 30}), (points) => {
      const covers = (a: (typeof points)[number], b: (typeof points)[number]) =>
        Math.abs(a.x - b.x) < (textWidth(a.label) + textWidth(b.label)) / 2 && Math.abs(a.y - b.y) < 16;
      const kept = keepLabels(points, 30, place);
      for (const [i, a] of kept.entries())
        for (const b of kept.slice(i + 1)) expect(covers(a, b)).toBe(false);
      const near = (a: (typeof points)[number], b: (typeof points)[number]) =>
        Math.abs(a.x - b.x) <= (textWidth(a.label) + textWidth(b.label)) / 2 + 6 && Math.abs(a.y - b.y) < 16;
      for (const left of points.filter((each) => !kept.includes(each)))
        expect(kept.some((each) => each.n >= left.n && near(each, left))).toBe(true);
    })
  );
});
