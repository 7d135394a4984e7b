import {describe, expect, test} from "vitest";
import type {ExploreShape} from "../../../src/slices/explore/exploreTable.ts";
import {
  DRAWINGS,
  firstQuestion,
  isAdditive,
  measuresOf,
  type Question,
  readQuestion,
  SHARES,
  writeQuestion
} from "../../../src/slices/explore/question.ts";
import fc from "../../support/fc.ts";

const shape = (key: string): ExploreShape => ({
  key,
  label: key,
  noun: key,
  about: "",
  n: 3,
  words: [
    {key: "stage", label: "Stage", words: ["First & last", "Won=?", "(none)"], order: "given"},
    {key: "region", label: "Region", words: ["Süd", "北"], order: "none"},
    {key: "created_on.quarter", label: "Quarter created", words: ["2024 Q1"], order: "time"}
  ],
  numbers: [
    {key: "amount", label: "Amount", unit: "money"},
    {key: "is_won", label: "Won of closed", unit: "ratio"}
  ]
});
const SHAPES = [shape("deals"), shape("stages")];

describe("a question in the address", () => {
  test("comes back as it was asked", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SHAPES),
        fc.subarray(["stage", "region", "created_on.quarter"]),
        fc.nat(100),
        fc.constantFrom(...SHARES),
        fc.constantFrom(...DRAWINGS),
        fc.subarray(["First & last", "Won=?", "(none)"]),
        (table, groups, nth, share, drawing, stages) => {
          const measures = measuresOf(table);
          const {operation, field} = measures[nth % measures.length]!;
          const question: Question = {
            ...firstQuestion(table),
            by: groups[0] ?? null,
            across: groups[1] ?? null,
            operation,
            field,
            drawing,
            filters: stages.length > 0 ? {stage: stages} : {}
          };
          const whole: Question = {...question, share: isAdditive(question) ? share : "value"};
          const {question: read, ignored} = readQuestion(writeQuestion(whole, SHAPES), SHAPES);
          expect(read).toEqual(whole);
          expect(ignored).toEqual([]);
        }
      )
    );
  });

  test("is empty for the first question", () => {
    expect(writeQuestion(firstQuestion(SHAPES[0]!), SHAPES)).toBe("");
    expect(readQuestion("", SHAPES).question).toEqual(firstQuestion(SHAPES[0]!));
  });

  test("says what it asks for and this site does not have", () => {
    const {question, ignored} = readQuestion(
      "?table=planets&by=colour&measure=sum.weight&region=Atlantis&owner=Ann&period=2024+Q1",
      SHAPES
    );
    expect(question).toEqual(firstQuestion(SHAPES[0]!));
    expect(ignored).toEqual([
      "There is no table “planets” here.",
      "“colour” is not a field of deals to group by.",
      "“sum.weight” cannot be worked out of deals.",
      "“Atlantis” is not in Region here.",
      "deals cannot be filtered by owner."
    ]);
  });

  test("of a ratio is an average only, and no share of a total", () => {
    const {question, ignored} = readQuestion("?measure=sum.is_won", SHAPES);
    expect(ignored).toHaveLength(1);
    expect(question.field).toBe("amount");
    expect(readQuestion("?measure=mean.is_won&share=row", SHAPES).question.share).toBe("value");
  });
});

test("a table without money is first asked how many rows it has, and so a firm without amounts has an answer", () => {
  const bare = {...shape("deals"), numbers: [{key: "age", label: "Age", unit: "days" as const}]};
  const {question, ignored} = readQuestion("", [bare]);
  expect(ignored).toEqual([]);
  expect(measuresOf(bare)).toContainEqual(
    expect.objectContaining({operation: question.operation, field: question.field})
  );
});
