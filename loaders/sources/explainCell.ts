/** What probably happened to a bad cell and what to declare, told from its text and the type it should have. */
import type {ColumnType} from "../workspace/canonicalTables.ts";
import {didYouMean} from "../workspace/didYouMean.ts";
import type {FileFormat} from "../workspace/schema.ts";
import {ANY_SIGN, currencyOfSign, SHARED_SIGNS, signIn} from "./amountSigns.ts";
import {NO_VALUE} from "./noValue.ts";
import {SCIENTIFIC, SPREADSHEET_ERROR} from "./typedText.ts";

export interface CellStory {
  /** What happened, if the text tells. */
  what?: string;
  fix: string;
}

const GENERAL =
  "mend it in the export, declare its format in workspace.yaml, or raise reject_limit for this file";
const NO_SPREADSHEET = "export again and do not save the file from a spreadsheet";
const HAS_NO_VALUE = new RegExp(`^${NO_VALUE}$`, "i");

/** @param stages the names a stage may have; @param format the file's: what it declares of signs. */
export function explainCell(
  type: ColumnType,
  value: string | null,
  stages: readonly string[] = [],
  format: Pick<FileFormat, "currency_sign" | "signs"> = {}
): CellStory {
  const text = (value ?? "").trim();
  if (text === "")
    return {
      what: value ? "nothing but white space" : "the value is missing",
      fix: "fill it in the CRM, leave such records out with rows_with, or raise reject_limit for this file"
    };
  if (new RegExp(`^${SPREADSHEET_ERROR}$`).test(text))
    return {what: "a spreadsheet lost the value", fix: NO_SPREADSHEET};
  if (HAS_NO_VALUE.test(text))
    return {
      what: "a word for no value",
      fix: `declare format: {empty: [${JSON.stringify(text)}]} in workspace.yaml`
    };
  if (type === "id") return idStory(text);
  if (type === "date" || type === "timestamp") return timeStory(type, text);
  if (type === "money" || type === "number" || type === "integer" || type === "ratio")
    return numberStory(type, text, format);
  if (type === "stage") return stageStory(text, stages);
  return {fix: GENERAL};
}

function idStory(text: string): CellStory {
  if (new RegExp(`^${SCIENTIFIC}$`).test(text))
    return {
      what: "a spreadsheet turned the id into a rounded number; its digits are lost",
      fix: NO_SPREADSHEET
    };
  if (/^\d+\.0+$/.test(text))
    return {what: "a tool turned the id into a decimal number", fix: "export it as text"};
  if (/^\d{15}0{3,}$/.test(text))
    return {what: "a spreadsheet rounded the id to 15 digits", fix: NO_SPREADSHEET};
  if (/^\d+$/.test(text))
    return {what: "the id has another length: a spreadsheet may have dropped its zeros", fix: NO_SPREADSHEET};
  return {fix: "look at the record in the CRM; if such ids are right, change length in workspace.yaml"};
}

function timeStory(type: "date" | "timestamp", text: string): CellStory {
  const [date, ...rest] = text.split(/[T ]+/);
  const time = rest.length > 0 ? " %H:%M:%S" : "";
  const slashed = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(date!);
  if (slashed) return slashedStory(type, slashed, time);
  if (/^\d{5}([.,]\d+)?$/.test(text) && Number(text.replace(",", ".")) > 20_000)
    return {what: `a spreadsheet's day number, perhaps ${serialDay(text)}`, fix: NO_SPREADSHEET};
  if (/^\d{10}(\d{3})?$/.test(text))
    return {
      what: "a count of seconds or milliseconds",
      fix: "export the time as text (ISO 8601)"
    };
  if (/^\d{8}$/.test(text)) return {what: "digits only", fix: declare(type, "%Y%m%d")};
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})/.exec(text);
  if (iso && !isDay(Number(iso[1]), Number(iso[2]), Number(iso[3])))
    return {what: "no such day", fix: GENERAL};
  if (iso && /^\d{4}\/\d/.test(text)) return {fix: declare(type, `%Y/%m/%d${time}`)};
  if (iso && type === "date" && rest.length > 0)
    return {what: "a time where a date should be", fix: declare("date", `%Y-%m-%d${time}`)};
  if (iso)
    return {
      what: "the day is implausible, or the text is not quite ISO",
      fix: "mend it in the CRM; if it is right, declare format: {earliest: ..., latest: ...}, or empty: [...] if it stands for no date"
    };
  return {fix: declare(type, "...")};
}

