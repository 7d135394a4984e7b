import {expect, test} from "vitest";
import {bySubject, glossary, stageGuide} from "../../src/slices/playbook.ts";
import type {Ladder, Path} from "../../src/slices/stagePaths.ts";

const SALES: Ladder = {pipeline: "Sales", stages: ["New", "Offer"]};
const path = (
  deal: number,
  stays: [string, number, number | null][],
  outcome: "won" | "lost" | null,
  endedOn: number | null
): Path => ({
  deal,
  ladder: SALES,
  visits: stays.map(([stage, enteredOn, leftOn]) => ({
    stage,
    order: SALES.stages.indexOf(stage) + 1,
    enteredOn,
    leftOn
  })),
  outcome,
  endedOn
});

test("a stage's own numbers: who moves on, and how long deals stayed that were won", () => {
  const paths = [
    path(
      0,
      [
        ["New", 0, 4],
        ["Offer", 4, null]
      ],
      "won",
      10
    ),
    path(
      1,
      [
        ["New", 0, 20],
        ["Offer", 20, null]
      ],
      "won",
      22
    ),
    path(2, [["New", 0, null]], "lost", 99)
  ];
  const rules = [
    {pipeline: "Sales", stage: "Offer", side: "entry" as const, rule: "has a price"},
    {pipeline: "Other", stage: "Offer", side: "entry" as const, rule: "is not asked here"}
  ];
  const [first, offer] = stageGuide(paths, [SALES], rules, 100, {from: 0, to: 100});
  expect(first).toMatchObject({stage: "New", entry: [], n: 3, wonHalf: 4, wonMost: 20});
  expect(first!.movesOn).toBeCloseTo(2 / 3, 12);
  expect(offer).toMatchObject({entry: ["has a price"], exit: [], n: 2, movesOn: 1, wonHalf: 2, wonMost: 6});
});

test("a stage nobody entered has no numbers, not 0", () => {
  expect(stageGuide([], [SALES], [], 100, {from: 0, to: 100})[0]).toMatchObject({
    movesOn: null,
    n: 0,
    wonHalf: null,
    wonMost: null
  });
});

test("the glossary holds every metric and definition once, by name, with its rivals", () => {
  const entries = glossary({
    measures: {},
    metrics: {won: {label: "Won", unit: "money", formula: "Sum of won.", sum: "won", subject: "Pipeline"}},
    definitions: {
      age: {
        label: "Age",
        unit: "days",
        formula: "Days.",
        computed_by: "x.ts",
        rivals: ["Rival: months.", "Rival: years."]
      }
    }
  });
  expect(entries).toEqual([
    {key: "age", subject: "Other", term: "Age", formula: "Days.", caveat: null, rivals: "months. years."},
    {key: "won", subject: "Pipeline", term: "Won", formula: "Sum of won.", caveat: null, rivals: null}
  ]);
  expect(bySubject(entries).map(({subject, entries}) => [subject, entries.map(({key}) => key)])).toEqual([
    ["Other", ["age"]],
    ["Pipeline", ["won"]]
  ]);
});
