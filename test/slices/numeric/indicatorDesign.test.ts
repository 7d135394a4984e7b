import {describe, expect, test} from "vitest";
import {indicatorDesign} from "../../../src/slices/numeric/indicatorDesign.ts";
import type {SparseRows} from "../../../src/slices/numeric/sparseLogistic.ts";
import fc from "../../support/fc.ts";

/** X as it is, ones and noughts. */
function plain({n, width, features}: SparseRows, p: number): number[][] {
  return Array.from({length: n}, (_, i) => {
    const row = new Array<number>(p).fill(0);
    for (const feature of features.subarray(i * width, (i + 1) * width)) if (feature >= 0) row[feature] = 1;
    return row;
  });
}

/** Deals followed for weeks: a constant, a kind of each deal and what follows from it, the week, its half, and a place that may be empty. */
function dealWeeks(deals: readonly {kind: number; weeks: number; word: number}[]): SparseRows & {p: number} {
  const rows = deals.flatMap(({kind, weeks, word}) =>
    Array.from({length: weeks}, (_, week) => [
      0,
      1 + kind,
      5 + (kind >> 1),
      7 + week,
      13 + (week >> 1),
      word < 0 ? -1 : 16 + ((word + week) % 3)
    ])
  );
  return {n: rows.length, width: 6, features: Int32Array.from(rows.flat()), p: 19};
}

const someDeals = fc.array(
  fc.record({
    kind: fc.integer({min: 0, max: 3}),
    weeks: fc.integer({min: 1, max: 6}),
    word: fc.integer({min: -1, max: 2})
  }),
  {minLength: 1, maxLength: 40}
);

describe("the layout of indicator rows", () => {
  test("gives the products of the plain matrix, whatever follows from what and however long it stays", () => {
    fc.assert(
      fc.property(someDeals, (deals) => {
        const {p, ...rows} = dealWeeks(deals);
        const x = plain(rows, p);
        const design = indicatorDesign(rows, p);
        const b = Float64Array.from({length: p}, (_, j) => Math.sin(j + 1));
        const v = Float64Array.from({length: rows.n}, (_, i) => 0.1 + Math.abs(Math.cos(i)));
        const eta = new Float64Array(rows.n);
        design.scores(b, eta);
        x.forEach((row, i) => {
          expect(eta[i]).toBeCloseTo(
            row.reduce((sum, each, j) => sum + each * b[j]!, 0),
            12
          );
        });
        const sums = design.sums(v);
        const gram = new Float64Array(p * p).fill(1);
        design.addGram(v, gram);
        for (let j = 0; j < p; j++) {
          expect(sums[j]).toBeCloseTo(
            x.reduce((sum, row, i) => sum + row[j]! * v[i]!, 0),
            12
          );
          for (let k = 0; k <= j; k++)
            expect(gram[j * p + k]).toBeCloseTo(
              1 + x.reduce((sum, row, i) => sum + row[j]! * row[k]! * v[i]!, 0),
              12
            );
        }
      })
    );
  });

  test("the same rows asked with more features have sums and a matrix of that many", () => {
    const rows = {n: 2, width: 2, features: Int32Array.of(0, 1, 0, -1)};
    const v = Float64Array.of(2, 3);
    for (const p of [2, 5, 2]) {
      const design = indicatorDesign(rows, p);
      expect([...design.sums(v)]).toEqual([5, 2, 0, 0, 0].slice(0, p));
      const gram = new Float64Array(p * p);
      design.addGram(v, gram);
      expect([gram[0], gram[p], gram[p + 1]]).toEqual([5, 2, 2]);
    }
    expect(indicatorDesign(rows, 2)).toBe(indicatorDesign(rows, 2));
  });

  test("a feature at two places of the rows is refused", () => {
    const rows = {n: 2, width: 2, features: Int32Array.of(0, 1, 1, 2)};
    expect(() => indicatorDesign(rows, 3)).toThrow("feature 1 stands at two places of the rows: 0 and 1");
  });
});
