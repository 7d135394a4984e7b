/**
 * The SQL that turns one text column into a typed one: its value, when a cell is bad, and what was expected. Nothing
 * is guessed: a text that does not have the declared form is bad, never null.
 */

import {literal} from "../engine/sqlText.ts";
import type {ColumnType} from "../workspace/canonicalTables.ts";
import {type ColumnSpec, type FileFormat, FORECAST_CATEGORIES, type Workspace} from "../workspace/schema.ts";
import {stageSpellings} from "../workspace/stageSpellings.ts";

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
}

const TRUE_VALUES = ["true", "t", "yes", "y", "1"];
const FALSE_VALUES = ["false", "f", "no", "n", "0"];
const ISO_DATE = "^\\d{4}-\\d{2}-\\d{2}([T ]00:00(:00(\\.0+)?)?(Z|[+-]00:?00)?)?$";
const ISO_TIMESTAMP =
  "^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?)?\\s*(Z|[+-]\\d{2}(:?\\d{2})?)?$";

/** Types the text column `cell` (SQL) as `type`, by the column's own declarations, then the file's. */
export function typedColumn(
  type: ColumnType,
  cell: string,
  spec: ColumnSpec,
  context: TypingContext
): TypedColumn {
  const text = presentText(cell, spec, context.format);
  switch (type) {
    case "text":
      return {value: text, expected: "text"};
    case "id":
      return {value: `nullif(trim(${text}), '')`, expected: "an id"};
    case "money":
      return money(text, spec, context.format);
    case "number":
    case "ratio":
      return ratioOrNumber(type, text, spec, context.format);
    case "integer":
      return integer(text, context.format);
    case "date":
      return date(text, spec, context);
    case "timestamp":
      return timestamp(text, spec, context);
    case "boolean":
      return boolean(text, context.format);
    case "stage":
      return stage(text, context.config);
    case "outcome":
      return oneOf(`lower(trim(${text}))`, text, ["open", "won", "lost"]);
    case "category":
      return oneOf(`replace(lower(trim(${text})), ' ', '_')`, text, FORECAST_CATEGORIES);
  }
}

/** The cell after recoding, null where it is empty or says so. */
function presentText(cell: string, {recode}: ColumnSpec, {empty = []}: FileFormat): string {
  const present = ["", ...empty].reduce((sql, word) => `nullif(${sql}, ${literal(word)})`, cell);
  if (!recode || Object.keys(recode).length === 0) return present;
  const cases = Object.entries(recode).map(([from, to]) => `when ${literal(from)} then ${literal(to)}`);
  return `case ${present} ${cases.join(" ")} else ${present} end`;
}

/** A cell is bad when it is filled but its typed value is null. */
function checked(value: string, text: string, expected: string): TypedColumn {
  return {value, bad: `(${text} is not null and (${value}) is null)`, expected};
}

/** The number as text that DECIMAL can read, null when it has not the declared form. */
function plainNumber(text: string, {decimal = ".", thousands = ""}: FileFormat): string {
  const mark = decimal === "." ? "\\." : ",";
  const group = thousands === "" ? "" : thousands === "." ? "\\." : thousands;
  const whole = group === "" ? "\\d+" : `(\\d{1,3}(${group}\\d{3})+|\\d+)`;
  const form = `^[+-]?${whole}(${mark}\\d+)?$`;
  const ungrouped = thousands === "" ? `trim(${text})` : `replace(trim(${text}), ${literal(thousands)}, '')`;
  const dotted = decimal === "," ? `replace(${ungrouped}, ',', '.')` : ungrouped;
  return `case when regexp_matches(trim(${text}), ${literal(form)}) then ${dotted} end`;
}

function numberInWords({decimal = ".", thousands = ""}: FileFormat): string {
  return `${thousands === "" ? "1234" : `1${thousands}234`}${decimal}50`;
}

/** Money is exact: more than two decimals is refused unless the column is declared `round: true`. */
function money(text: string, spec: ColumnSpec, format: FileFormat): TypedColumn {
  const exact = `try_cast(${plainNumber(text, format)} as decimal(28, 8))`;
  const scaled = `(${exact} * ${exactFactor(spec)})`;
  const cents = `try_cast(${scaled} as decimal(18, 2))`;
  const value = spec.round ? cents : `case when ${scaled} = ${cents} then ${cents} end`;
  return checked(value, text, `an amount such as ${numberInWords(format)}, at most two decimals`);
}

