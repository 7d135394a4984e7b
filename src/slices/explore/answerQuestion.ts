/**
 * Answers a question with Arquero: filter, group, pivot, summarise. Runs in a worker, for Arquero compiles its
 * expressions, which the pages' own security policy forbids.
 */
import {type ColumnTable, op, table as tableOf} from "arquero";
import {isoDay} from "../facts.js";
import {NONE} from "../select.js";
import type {ExploreTable, FieldUnit, NumberField, WordField} from "./exploreTable.js";
import type {Question} from "./question.js";

/** A summary of some rows; null when none of them has a value. */
export interface Summary {
  value: number | null;
  /** Rows with a value. */
  n: number;
}

export interface ExploreAnswer {
  /** Words down the side and along the top; one "" where there is no grouping. */
  by: string[];
  across: string[];
  /** By side and top. Money in units of the currency, shares of 0..1. */
  cells: Summary[][];
  byTotals: Summary[];
  acrossTotals: Summary[];
  total: Summary;
  /** Rows of the table, and how many of them pass the filters. */
  nAll: number;
  nChosen: number;
  /** First day of each group down the side, ISO, when groups are periods; null for "earlier", "later" and no day. */
  starts: (string | null)[] | null;
  /** Groups beyond the largest, which are in the totals only. */
  leftOut: {by: number; across: number};
  unit: FieldUnit;
}

/** More groups than anybody reads; the largest by number of rows are kept. */
export const MOST_GROUPS = 1000;
export const MOST_COLUMNS = 24;

/** A table prepared for questions: Arquero's own, made once. */
export interface Asked {
  table: ExploreTable;
  data: ColumnTable;
}

/** @returns the table in the form questions are put to */
export function prepare(table: ExploreTable): Asked {
  const columns: Record<string, ArrayLike<number | null>> = {
    row: Int32Array.from({length: table.n}, (_, i) => i)
  };
  for (const [i, {codes}] of table.words.entries()) columns[`w${i}`] = codes;
  for (const [i, {values}] of table.numbers.entries()) columns[`v${i}`] = values;
  return {table, data: tableOf(columns as Record<string, unknown[]>)};
}

/**
 * @throws RangeError when the question names a field the table does not have
 */
export function answerQuestion(asked: Asked, question: Question): ExploreAnswer {
  const {table} = asked;
  const chosen = filtered(asked, question.filters);
  const by = groupOf(table, question.by);
  const across = groupOf(table, question.across);
  const summarise = summary(table, question);
  const groups = [by, across].filter((group) => group !== null);
  const cells = summarise(chosen, groups);
  const totals = (wanted: readonly Group[]) =>
    wanted.length === groups.length
      ? cells
      : (summarise.over(cells, groups, wanted) ?? summarise(chosen, wanted));
  const byTotals = by ? totals([by]) : null;
  const acrossTotals = across ? totals([across]) : null;
  const total = totals([])[0] ?? {value: question.operation === "count" ? 0 : null, n: 0};
  const side = wordsIn(by, byTotals, MOST_GROUPS);
  const top = wordsIn(across, acrossTotals, MOST_COLUMNS);
  const found = new Map(cells.map((cell) => [cell.codes.join("|"), cell]));
  const at = (a: number, b: number): Summary => {
    const codes = [...(by ? [a] : []), ...(across ? [b] : [])];
    const {value, n} = found.get(codes.join("|")) ?? {value: null, n: 0};
    return {value, n};
  };
  const answer: ExploreAnswer = {
    by: side.words,
    across: top.words,
    cells: side.codes.map((a) => top.codes.map((b) => at(a, b))),
    byTotals: side.codes.map((a) => plain(byTotals?.find(({codes}) => codes[0] === a) ?? total)),
    acrossTotals: top.codes.map((b) => plain(acrossTotals?.find(({codes}) => codes[0] === b) ?? total)),
    total: plain(total),
    nAll: table.n,
    nChosen: chosen.numRows(),
    starts: by?.field.starts
      ? side.codes.map((code) => {
          const start = by.field.starts![code] ?? null;
          return start === null ? null : isoDay(start);
        })
      : null,
    leftOut: {by: side.leftOut, across: top.leftOut},
    unit: unitOf(table, question)
  };
  return shared(answer, question);
}

/** Numbers of the rows that pass the filters, and of the group when one is given, in the table's order. */
export function rowsOf(
  asked: Asked,
  question: Question,
  group: {by?: string; across?: string} = {}
): Int32Array {
  const filters = {...question.filters};
  // A group narrows a filter on the same field: its word passed that filter, or it would not be a group.
  if (group.by !== undefined && question.by) filters[question.by] = [group.by];
  if (group.across !== undefined && question.across) filters[question.across] = [group.across];
  return Int32Array.from(filtered(asked, filters).array("row") as Iterable<number>);
}

interface Group {
  column: string;
  field: WordField;
}

interface Cell extends Summary {
  /** Codes of the groups' words, in order. */
  codes: number[];
}

function filtered({table, data}: Asked, filters: Question["filters"]): ColumnTable {
  let kept = data;
  for (const [key, values] of Object.entries(filters)) {
    if (values.length === 0) continue;
    const {column, field} = groupOf(table, key)!;
    const wanted = new Set(values.map((value) => (value === NONE ? -1 : field.words.indexOf(value))));
    kept = kept.params({wanted}).filter(`(d, $) => op.has($.wanted, d.${column})`);
  }
  return kept;
}

/** Summaries of rows by group. A sum of unknowns is unknown, not 0. */
interface Summarise {
  (rows: ColumnTable, groups: readonly Group[]): Cell[];
  /** Summaries of fewer groups out of those of more, for operations that allow it; null for the others. */
  over(cells: readonly Cell[], groups: readonly Group[], wanted: readonly Group[]): Cell[] | null;
}

