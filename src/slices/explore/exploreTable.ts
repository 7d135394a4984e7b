/** What the Explore page asks: a table whose columns have a name, a unit and, for words, an order. */
import type {FactColumn} from "../facts.js";
import {NONE} from "../select.js";

export type FieldUnit = "money" | "days" | "count" | "ratio";

/** A column to group and to filter by. */
export interface WordField {
  key: string;
  label: string;
  /** In natural order: stages as they are walked, periods by time, the rest by the alphabet. */
  words: readonly string[];
  /** The order means something: groups keep it, and periods are drawn as a line of time. */
  order: "none" | "given" | "time";
  /** For each row the number of its word; -1 for none. */
  codes: Int32Array;
  /** Of periods: each one's first day; null for what lies outside of the calendar. */
  starts?: (number | null)[];
}

/** A column to sum up; null is unknown. Money is in whole cents. */
export interface NumberField {
  key: string;
  label: string;
  unit: FieldUnit;
  values: (number | null)[];
}

/** A column that only rows show: names, ids, days. */
export interface ShownField {
  key: string;
  label: string;
  unit: "text" | "date" | "money" | "days" | "count" | "ratio";
  at: (row: number) => string | number | null;
}

export interface ExploreTable {
  key: string;
  label: string;
  /** What a row is, in the plural. */
  noun: string;
  /** What a row is, in a sentence. */
  about: string;
  n: number;
  words: WordField[];
  numbers: NumberField[];
  shown: ShownField[];
}

/** What the page knows of a table without its rows. */
export interface ExploreShape {
  key: string;
  label: string;
  noun: string;
  about: string;
  n: number;
  words: {key: string; label: string; words: string[]; order: WordField["order"]}[];
  numbers: {key: string; label: string; unit: FieldUnit}[];
}

/** The shape of a table, to be sent where its rows need not go. `(none)` stands last where rows have no word. */
export function shapeOf({key, label, noun, about, n, words, numbers}: ExploreTable): ExploreShape {
  return {
    key,
    label,
    noun,
    about,
    n,
    words: words.map(({key, label, words, order, codes}) => ({
      key,
      label,
      order,
      words: codes.includes(-1) ? [...words, NONE] : [...words]
    })),
    numbers: numbers.map(({key, label, unit}) => ({key, label, unit}))
  };
}

/**
 * A key column of a fact table as a field; null when no row has a word.
 * @param order the words in natural order; words it does not name follow, by the alphabet
 */
export function wordField(
  key: string,
  label: string,
  column: FactColumn | undefined,
  order: readonly string[] | null = null
): WordField | null {
  if (column?.kind !== "key" || column.words.length === 0) return null;
  const place = new Map(order?.map((word, i) => [word, i]));
  const nth = (word: string) => place.get(word) ?? place.size;
  const words = [...column.words].sort(
    (a, b) => nth(a) - nth(b) || a.localeCompare(b, "en", {numeric: true})
  );
  const code = new Map(words.map((word, i) => [word, i]));
  const recoded = column.words.map((word) => code.get(word)!);
  return {
    key,
    label,
    words,
    order: order ? "given" : "none",
    codes: Int32Array.from(column.codes, (old) => (old === null ? -1 : recoded[old]!))
  };
}

/** A flag of 0 and 1 as two words. */
export function flagField(
  key: string,
  label: string,
  column: FactColumn | undefined,
  [no, yes]: readonly [string, string]
): WordField | null {
  if (column?.kind !== "number") return null;
  return {
    key,
    label,
    words: [no, yes],
    order: "given",
    codes: Int32Array.from(column.values, (value) => (value === null ? -1 : value > 0 ? 1 : 0))
  };
}

/** A number column as a field; null when no row has a value. */
export function numberField(
  key: string,
  label: string,
  unit: FieldUnit,
  values: (number | null)[]
): NumberField | null {
  return values.some((value) => value !== null) ? {key, label, unit, values} : null;
}
