/**
 * The SQL that turns one text column into a typed one: its value, when a cell is bad, and what was expected. Nothing
 * is guessed: a text that does not have the declared form is bad, never null.
 */

import {literal} from "../engine/sqlText.ts";
import type {ColumnType} from "../workspace/canonicalTables.ts";
import {type ColumnSpec, type FileFormat, FORECAST_CATEGORIES, type Workspace} from "../workspace/schema.ts";
import {stageSpellings} from "../workspace/stageSpellings.ts";
import {integer, money, number} from "./typedNumbers.ts";
import {
  checked,
  freeText,
  id,
  presentText,
  type Text,
  type TypedColumn,
  type TypingContext
} from "./typedText.ts";
import {date, timestamp} from "./typedTimes.ts";

const TRUE_VALUES = ["true", "t", "yes", "y", "1"];
const FALSE_VALUES = ["false", "f", "no", "n", "0"];

/** Types the text column `cell` (SQL) as `type`, by the column's own declarations, then the file's. */
export function typedColumn(
  type: ColumnType,
  cell: string,
  spec: ColumnSpec,
  context: TypingContext
): TypedColumn {
  const text = presentText(cell, spec, context);
  switch (type) {
    case "text":
      if (spec.read_as) return plainText(typedColumn(spec.read_as, cell, spec, context));
      return spec.date === undefined ? freeText(text, spec) : plainText(date(text, spec, context));
    case "id":
      return id(text, spec);
    case "money":
      return money(text, spec, context.format);
    case "number":
    case "ratio":
      return number(type, text, spec, context.format);
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
      return oneOf(`lower(${text.trimmed})`, text, ["open", "won", "lost"]);
    case "category":
      return oneOf(`replace(lower(${text.trimmed}), ' ', '_')`, text, FORECAST_CATEGORIES);
  }
}

function boolean(
  {text, trimmed}: Text,
  {true_values = TRUE_VALUES, false_values = FALSE_VALUES}: FileFormat
): TypedColumn {
  const list = (words: readonly string[]) => words.map((word) => literal(word.toLowerCase())).join(", ");
  const value = `case when lower(${trimmed}) in (${list(true_values)}) then true
    when lower(${trimmed}) in (${list(false_values)}) then false end`;
  return checked(value, text, `one of ${[...true_values, ...false_values].join(", ")}`);
}

/** A day or an amount within a text column, such as the new value in a change log, as every log writes it. */
function plainText({value, ...rest}: TypedColumn): TypedColumn {
  return {...rest, value: `cast(${value} as varchar)`};
}

/** The id of a declared stage, from its id, name or alias, spelled exactly. */
function stage({text, trimmed}: Text, {pipelines}: Workspace): TypedColumn {
  const stages = pipelines.flatMap((pipeline) => pipeline.stages);
  const spellings = stageSpellings({pipelines});
  const cases = [...spellings].map(([from, to]) => `when ${literal(from)} then ${literal(to)}`);
  const value = `case ${trimmed} ${cases.join(" ")} end`;
  return checked(value, text, `a stage of workspace.yaml: ${stages.map(({id}) => id).join(", ")}`);
}

function oneOf(value: string, {text}: Text, known: readonly string[]): TypedColumn {
  const list = known.map((word) => literal(word)).join(", ");
  return checked(`case when ${value} in (${list}) then ${value} end`, text, `one of ${known.join(", ")}`);
}
