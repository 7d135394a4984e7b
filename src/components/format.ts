/**
 * The one module that turns numbers into words. Pure; a null is always "not enough data". Digits are grouped
 * by a narrow no-break space, so that a figure never wraps; minus is the typographic one (U+2212).
 */

import {NONE} from "../slices/select.js";

/** What a value measures. A ratio is 0..1, a multiple 2.4 is "2.4×", days may be fractional, a date is an ISO string. */
export type Unit = "money" | "ratio" | "multiple" | "days" | "count" | "date" | "text";

/** A value a component can show. Null means that there is not enough data for it. */
export type Value = number | string | null;

export interface MoneyOptions {
  /** All digits, as a table needs; otherwise at most three significant ones. */
  exact?: boolean;
  /** With `exact`: cents always (2) or never (0). Default: only when there are any. */
  decimals?: 0 | 2;
}

export const NOT_ENOUGH_DATA = "not enough data";
const GROUP = "\u202f";
const MINUS = "\u2212";
const SYMBOLS: Record<string, string> = {USD: "$", EUR: "€", GBP: "£", JPY: "¥", INR: "₹", KRW: "₩"};
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SCALES: [number, string][] = [
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"]
];

/**
 * An amount with its currency: "$1.24 M", "CHF 845", exact "$1 240 000.50".
 * @param value in units of the currency, not thousands or cents
 * @param currency ISO 4217 code; null when amounts of several currencies are not converted (no symbol then)
 * @throws RangeError when the value is not finite
 * @example money(1240000, "USD") // "$1.24 M"
 */
export function money(
  value: number | null,
  currency: string | null = null,
  options: MoneyOptions = {}
): string {
  if (value === null) return NOT_ENOUGH_DATA;
  finite("money", value);
  const size = Math.abs(value);
  const figure = options.exact ? exactFigure(size, options.decimals) : shortFigure(size);
  const symbol = currency === null ? "" : (SYMBOLS[currency] ?? `${currency}${GROUP}`);
  return `${value < 0 && /[1-9]/.test(figure) ? MINUS : ""}${symbol}${figure}`;
}

/**
 * A share of 0..1 as percent; one decimal under 10%, and never rounded onto 0% or 100%.
 * @throws RangeError when the value is not finite
 * @example percent(0.314) // "31%"
 */
export function percent(value: number | null): string {
  if (value === null) return NOT_ENOUGH_DATA;
  finite("percent", value);
  // Nine digits: what falls short of all by the last bits of floating point is all.
  const size = Number((Math.abs(value) * 100).toPrecision(9));
  const sign = value < 0 ? MINUS : "";
  if (size > 0 && size < 0.05) return `${sign}<0.1%`;
  if (size < 100 && size >= 99.5) return value < 0 ? `<${MINUS}99%` : ">99%";
  return `${sign}${size < 9.95 ? trimmed(size.toFixed(1)) : grouped(size.toFixed(0))}%`;
}

/**
 * A duration in days: "45 d", "4.5 d" under ten.
 * @throws RangeError when the value is not finite
 */
export function days(value: number | null): string {
  if (value === null) return NOT_ENOUGH_DATA;
  finite("days", value);
  const size = Math.abs(value);
  return `${value < 0 ? MINUS : ""}${size < 9.95 ? trimmed(size.toFixed(1)) : grouped(size.toFixed(0))}${GROUP}d`;
}

/**
 * A number of things, all digits; one decimal when it is not whole (an average).
 * @throws RangeError when the value is not finite
 * @example count(1234) // "1 234"
 */
export function count(value: number | null): string {
  if (value === null) return NOT_ENOUGH_DATA;
  finite("count", value);
  const size = Math.abs(value);
  return `${value < 0 ? MINUS : ""}${grouped(Number.isInteger(size) ? String(size) : size.toFixed(1))}`;
}

/**
 * A day in UTC.
 * @param value ISO date or timestamp
 * @throws RangeError when it is not one
 * @example date("2017-12-31") // "31 Dec 2017"
 */
export function date(value: string | Date | null): string {
  if (value === null) return NOT_ENOUGH_DATA;
  const at = day(value);
  return `${at.getUTCDate()} ${month(at)}`;
}

/** A month in UTC: "Dec 2017". Same input as {@link date}. */
export function month(value: string | Date | null): string {
  if (value === null) return NOT_ENOUGH_DATA;
  const at = day(value);
  return `${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** How many times: "2.4×", "12×". @throws RangeError when the value is not finite */
export function multiple(value: number | null): string {
  if (value === null) return NOT_ENOUGH_DATA;
  finite("multiple", value);
  return `${trimmed(value.toFixed(Math.abs(value) < 9.95 ? 1 : 0))}×`;
}

/**
 * A difference with its sign; a difference of ratios is in percentage points ("+4 pts"), none is "no change".
 * @throws RangeError when the value is not finite
 */
export function signed(delta: number | null, unit: Unit = "count", currency: string | null = null): string {
  if (delta === null) return NOT_ENOUGH_DATA;
  finite("signed", delta);
  const size = Math.abs(delta);
  const words =
    unit === "ratio"
      ? `${trimmed((size * 100).toFixed(size < 0.0995 ? 1 : 0))} pts`
      : formatValue(size, unit, currency);
  if (!/[1-9]/.test(words)) return "no change";
  return `${delta < 0 ? MINUS : "+"}${words}`;
}

/**
 * Any value by its unit. Money is short; tables ask for {@link money} with `exact`.
 * @throws RangeError when a number is not finite or a date is not ISO
 */
export function formatValue(value: Value, unit: Unit, currency: string | null = null): string {
  if (value === null) return NOT_ENOUGH_DATA;
  if (unit === "text") return String(value);
  if (unit === "date") return date(String(value));
  const number = Number(value);
  if (unit === "money") return money(number, currency);
  if (unit === "ratio") return percent(number);
  if (unit === "multiple") return multiple(number);
  return unit === "days" ? days(number) : count(number);
}

/** Parses an ISO date or timestamp as UTC. @throws RangeError when it is not one */
export function day(value: string | Date): Date {
  const at = value instanceof Date ? value : new Date(/^\d{4}-\d{2}$/.test(value) ? `${value}-01` : value);
  if (Number.isNaN(at.getTime())) throw new RangeError(`expected an ISO date, got ${JSON.stringify(value)}`);
  return at;
}

function finite(name: string, value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${name} requires a finite number or null, got ${value}`);
}

/** Three significant digits; rounding may carry into the next scale (999 950 is "1 M"). */
function shortFigure(size: number): string {
  const rounded = Number(size.toPrecision(3));
  for (const [scale, letter] of SCALES) {
    if (rounded >= scale)
      return `${grouped(String(Number((rounded / scale).toPrecision(12))))}${GROUP}${letter}`;
  }
  return rounded < 10 ? trimmed(rounded.toFixed(2)) : rounded.toFixed(0);
}

function exactFigure(size: number, decimals?: 0 | 2): string {
  const cents = Math.round(size * 100) % 100 !== 0;
  return grouped(size.toFixed(decimals ?? (cents ? 2 : 0)));
}

function grouped(digits: string): string {
  const [whole = "", fraction] = digits.split(".");
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, GROUP);
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}

function trimmed(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

/** A word of a dimension; what has none is "no region". */
export function named(word: string, dimension: string): string {
  return word === NONE ? `no ${dimension.toLowerCase()}` : word;
}

/** Words with a capital first letter, as labels have it. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Words as a sentence: a capital and a full stop. */
export function sentence(words: string): string {
  return `${capitalised(words)}.`;
}
