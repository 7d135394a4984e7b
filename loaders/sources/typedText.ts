/** SQL of texts and ids, and what all typed columns share: the present text of a cell and when a cell is bad. */
import {literal} from "../engine/sqlText.ts";
import type {ColumnSpec, FileFormat, Workspace} from "../workspace/schema.ts";

export interface TypedColumn {
  /** SQL of the typed value; null where the cell is empty or bad. */
  value: string;
  /** SQL of a boolean that is true where the cell is bad; undefined when no cell can be. */
  bad?: string;
  /** What a good cell looks like, in words. */
  expected: string;
}

export interface TypingContext {
  format: FileFormat;
  config: Workspace;
  /** False when no cell of the file has white space at an end: trimming is then left out. */
  hasSpaces: boolean;
}

/** A cell as SQL: null where it is empty, as it came and without white space at its ends. */
export interface Text {
  text: string;
  trimmed: string;
}

/** What a spreadsheet leaves where a value was. */
export const SPREADSHEET_ERROR =
  "#(REF!|N/A|VALUE!|NAME\\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|#+)";
/** What a database or a script writes where there is no value. In a text it would pass for one. */
const NO_VALUE_WORDS = ["NULL", "null", "(null)", "<null>", "\\N", "NaN", "nan", "undefined"];
/** 1.23E+15: an id that a spreadsheet took for a number. */
export const SCIENTIFIC = "[+-]?\\d+([.,]\\d+)?[eE]\\+\\d{1,3}";

/** The cell after recoding, null where it is empty or says so. */
export function presentText(
  cell: string,
  {recode}: ColumnSpec,
  {format: {empty = []}, hasSpaces}: TypingContext
): Text {
  const present = ["", ...empty].reduce((sql, word) => `nullif(${sql}, ${literal(word)})`, cell);
  const isRecoded = recode !== undefined && Object.keys(recode).length > 0;
  const cases = Object.entries(recode ?? {}).map(([from, to]) => `when ${literal(from)} then ${literal(to)}`);
  const text = isRecoded ? `case ${present} ${cases.join(" ")} else ${present} end` : present;
  return {text, trimmed: hasSpaces || isRecoded ? `trim(${text}, ' \t')` : text};
}

/** A cell is bad when it is filled but its typed value is null. */
export function checked(value: string, text: string, expected: string): TypedColumn {
  return {value, bad: `(${text} is not null and (${value}) is null)`, expected};
}

/**
 * Text as it came. One thing is undone: the ' that export tools put before = + - @ so that a spreadsheet does not take
 * the text for a formula.
 */
export function freeText({text}: Text): TypedColumn {
  const bare = `case when starts_with(${text}, '''') and regexp_matches(${text}, '^''[=+@\\t\\r-]') then substr(${text}, 2) else ${text} end`;
  return {
    value: bare,
    bad: isLost(text),
    expected: "text, not a word for no value"
  };
}

/** An id: trimmed, the spreadsheet's ' before digits undone; what a spreadsheet makes of long ids is bad. */
export function id({trimmed}: Text, {length}: ColumnSpec): TypedColumn {
  const bare = `case when starts_with(${trimmed}, '''') and regexp_matches(${trimmed}, '^''[=+@\\t\\r0-9-]') then substr(${trimmed}, 2) else ${trimmed} end`;
  const lengths = length === undefined ? [] : [length].flat();
  const faults = [
    isLost(trimmed),
    `((contains(${bare}, 'E') or contains(${bare}, 'e')) and regexp_full_match(${bare}, ${literal(SCIENTIFIC)}))`,
    `(ends_with(${bare}, '0') and regexp_full_match(${bare}, '\\d+\\.0+|\\d{15}0{3,}'))`,
    ...(lengths.length > 0 ? [`(length(${bare}) not in (${lengths.join(", ")}))`] : [])
  ];
  const expected =
    lengths.length > 0 ? `an id of ${lengths.join(" or ")} characters` : "an id as the CRM writes it";
  return {value: `nullif(${bare}, '')`, bad: `coalesce(${faults.join(" or ")}, false)`, expected};
}

function isLost(text: string): string {
  const words = NO_VALUE_WORDS.map((word) => literal(word)).join(", ");
  return `coalesce((starts_with(${text}, '#') and regexp_full_match(${text}, ${literal(SPREADSHEET_ERROR)})) or ${text} in (${words}), false)`;
}
