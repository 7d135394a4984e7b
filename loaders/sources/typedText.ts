/** SQL of texts and ids, and what all typed columns share: the present text of a cell and when a cell is bad. */
import {literal} from "../engine/sqlText.ts";
import type {ColumnSpec, FileFormat, Workspace} from "../workspace/schema.ts";
import {ALL_TRAITS, NO_VALUE_WORDS, type TextTraits} from "./textTraits.ts";

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
  traits: TextTraits;
}

/** A cell as SQL: null where it is empty, as it came and without white space at its ends. */
export interface Text {
  text: string;
  trimmed: string;
  traits: TextTraits;
}

/** What a spreadsheet leaves where a value was. */
export const SPREADSHEET_ERROR =
  "#(REF!|N/A|VALUE!|NAME\\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|#+)";
/** 1.23E+15: an id that a spreadsheet took for a number. */
export const SCIENTIFIC = "[+-]?\\d+([.,]\\d+)?[eE]\\+\\d{1,3}";

/** The cell after recoding, null where it is empty or says so. */
export function presentText(
  cell: string,
  {recode}: ColumnSpec,
  {format: {empty = []}, traits}: TypingContext
): Text {
  const present = empty.reduce((sql, word) => `nullif(${sql}, ${literal(word)})`, cell);
  const isRecoded = recode !== undefined && Object.keys(recode).length > 0;
  const cases = Object.entries(recode ?? {}).map(
    ([from, to]) => `when ${literal(from)} then ${to === "" ? "null" : literal(to)}`
  );
  const text = isRecoded ? `case ${present} ${cases.join(" ")} else ${present} end` : present;
  const known = isRecoded ? ALL_TRAITS : traits;
  return {text, trimmed: known.spaces ? `trim(${text}, ' \t')` : text, traits: known};
}

/** A cell is bad when it is filled but its typed value is null. */
export function checked(value: string, text: string, expected: string): TypedColumn {
  return {value, bad: `(${text} is not null and (${value}) is null)`, expected};
}

/**
 * Text as it came. One thing is undone: the ' that export tools put before = + - @ so that a spreadsheet does not take
 * the text for a formula.
 */
export function freeText({text, traits}: Text, {short_id}: ColumnSpec): TypedColumn {
  const bare = traits.guards ? unguarded(text, "=+@\\t\\r-") : text;
  return {
    value: short_id ? shortId(bare) : bare,
    ...(traits.lost ? {bad: isLost(text)} : {}),
    expected: "text, not a word for no value"
  };
}

/** An id: trimmed, the spreadsheet's ' before digits undone; what a spreadsheet makes of long ids is bad. */
export function id({trimmed, traits}: Text, {length, short_id}: ColumnSpec): TypedColumn {
  const bare = traits.guards ? unguarded(trimmed, "=+@\\t\\r0-9-") : trimmed;
  const lengths = length === undefined ? [] : [length].flat();
  const faults = [
    ...(traits.lost ? [isLost(trimmed)] : []),
    ...(traits.mangled ? [isMangled(bare)] : []),
    ...(lengths.length > 0 ? [`(length(${bare}) not in (${lengths.join(", ")}))`] : [])
  ];
  const kept = short_id ? shortId(bare) : bare;
  return {
    value: traits.spaces || traits.guards ? `nullif(${kept}, '')` : kept,
    ...(faults.length > 0 ? {bad: `coalesce(${faults.join(" or ")}, false)`} : {}),
    expected:
      lengths.length > 0 ? `an id of ${lengths.join(" or ")} characters` : "an id as the CRM writes it"
  };
}

/**
 * The last three characters of the long form only guard against a lost case: AAA where there is no capital, so that 18
 * digits are never one. Names that stand for ids in reports have blanks and stay whole.
 */
function shortId(text: string): string {
  return `case when length(${text}) = 18 and regexp_full_match(${text}, '[A-Za-z0-9]{15}[A-Z0-5]{3}')
      and not regexp_full_match(${text}, '\\d{18}') then left(${text}, 15) else ${text} end`;
}

function unguarded(text: string, guarded: string): string {
  return `case when starts_with(${text}, '''') and regexp_matches(${text}, '^''[${guarded}]') then substr(${text}, 2) else ${text} end`;
}

function isMangled(id: string): string {
  return `((contains(${id}, '+') and regexp_full_match(${id}, ${literal(SCIENTIFIC)}))
      or (ends_with(${id}, '0') and regexp_full_match(${id}, '\\d+\\.0+|\\d{15}0{3,}')))`;
}

function isLost(text: string): string {
  const words = NO_VALUE_WORDS.map((word) => literal(word)).join(", ");
  return `coalesce((starts_with(${text}, '#') and regexp_full_match(${text}, ${literal(SPREADSHEET_ERROR)})) or ${text} in (${words}), false)`;
}
