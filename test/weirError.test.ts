import {expect, test} from "vitest";
import {EXIT, formatError, type Problem, WeirError} from "../loaders/weirError.ts";

function told(problems: readonly Problem[]): string[] {
  return formatError(new WeirError("Nothing was changed", {exitCode: EXIT.data, problems})).split("\n\n");
}

const rounded = (line: number): Problem => ({
  what: "a spreadsheet turned the id into a rounded number",
  file: "deals.csv",
  line,
  field: "ID",
  value: "3,01E+10",
  fix: "export again"
});

test("one fault in many lines is told by its first three and a count, and hides no other", () => {
  const other = {what: "no such column", file: "people.csv", field: "Name", fix: "export it"};
  const texts = told([...Array.from({length: 1200}, (_, i) => rounded(i + 2)), other]);
  expect(texts).toHaveLength(6);
  expect(texts.slice(1, 4).map((text) => text.split(",")[0])).toEqual([
    "deals.csv:2",
    "deals.csv:3",
    "deals.csv:4"
  ]);
  expect(texts[4]).toBe("deals.csv, ID: 1,197 more such");
  expect(texts[5]).toContain("people.csv, Name: no such column");
});

test("problems of a whole file or of workspace.yaml are told one by one, and those beyond twenty are counted", () => {
  const texts = told(Array.from({length: 25}, (_, i) => ({what: `problem ${i}`, file: "workspace.yaml"})));
  expect(texts).toHaveLength(22);
  expect(texts[21]).toBe("... and 5 more");
});

test("a count of what is alike is not counted again at the end", () => {
  const faults = Array.from({length: 8}, (_, file) =>
    Array.from({length: 10}, (_, line) => ({...rounded(line + 2), file: `${file}.csv`}))
  ).flat();
  const texts = told(faults);
  expect(texts).toHaveLength(22);
  // Five files of three lines and a count make twenty.
  expect(texts[21]).toBe("... and 30 more");
});
