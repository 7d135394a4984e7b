/** Days as integers (days since 1970-01-01) and the fiscal periods they lie in. */

const DAY_MS = 86_400_000;

/** Day number of an ISO day. @example dayOf("1970-01-02") // 1 */
export function dayOf(iso: string): number {
  const at = Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at)) throw new RangeError(`expected an ISO day, got ${JSON.stringify(iso)}`);
  return Math.round(at / DAY_MS);
}

/** ISO day of a day number. */
export function isoOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** First and last day of a period. */
export interface Span {
  from: number;
  to: number;
}

/** The fiscal quarter or month that holds a day; `ahead` periods later. @param firstMonth 1..12, of the fiscal year */
export function fiscalPeriod(day: number, grain: "month" | "quarter", firstMonth: number, ahead = 0): Span {
  const date = new Date(day * DAY_MS);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const length = grain === "quarter" ? 3 : 1;
  const start = month - ((((month - (firstMonth - 1)) % length) + length) % length) + ahead * length;
  return {from: firstOfMonth(start), to: firstOfMonth(start + length) - 1};
}

function firstOfMonth(index: number): number {
  return Date.UTC(Math.floor(index / 12), index % 12, 1) / DAY_MS;
}

/** Which week of its fiscal quarter a day lies in, 0..13, counted from the quarter's first day. */
export function weekOfQuarter(day: number, firstMonth: number): number {
  return Math.floor((day - fiscalPeriod(day, "quarter", firstMonth).from) / 7);
}

/** Whole weeks from a day to the end of its fiscal quarter, 0..13. */
export function weeksToQuarterEnd(day: number, firstMonth: number): number {
  return Math.floor((fiscalPeriod(day, "quarter", firstMonth).to - day) / 7);
}
