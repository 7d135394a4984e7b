/** What stands before or after an amount and says its currency: a sign, or a code of three letters. */
import {literal} from "../engine/sqlText.ts";
import type {TypedColumn} from "./typedText.ts";

/** `currency_sign` of a column whose amounts are in several currencies. */
export const ANY_SIGN = "any";
/** Pattern, for SQL too, of blanks, those that do not break a line too: spreadsheets put them into amounts. */
export const BLANK = "[ \\t\u00a0\u202f]";

const SIGNS: Readonly<Record<string, string>> = {
  "€": "EUR",
  "£": "GBP",
  "₹": "INR",
  US$: "USD",
  CA$: "CAD",
  A$: "AUD",
  NZ$: "NZD",
  HK$: "HKD",
  R$: "BRL"
};
/** Currencies of which $ is the sign at home. */
const DOLLARS =
  "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU DOP CUP JMD TTD BBD BSD BZD BMD KYD BND FJD XCD NAD GYD LRD SBD SRD NIO".split(
    " "
  );
const CODES = new Set(Intl.supportedValuesOf("currency"));
/** Signs that several currencies have: which one is meant only a person can say, with `signs` in the file's format. */
export const SHARED_SIGNS: Readonly<Record<string, readonly string[]>> = {
  "¥": ["JPY", "CNY"],
  "￥": ["JPY", "CNY"],
  kr: ["DKK", "ISK", "NOK", "SEK"],
  Kr: ["DKK", "ISK", "NOK", "SEK"],
  "kr.": ["DKK", "ISK"]
};
/** A file's own meaning of signs, without the dot that may stand behind one: `{kr: "SEK"}`. */
export type OwnSigns = Readonly<Record<string, string>>;

const bare = (sign: string) => sign.replace(/\.$/, "");
const ownOf = (own: OwnSigns, sign: string) =>
  Object.entries(own).find(([each]) => bare(each) === bare(sign))?.[1];

/** SQL pattern of any sign or code whose currency is known, by itself or by `own`: ¥ alone is nobody's. */
export function anySignPattern(own: OwnSigns = {}): string {
  const ours = Object.keys(own).map((sign) => `${bare(sign).replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}\\.?`);
  const known = ["$", ...Object.keys(SIGNS), ...CODES].map((sign) => sign.replace("$", "\\$"));
  return `(${[...ours, ...known].join("|")})`;
}
const NUMBER = `[\\d.,'’()+-]|${BLANK}`;

/**
 * The currency a sign or code stands for; undefined for other words. A dollar is the base currency's where that is one, but
 * not under `any` where that has a sign of its own: who writes CA$ beside $ means US dollars. What `own` says goes before.
 */
export function currencyOfSign(
  sign: string,
  base = "USD",
  declared = sign,
  own: OwnSigns = {}
): string | undefined {
  const ours = ownOf(own, sign);
  if (ours !== undefined) return ours;
  if (sign === "$") {
    const isElse = declared === ANY_SIGN && Object.values(SIGNS).includes(base);
    return DOLLARS.includes(base) && !isElse ? base : "USD";
  }
  return SIGNS[sign] ?? (CODES.has(sign) ? sign : undefined);
}

/** SQL of what is left of an amount without its number. */
export function signOf(cell: string): string {
  return `regexp_replace(${cell}, ${literal(NUMBER)}, '', 'g')`;
}

/** The sign, of a known currency or not, or the code beside an amount's number; undefined where there is none. */
export function signIn(amount: string): string | undefined {
  const sign = amount.replaceAll(new RegExp(NUMBER, "gu"), "");
  if (!/\d/.test(amount) || !/^([A-Z]{0,3}\p{Sc}|[A-Z]{3}|kr)$/u.test(sign)) return undefined;
  return amount.includes("kr.") ? "kr." : sign;
}

/**
 * A row's currency: its own column's, or the one that its amounts' signs say. It is bad where these differ; $ is any
 * dollar's.
 */
export function signedCurrency(
  {value, bad}: TypedColumn,
  amounts: readonly string[],
  base: string,
  declared: string,
  own: OwnSigns = {}
): TypedColumn {
  const said = amounts.map((amount) => currencyInAmount(amount, base, declared, own));
  const currency = `coalesce(nullif(upper(trim(${value})), ''), ${said.join(", ")})`;
  const dollars = DOLLARS.map(literal).join(", ");
  const differs = amounts.map(
    (amount, i) =>
      `(${said[i]} <> ${currency} and not (${signOf(amount)} = '$' and ${currency} in (${dollars})))`
  );
  return {
    value: currency,
    bad: `coalesce(${[...(bad ? [bad] : []), ...differs].join(" or ")}, false)`,
    expected: "one currency: a row's own is that of its amounts' signs"
  };
}

/** SQL of the currency that an amount's text names; null where it names none. */
function currencyInAmount(amount: string, base: string, declared: string, own: OwnSigns): string {
  const sign = signOf(amount);
  const signs = [...Object.keys(own).map(bare), "$", ...Object.keys(SIGNS)].map(
    (each) => `when ${literal(each)} then ${literal(currencyOfSign(each, base, declared, own))}`
  );
  const codes = [...CODES].map(literal).join(", ");
  return `case ${sign} ${signs.join(" ")} else case when ${sign} in (${codes}) then ${sign} end end`;
}