/** 03/04/2024 has two readings, and nothing in the file says which. */
function slashedStory(type: "date" | "timestamp", parts: RegExpExecArray, time: string): CellStory {
  const [, first, mark, second, year] = parts;
  const y = year!.length === 4 ? "%Y" : "%y";
  const full = Number(year!.length === 4 ? year : `20${year}`);
  const dayFirst = isDay(full, Number(second), Number(first));
  const monthFirst = isDay(full, Number(first), Number(second));
  const european = `%d${mark}%m${mark}${y}${time}`;
  const american = `%m${mark}%d${mark}${y}${time}`;
  if (dayFirst && monthFirst)
    return {
      what: `two readings: ${inWords(full, Number(second), Number(first))} (${european}) or ${inWords(full, Number(first), Number(second))} (${american}); no format is declared`,
      fix: `declare format: {${type}: "${european}"} or {${type}: "${american}"} in workspace.yaml`
    };
  if (!dayFirst && !monthFirst) return {what: "no such day", fix: GENERAL};
  return {what: "no format is declared", fix: declare(type, dayFirst ? european : american)};
}

function numberStory(
  type: ColumnType,
  text: string,
  {currency_sign: declared, signs}: Pick<FileFormat, "currency_sign" | "signs">
): CellStory {
  if (/^\(.*\)$/.test(text) || /^[^\d(]{0,4}\(.*\)$/.test(text))
    return {
      what: "a number in parentheses",
      fix: "declare format: {negative: parentheses} if it means minus"
    };
  if (/\d\s*-$/.test(text))
    return {what: "a minus after the number", fix: "declare format: {negative: trailing_minus}"};
  const sign = signIn(text);
  if (
    sign !== undefined &&
    sign !== declared &&
    !(declared === ANY_SIGN && currencyOfSign(sign, "USD", sign, signs))
  )
    return signStory(sign, declared);
  if (/%$/.test(text))
    return {what: "a percent sign", fix: "export the bare number and declare divide_by: 100"};
  if (/[eE][+-]?\d+$/.test(text)) return {what: "a spreadsheet rounded the number", fix: NO_SPREADSHEET};
  if (/^[+-]?\d{1,3},\d{3}$/.test(text))
    return {
      what: `two readings: ${text.replace(",", "")} (thousands: ",") or ${text.replace(",", ".")} (decimal: ",")`,
      fix: 'declare format: {thousands: ","} or {decimal: ","} in workspace.yaml'
    };
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return {fix: 'declare format: {thousands: ","}'};
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d+$|^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(text))
    return {fix: 'declare format: {decimal: ",", thousands: "."}'};
  if (/^[+-]?\d+,\d+$/.test(text)) return {fix: 'declare format: {decimal: ","}'};
  if (/^[+-]?\d{1,3}([ '’\u00a0\u202f]\d{3})+([.,]\d+)?$/.test(text))
    return {what: "a mark between the thousands", fix: "declare format: {thousands: ...} and {decimal: ...}"};
  if (type === "money" && /^[+-]?\d+\.\d{3,}$/.test(text))
    return {
      what: "more than two decimals",
      fix: "declare round: true on the column if it may be rounded to cents"
    };
  return {fix: GENERAL};
}

function signStory(sign: string, declared?: string): CellStory {
  const shared = SHARED_SIGNS[sign];
  if (shared && declared !== undefined)
    return {
      what: "a sign that several currencies have",
      fix: `say which it is here: format: {currency_sign: any, signs: {${JSON.stringify(sign)}: ${shared[0]}}}, or ${shared.slice(1).join(", ")}; or write the code of three letters beside the amount`
    };
  if (declared === undefined)
    return {
      what: "a currency sign",
      fix: `declare format: {currency_sign: ${JSON.stringify(sign)}}, and map or set the currency`
    };
  return currencyOfSign(sign)
    ? {
        what: `a currency sign other than the declared ${declared}`,
        fix: "where its table has a currency, declare format: {currency_sign: any}: each row's currency is then the one that its amounts' signs say"
      }
    : {
        what: "a sign that no one currency has",
        fix: "write the currency's code of three letters beside the amount, such as JPY 1234.50, and declare format: {currency_sign: any}"
      };
}

function stageStory(text: string, stages: readonly string[]): CellStory {
  const near = didYouMean(text, stages);
  return {
    what: "no such stage in workspace.yaml",
    fix: near
      ? `if it is the stage "${near}", add it to its aliases; else add a stage`
      : "add the stage to its pipeline, or add this spelling to a stage's aliases"
  };
}

function declare(type: "date" | "timestamp", format: string): string {
  return `declare format: {${type}: "${format}"} in workspace.yaml`;
}

function serialDay(text: string): string {
  const days = Math.floor(Number(text.replace(",", ".")));
  return new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10);
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function inWords(year: number, month: number, day: number): string {
  const options = {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"} as const;
  return new Intl.DateTimeFormat("en-GB", options).format(new Date(Date.UTC(year, month - 1, day)));
}
