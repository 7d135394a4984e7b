import {describe, expect, test} from "vitest";
import {answerQuestion, prepare, rowsOf} from "../../../src/slices/explore/answerQuestion.ts";
import type {ExploreTable} from "../../../src/slices/explore/exploreTable.ts";
import {shapeOf} from "../../../src/slices/explore/exploreTable.ts";
import {firstQuestion, type Question} from "../../../src/slices/explore/question.ts";
import fc from "../../support/fc.ts";

const REGIONS = ["East", "North", "South"];
const STAGES = ["First", "Second", "Won"];

interface Row {
  region: number;
  stage: number;
  cents: number | null;
}

function tableOf(rows: readonly Row[]): ExploreTable {
  return {
    key: "deals",
    label: "Deals",
    noun: "deals",
    about: "",
    n: rows.length,
    words: [
      {
        key: "region",
        label: "Region",
        words: REGIONS,
        order: "none",
        codes: Int32Array.from(rows, (row) => row.region)
      },
      {
        key: "stage",
        label: "Stage",
        words: STAGES,
        order: "given",
        codes: Int32Array.from(rows, (row) => row.stage)
      }
    ],
    numbers: [{key: "amount", label: "Amount", unit: "money", values: rows.map(({cents}) => cents)}],
    shown: []
  };
}

const ask = (rows: readonly Row[], part: Partial<Question>) => {
  const table = tableOf(rows);
  const question = {...firstQuestion(shapeOf(table)), by: null, ...part};
  return answerQuestion(prepare(table), question);
};

const rowsArbitrary = fc.array(
  fc.record({
    region: fc.integer({min: -1, max: 2}),
    stage: fc.integer({min: -1, max: 2}),
    cents: fc.option(fc.integer({min: -1e9, max: 1e12}))
  }),
  {maxLength: 60}
);

const median = (values: number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
};
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

/** The same by loops over plain rows. */
const BY_HAND = {
  sum,
  mean: (values: number[]) => sum(values) / values.length,
  median,
  min: (values: number[]) => Math.min(...values),
  max: (values: number[]) => Math.max(...values)
};

describe("an answer", () => {
  test("is what plain loops over the rows find, for every operation, group and filter", () => {
    fc.assert(
      fc.property(
        rowsArbitrary,
        fc.constantFrom(...(Object.keys(BY_HAND) as (keyof typeof BY_HAND)[])),
        fc.subarray([...REGIONS, "(none)"]),
        (rows, operation, regions) => {
          const filters: Question["filters"] = regions.length > 0 ? {region: regions} : {};
          const answer = ask(rows, {by: "region", across: "stage", operation, filters});
          const name = (code: number, words: string[]) => (code < 0 ? "(none)" : words[code]!);
          const kept = rows.filter(
            ({region}) => regions.length === 0 || regions.includes(name(region, REGIONS))
          );
          expect(answer.nChosen).toBe(kept.length);
          const found = (test: (row: Row) => boolean) => {
            const values = kept.filter(test).flatMap(({cents}) => (cents === null ? [] : [cents]));
            return {n: values.length, value: values.length === 0 ? null : BY_HAND[operation](values) / 100};
          };
          const same = (got: {value: number | null; n: number}, test: (row: Row) => boolean) => {
            const wanted = found(test);
            expect(got.n).toBe(wanted.n);
            if (wanted.value === null) expect(got.value).toBeNull();
            else expect(got.value!).toBeCloseTo(wanted.value, 2);
          };
          for (const [i, by] of answer.by.entries()) {
            same(answer.byTotals[i]!, (row) => name(row.region, REGIONS) === by);
            for (const [j, across] of answer.across.entries())
              same(
                answer.cells[i]![j]!,
                (row) => name(row.region, REGIONS) === by && name(row.stage, STAGES) === across
              );
          }
          same(answer.total, () => true);
        }
      ),
      {numRuns: 60}
    );
  });

  const rows: Row[] = [
    {region: 0, stage: 2, cents: 30_00},
    {region: 1, stage: 0, cents: 50_10},
    {region: 1, stage: 1, cents: null},
    {region: -1, stage: 1, cents: 20_00}
  ];

  test("has groups by size, stages as they are walked, and rows without a word last", () => {
    expect(ask(rows, {by: "region"}).by).toEqual(["North", "East", "(none)"]);
    expect(ask(rows, {by: "stage"}).by).toEqual(STAGES);
  });

  test("of nothing is null, not 0; a count of nothing is 0", () => {
    const nothing = {filters: {region: ["South"]}};
    expect(ask(rows, nothing).total).toEqual({value: null, n: 0});
    expect(ask(rows, {...nothing, operation: "count", field: null}).total).toEqual({value: 0, n: 0});
    expect(ask(rows, {by: "stage", filters: {region: ["North"]}}).cells).toEqual([
      [{value: 50.1, n: 1}],
      [{value: null, n: 0}]
    ]);
  });

  test("as shares is of the row, the column or everything", () => {
    const of = (share: Question["share"]) => ask(rows, {by: "region", across: "stage", share}).cells;
    expect(of("all")[1]![2]!.value).toBeCloseTo(30 / 100.1, 12);
    expect(of("row")[1]![2]!.value).toBe(1);
    expect(of("column")[1]![2]!.value).toBe(1);
    expect(of("row")[0]![1]!.value).toBeNull();
  });

  test("counts different words, and rows without one not at all", () => {
    const answer = ask(rows, {by: "stage", operation: "distinct", field: "region"});
    expect(answer.cells.flat().map(({value}) => value)).toEqual([1, 1, 1]);
    expect(answer.total.value).toBe(2);
    expect(answer.unit).toBe("count");
  });

  test("names the field that the table does not have", () => {
    expect(() => ask(rows, {by: "planet"})).toThrow(/Deals has no field planet/);
    expect(() => ask(rows, {field: "weight"})).toThrow(/no field weight/);
  });

  test("has the rows behind it", () => {
    const table = tableOf(rows);
    const question = {...firstQuestion(shapeOf(table)), by: "region", filters: {stage: ["Second", "First"]}};
    expect([...rowsOf(prepare(table), question)]).toEqual([1, 2, 3]);
    expect([...rowsOf(prepare(table), question, {by: "(none)"})]).toEqual([3]);
  });
});