/** How values of parts make that of the whole: an average by the number of its values. */
const MERGE: Partial<Record<Question["operation"], (a: Known, b: Known) => number>> = {
  count: (a, b) => a.value + b.value,
  sum: (a, b) => a.value + b.value,
  mean: (a, b) => (a.value * a.n + b.value * b.n) / (a.n + b.n),
  min: (a, b) => Math.min(a.value, b.value),
  max: (a, b) => Math.max(a.value, b.value)
};

interface Known {
  value: number;
  n: number;
}

function summary(table: ExploreTable, {operation, field}: Question): Summarise {
  const words = operation === "distinct" ? groupOf(table, field) : null;
  const nth = table.numbers.findIndex(({key}) => key === field);
  if (operation !== "count" && !words && nth < 0) throw noField(table, field);
  const column = words ? words.column : `v${nth}`;
  const isCents = operation !== "count" && table.numbers[nth]?.unit === "money";
  const value = {
    count: op.count,
    distinct: () => op.distinct(column),
    sum: () => op.sum(column),
    mean: () => op.mean(column),
    median: () => op.median(column),
    min: () => op.min(column),
    max: () => op.max(column)
  }[operation]();
  const n = operation === "count" ? op.count() : op.valid(column);
  const summarise = (rows: ColumnTable, groups: readonly Group[]): Cell[] => {
    // Rows without a word have code -1, which is no word to count.
    const source = words ? rows.filter(`d => d.${column} >= 0`) : rows;
    const names = groups.map((group) => group.column);
    const grouped = names.length > 0 ? source.groupby(...names) : source;
    const found = grouped.rollup({n, value}).objects() as Record<string, number>[];
    return found.map((row) => ({
      codes: names.map((name) => row[name]!),
      n: row["n"]!,
      value: row["n"] === 0 && operation !== "count" ? null : isCents ? row["value"]! / 100 : row["value"]!
    }));
  };
  return Object.assign(summarise, {
    over(cells: readonly Cell[], groups: readonly Group[], wanted: readonly Group[]): Cell[] | null {
      const merge = MERGE[operation];
      if (!merge) return null;
      const places = wanted.map((group) => groups.indexOf(group));
      const merged = new Map<string, Cell>();
      for (const cell of cells) {
        const codes = places.map((place) => cell.codes[place]!);
        const own = merged.get(codes.join("|")) ?? {codes, n: 0, value: null};
        merged.set(codes.join("|"), {codes, n: own.n + cell.n, value: joined(own, cell, merge, isCents)});
      }
      return [...merged.values()];
    }
  });
}

function joined(
  a: Summary,
  b: Summary,
  merge: (a: Known, b: Known) => number,
  isCents: boolean
): number | null {
  if (a.value === null || b.value === null) return a.value ?? b.value;
  const value = merge(a as Known, b as Known);
  // Sums of units of money are exact in cents only.
  return isCents && merge === MERGE.sum ? Math.round(value * 100) / 100 : value;
}

/** Words of a grouping in the order people read them: time and stages as they run, others by size. */
function wordsIn(
  group: Group | null,
  totals: readonly Cell[] | null,
  most: number
): {words: string[]; codes: number[]; leftOut: number} {
  if (!group || !totals) return {words: [""], codes: [0], leftOut: 0};
  const {field} = group;
  const largest = [...totals].sort((a, b) => b.n - a.n).slice(0, most);
  const last = (code: number) => (code < 0 ? Infinity : code);
  const ordered = largest.sort((a, b) => {
    const [x, y] = [a.codes[0]!, b.codes[0]!];
    if (field.order !== "none" || x < 0 || y < 0) return last(x) - last(y);
    return (b.value ?? -Infinity) - (a.value ?? -Infinity) || x - y;
  });
  const codes = ordered.map((cell) => cell.codes[0]!);
  return {
    words: codes.map((code) => (code < 0 ? NONE : field.words[code]!)),
    codes,
    leftOut: totals.length - largest.length
  };
}

/** Values as shares of what they are part of; null where the whole is nothing. */
function shared(answer: ExploreAnswer, {share}: Question): ExploreAnswer {
  if (share === "value") return answer;
  const part = ({value, n}: Summary, whole: Summary): Summary => ({
    n,
    value: value === null || !whole.value ? null : value / whole.value
  });
  const {byTotals, acrossTotals, total} = answer;
  const whole = (i: number, j: number) =>
    share === "row" ? byTotals[i]! : share === "column" ? acrossTotals[j]! : total;
  return {
    ...answer,
    cells: answer.cells.map((row, i) => row.map((cell, j) => part(cell, whole(i, j)))),
    byTotals: byTotals.map((each) => part(each, share === "row" ? each : total)),
    acrossTotals: acrossTotals.map((each) => part(each, share === "column" ? each : total)),
    total: part(total, total),
    unit: "ratio"
  };
}

function groupOf(table: ExploreTable, key: string | null): Group | null {
  if (key === null) return null;
  const i = table.words.findIndex((field) => field.key === key);
  if (i < 0) throw noField(table, key);
  return {column: `w${i}`, field: table.words[i]!};
}

function unitOf(table: ExploreTable, {operation, field}: Question): FieldUnit {
  if (operation === "count" || operation === "distinct") return "count";
  return (table.numbers.find(({key}) => key === field) as NumberField).unit;
}

function noField({label}: ExploreTable, key: string | null): RangeError {
  return new RangeError(`${label} has no field ${key}`);
}

function plain({value, n}: Summary): Summary {
  return {value, n};
}
