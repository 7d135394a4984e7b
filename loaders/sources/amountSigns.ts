/** What stands before or after an amount and says its currency: a sign, or a code of three letters. */
import {literal} from "../engine/sqlText.ts";
import {checked, type Text, type TypedColumn} from "./typedText.ts";

/** `currency_sign` of a column whose amounts are in several currencies. */
export const ANY_SIGN = "any";
/** SQL pattern of any sign or code. */
export const ANY_SIGN_PATTERN = "([A-Z]{0,3}\\p{Sc}|[A-Z]{3})";
/** SQL pattern of blanks, those that do not break a line too: spreadsheets put them into amounts. */
export const BLANK = "[ \\t\\x{a0}\\x{202f}]";

const SIGNS: Readonly<Record<string, string>> = {"€": "EUR", "£": "GBP", US$: "USD"};
const DOLLARS = ["USD", "CAD", "AUD", "NZD", "SGD", "HKD"];
const CODES = new Set(Intl.supportedValuesOf("currency"));

/** The currency a sign or code stands for; a dollar is the base currency's where that is one. Undefined for other words. */
export function currencyOfSign(sign: string, base = "USD"): string | undefined {
  if (sign === "$") return DOLLARS.includes(base) ? base : "USD";
  return SIGNS[sign] ?? (CODES.has(sign) ? sign : undefined);
}

/** SQL of what is left of an amount without its number. */
export function signOf(cell: string): string {
  return `regexp_replace(${cell}, ${literal(`[\\d.,'’()+-]|${BLANK}`)}, '', 'g')`;
}

/** The currency that an amount's text names; null where it names none. */
export function currencyInAmount({text, trimmed}: Text, base: string): TypedColumn {
  const sign = signOf(trimmed);
  const signs = ["$", ...Object.keys(SIGNS)].map(
    (each) => `when ${literal(each)} then ${literal(currencyOfSign(each, base))}`
  );
  const codes = [...CODES].map(literal).join(", ");
  const value = `case ${sign} ${signs.join(" ")} else case when ${sign} in (${codes}) then ${sign} end end`;
  const {bad, ...typed} = checked(
    value,
    text,
    "an amount with a currency's sign or code, such as EUR 1234.50"
  );
  return {...typed, bad: `(${sign} <> '' and ${bad})`};
}
