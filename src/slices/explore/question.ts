/** A question to the Explore page, and its form in the address. */
import type {ExploreShape, FieldUnit} from "./exploreTable.js";

export const OPERATIONS = ["sum", "mean", "median", "min", "max"] as const;
export type Operation = "count" | "distinct" | (typeof OPERATIONS)[number];
/** A value as it is, or as a share of its row, its column or of everything. */
export const SHARES = ["value", "row", "column", "all"] as const;
export type Share = (typeof SHARES)[number];
export const DRAWINGS = ["auto", "bars", "line", "grid"] as const;
export type Drawing = (typeof DRAWINGS)[number];

export interface Question {
  table: string;
  /** Word field whose words are the groups; null for one group. */
  by: string | null;
  /** Word field whose words are the columns of the pivot; null for none. */
  across: string | null;
  operation: Operation;
  /** What is summed up: a number field, a word field for `distinct`, nothing for `count`. */
  field: string | null;
  share: Share;
  drawing: Drawing;
  /** Words taken by word field; absent or empty takes all. */
  filters: Record<string, string[]>;
}

export interface ReadQuestion {
  question: Question;
  /** What the address asks for and this site does not have, in words. */
  ignored: string[];
}

const OWN_KEYS = ["table", "by", "across", "measure", "share", "draw"];

/** Sums and counts add up over groups, so that shares of a total mean something. */
export function isAdditive({operation}: Question): boolean {
  return operation === "count" || operation === "sum";
}

/** The question a table is opened with: its first money summed by its first words, rows counted where it has no money. */
export function firstQuestion(shape: ExploreShape): Question {
  const money = shape.numbers.find(({unit}) => unit === "money");
  return {
    table: shape.key,
    by: shape.words[0]?.key ?? null,
    across: null,
    operation: money ? "sum" : "count",
    field: money?.key ?? null,
    share: "value",
    drawing: "auto",
    filters: {}
  };
}

/**
 * Reads a query string. Any key that is a field of the table is a filter, so that links from other pages keep theirs;
 * what is not known is reported and left out.
 */
export function readQuestion(search: string, shapes: readonly ExploreShape[]): ReadQuestion {
  const params = new URLSearchParams(search);
  const ignored: string[] = [];
  const shape = shapes.find(({key}) => key === (params.get("table") ?? shapes[0]!.key));
  if (!shape) ignored.push(`There is no table “${params.get("table")}” here.`);
  const table = shape ?? shapes[0]!;
  const first = firstQuestion(table);
  const group = (key: "by" | "across"): string | null => {
    const wanted = params.get(key);
    if (wanted === null) return first[key];
    if (wanted === "") return null;
    if (table.words.some((field) => field.key === wanted)) return wanted;
    ignored.push(`“${wanted}” is not a field of ${table.label} to group by.`);
    return first[key];
  };
  const by = group("by");
  const across = group("across");
  const measure = readMeasure(params.get("measure"), table);
  if (!measure) ignored.push(`“${params.get("measure")}” cannot be worked out of ${table.label}.`);
  const {operation, field} = measure ?? first;
  const filters: Record<string, string[]> = {};
  for (const [key, value] of params) {
    if (OWN_KEYS.includes(key)) continue;
    const known = table.words.find((word) => word.key === key);
    if (!known) {
      if (key !== "period") ignored.push(`${table.label} cannot be filtered by ${key}.`);
    } else if (!known.words.includes(value)) ignored.push(`“${value}” is not in ${known.label} here.`);
    else filters[key] = [...(filters[key] ?? []), value];
  }
  const share = oneOf(SHARES, params.get("share"));
  const question: Question = {
    table: table.key,
    by,
    across: across === by ? null : across,
    operation,
    field,
    share: isAdditive({...first, operation}) ? share : "value",
    drawing: oneOf(DRAWINGS, params.get("draw")),
    filters
  };
  return {question, ignored: [...new Set(ignored)]};
}

/** The query string ("?by=region", or "") that opens the question again. */
export function writeQuestion(question: Question, shapes: readonly ExploreShape[]): string {
  const shape = shapes.find(({key}) => key === question.table)!;
  const first = firstQuestion(shape);
  const params = new URLSearchParams();
  if (shape !== shapes[0]) params.append("table", question.table);
  for (const key of ["by", "across"] as const)
    if (question[key] !== first[key]) params.append(key, question[key] ?? "");
  if (question.operation !== first.operation || question.field !== first.field)
    params.append("measure", writeMeasure(question));
  if (question.share !== "value") params.append("share", question.share);
  if (question.drawing !== "auto") params.append("draw", question.drawing);
  for (const [key, values] of Object.entries(question.filters))
    for (const value of values) params.append(key, value);
  const query = params.toString();
  return query && `?${query}`;
}

export interface Measure {
  operation: Operation;
  field: string | null;
  label: string;
  unit: FieldUnit;
}

/** Everything a table can be asked for. */
export function measuresOf({noun, numbers, words}: ExploreShape): Measure[] {
  const wording = {sum: "", mean: "Average", median: "Median", min: "Smallest", max: "Largest"};
  return [
    {operation: "count", field: null, label: `Number of ${noun}`, unit: "count"},
    ...numbers.flatMap(({key, label, unit}): Measure[] =>
      // A sum of shares or of days means nothing anyone has asked for.
      OPERATIONS.filter((operation) =>
        unit === "money" ? true : unit === "ratio" ? operation === "mean" : operation !== "sum"
      ).map((operation) => ({
        operation,
        field: key,
        label:
          unit === "ratio" || operation === "sum" ? label : `${wording[operation]} ${label.toLowerCase()}`,
        unit
      }))
    ),
    ...words
      .filter(({order}) => order === "none")
      .map(
        ({key, label}): Measure => ({
          operation: "distinct",
          field: key,
          label: `Number of distinct values: ${label.toLowerCase()}`,
          unit: "count"
        })
      )
  ];
}

/** The measure as the address says it: "count", "sum.amount". */
export function writeMeasure({operation, field}: Pick<Question, "operation" | "field">): string {
  return field === null ? operation : `${operation}.${field}`;
}

function readMeasure(text: string | null, shape: ExploreShape): Measure | null {
  if (text === null) {
    const {operation, field} = firstQuestion(shape);
    return measuresOf(shape).find((each) => each.operation === operation && each.field === field)!;
  }
  return measuresOf(shape).find((each) => writeMeasure(each) === text) ?? null;
}

function oneOf<Value extends string>(values: readonly Value[], text: string | null): Value {
  return values.find((value) => value === text) ?? values[0]!;
}