/** divide_by is a power of ten, so the factor is an exact decimal literal; dividing would go through floats. */
function exactFactor({divide_by, multiply_by = 1}: ColumnSpec): string {
  const zeros = String(divide_by ?? 1).length - 1;
  if (zeros === 0) return String(multiply_by);
  const digits = String(multiply_by).padStart(zeros + 1, "0");
  return `${digits.slice(0, -zeros)}.${digits.slice(-zeros)}`;
}

function ratioOrNumber(
  type: "number" | "ratio",
  text: string,
  spec: ColumnSpec,
  format: FileFormat
): TypedColumn {
  const parsed = `try_cast(${plainNumber(text, format)} as double)`;
  const scaled = `(${parsed}${spec.divide_by ? ` / ${spec.divide_by}` : ""}${spec.multiply_by ? ` * ${spec.multiply_by}` : ""})`;
  const value = spec.invert ? `(1 / nullif(${scaled}, 0))` : scaled;
  if (type === "number") return checked(value, text, `a number such as ${numberInWords(format)}`);
  const inRange = `case when ${value} between 0 and 1 then ${value} end`;
  return checked(inRange, text, `a share from 0 to ${spec.divide_by ?? 1}`);
}

function integer(text: string, format: FileFormat): TypedColumn {
  const exact = `try_cast(${plainNumber(text, format)} as decimal(38, 10))`;
  const value = `case when ${exact} = try_cast(${exact} as bigint) then try_cast(${exact} as bigint) end`;
  return checked(value, text, "a whole number");
}

function date(text: string, spec: ColumnSpec, {format}: TypingContext): TypedColumn {
  const declared = spec.date ?? format.date;
  if (declared) {
    const value = `cast(try_strptime(trim(${text}), ${literal(declared)}) as date)`;
    return checked(value, text, `a date in the declared format ${declared}`);
  }
  const iso = `case when regexp_matches(trim(${text}), ${literal(ISO_DATE)}) then left(trim(${text}), 10) end`;
  return checked(
    `try_cast(${iso} as date)`,
    text,
    "a date as YYYY-MM-DD, or a format declared in workspace.yaml"
  );
}

/** UTC. A text with an offset is converted; one without is local time of the workspace. */
function timestamp(text: string, spec: ColumnSpec, {format, config}: TypingContext): TypedColumn {
  const declared = spec.timestamp ?? spec.date ?? format.timestamp;
  const zone = literal(config.time_zone);
  if (declared) {
    const parsed = `try_strptime(trim(${text}), ${literal(declared)})`;
    const utc = /%z|%Z/.test(declared)
      ? `timezone('UTC', ${parsed}::timestamptz)`
      : `timezone('UTC', timezone(${zone}, ${parsed}))`;
    return checked(utc, text, `a time in the declared format ${declared}`);
  }
  const trimmed = `trim(${text})`;
  const iso = `case when regexp_matches(${trimmed}, ${literal(ISO_TIMESTAMP)}) then ${trimmed} end`;
  const withColon = `regexp_replace(${iso}, '([+-]\\d{2})(\\d{2})$', '\\1:\\2')`;
  const value = `case when regexp_matches(substr(${trimmed}, 11), '(Z|[+-]\\d{2}(:?\\d{2})?)$')
    then timezone('UTC', try_cast(${withColon} as timestamptz))
    else timezone('UTC', timezone(${zone}, try_cast(${iso} as timestamp))) end`;
  return checked(value, text, "a time as YYYY-MM-DDTHH:MM:SSZ, or a format declared in workspace.yaml");
}

function boolean(
  text: string,
  {true_values = TRUE_VALUES, false_values = FALSE_VALUES}: FileFormat
): TypedColumn {
  const list = (words: readonly string[]) => words.map((word) => literal(word.toLowerCase())).join(", ");
  const value = `case when lower(trim(${text})) in (${list(true_values)}) then true
    when lower(trim(${text})) in (${list(false_values)}) then false end`;
  return checked(value, text, `one of ${[...true_values, ...false_values].join(", ")}`);
}

/** The id of a declared stage, from its id, name or alias, spelled exactly. */
function stage(text: string, {pipelines}: Workspace): TypedColumn {
  const stages = pipelines.flatMap((pipeline) => pipeline.stages);
  const spellings = stageSpellings({pipelines});
  const cases = [...spellings].map(([from, to]) => `when ${literal(from)} then ${literal(to)}`);
  const value = `case trim(${text}) ${cases.join(" ")} end`;
  return checked(value, text, `a stage of workspace.yaml: ${stages.map(({id}) => id).join(", ")}`);
}

function oneOf(value: string, text: string, known: readonly string[]): TypedColumn {
  const list = known.map((word) => literal(word)).join(", ");
  return checked(`case when ${value} in (${list}) then ${value} end`, text, `one of ${known.join(", ")}`);
}
