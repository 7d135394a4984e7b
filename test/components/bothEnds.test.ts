import {expect, test} from "vitest";
import {bothEnds} from "../../src/components/charts/bothEnds.ts";

const rows = Array.from({length: 40}, (_, i) => ({label: `P${i}`, rate: ((i * 7) % 40) / 40}));

test("of a long list the highest and the lowest are drawn, and it is said", () => {
  const {rows: drawn, said} = bothEnds(rows, ({rate}) => rate, "people", {most: 6});
  expect(drawn.map(({rate}) => Math.round(rate * 40))).toEqual([39, 38, 37, 2, 1, 0]);
  expect(said).toBe("; drawn are the 3 highest and the 3 lowest of 40 people, Show data lists all");
});

test("a short list is drawn as it is", () => {
  expect(bothEnds(rows, ({rate}) => rate, "people", {most: 40})).toEqual({rows, said: ""});
});
