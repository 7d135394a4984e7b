/** SQL of numbers from text: money exact to the cent, whole numbers, plain numbers and shares. */
import {literal} from "../engine/sqlText.ts";
import type {ColumnSpec, FileFormat} from "../workspace/schema.ts";
import {ANY_SIGN, anySignPattern, BLANK} from "./amountSigns.ts";
import {checked, type Text, type TypedColumn} from "./typedText.ts";

/** Money is exact: more than two decimals is refused unless the column is declared `round: true`. */
export function money({text, trimmed}: Text, spec: ColumnSpec, format: FileFormat): TypedColumn {
  const exact = `try_cast(${plainNumber(trimmed, format)} as decimal(28, 8))`;
  const scaled = `(${exact} * ${exactFactor(spec)})`;
  const cents = `try_cast(${scaled} as decimal(18, 2))`;
  const careful = spec.round ? cents : `case when ${scaled} = ${cents} then ${cents} end`;
  const isPlain = exactFactor(spec) === "1" && format.decimal !== "," && !format.thousands;
  // DECIMAL(28, 8) costs a hundred times as much as DECIMAL(18, 2): the usual form takes the short way.
  const value = isPlain
    ? `case when regexp_full_match(${trimmed}, '[+-]?\\d{1,16}(\\.\\d{1,2})?') then try_cast(${trimmed} as decimal(18, 2))
    else ${careful} end`
    : careful;
  return checked(value, text, `an amount such as ${numberInWords(format)}, at most two decimals`);
}

/** A plain number, or a share from 0 to 1. */
export function number(
  type: "number" | "ratio",
  {text, trimmed}: Text,
  spec: ColumnSpec,
  format: FileFormat
): TypedColumn {
  const parsed = `try_cast(${plainNumber(trimmed, format)} as double)`;
  const scaled = `(${parsed}${spec.divide_by ? ` / ${spec.divide_by}` : ""}${spec.multiply_by ? ` * ${spec.multiply_by}` : ""})`;
  const value = spec.invert ? `(1 / nullif(${scaled}, 0))` : scaled;
  const finite = `case when isfinite(${value}) then ${value} end`;
  if (type === "number") return checked(finite, text, `a number such as ${numberInWords(format)}`);
  const inRange = `case when ${value} between 0 and 1 then ${value} end`;
  return checked(inRange, text, `a share from 0 to ${spec.divide_by ?? 1}`);
}

/** A whole number; 3.00 is one, 3.5 is not. */
export function integer({text, trimmed}: Text, format: FileFormat): TypedColumn {
  const plain = plainNumber(trimmed, format);
  const whole = `regexp_replace(${plain}, '\\.0+$', '')`;
  const value = `case when regexp_full_match(${whole}, '[+-]?\\d+') then try_cast(${whole} as bigint) end`;
  return checked(value, text, "a whole number");
}

/** Marks that are written in several ways, as patterns. */
const SEVERAL: Readonly<Record<string, string>> = {" ": BLANK, "'": "['’]"};

/** The number as text that DECIMAL can read, null when it has not the declared form. */
function plainNumber(trimmed: string, format: FileFormat): string {
  const {decimal = ".", thousands = ""} = format;
  const cell = unsigned(trimmed, format);
  const mark = decimal === "." ? "\\." : ",";
  const several = SEVERAL[thousands];
  const group = several ?? (thousands === "." ? "\\." : thousands);
  const whole = group === "" ? "\\d+" : `(\\d{1,3}(${group}\\d{3})+|\\d+)`;
  const form = `[+-]?${whole}(${mark}\\d+)?`;
  const ungrouped = several
    ? `regexp_replace(${cell}, ${literal(several)}, '', 'g')`
    : thousands === ""
      ? cell
      : `replace(${cell}, ${literal(thousands)}, '')`;
  const dotted = decimal === "," ? `replace(${ungrouped}, ',', '.')` : ungrouped;
  return `case when regexp_full_match(${cell}, ${literal(form)}) then ${dotted} end`;
}

/** Takes a declared currency sign away and puts a declared form of minus in front. */
function unsigned(trimmed: string, {currency_sign, signs, negative}: FileFormat): string {
  const sign =
    currency_sign === ANY_SIGN
      ? anySignPattern(signs)
      : currency_sign?.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const bare = (cell: string) =>
    sign
      ? `regexp_replace(${cell}, ${literal(`^([+-]?)${BLANK}*${sign}${BLANK}*|${BLANK}*${sign}$`)}, '\\1')`
      : cell;
  const cell = bare(trimmed);
  if (negative === "parentheses")
    return `case when ${cell} like '(%)' then '-' || ${bare(`substr(${cell}, 2, length(${cell}) - 2)`)} else ${cell} end`;
  if (negative === "trailing_minus")
    return `case when ${cell} like '%-' then '-' || rtrim(left(${cell}, -1)) else ${cell} end`;
  return cell;
}

function numberInWords({decimal = ".", thousands = ""}: FileFormat): string {
  return `${thousands === "" ? "1234" : `1${thousands}234`}${decimal}50`;
}

/** divide_by is a power of ten, so the factor is an exact decimal literal; dividing would go through floats. */
function exactFactor({divide_by, multiply_by = 1}: ColumnSpec): string {
  const zeros = String(divide_by ?? 1).length - 1;
  if (zeros === 0) return String(multiply_by);
  const digits = String(multiply_by).padStart(zeros + 1, "0");
  return `${digits.slice(0, -zeros)}.${digits.slice(-zeros)}`;
}
