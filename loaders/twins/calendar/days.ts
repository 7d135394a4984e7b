/** Days as integers counted from 1970-01-01 UTC, seconds likewise, and their ISO texts. Covers 2010 to 2039. */

const FIRST = 14_610;
const LAST = 25_567;
const SIZE = LAST - FIRST + 1;
const ISO: string[] = new Array(SIZE);
const MONTH = new Int32Array(SIZE);
const MONTH_END = new Int32Array(SIZE);
const QUARTER_END = new Int32Array(SIZE);

for (let i = 0; i < SIZE; i++) {
  const date = new Date((FIRST + i) * 86_400_000);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  ISO[i] = date.toISOString().slice(0, 10);
  MONTH[i] = year * 12 + month;
  MONTH_END[i] = Date.UTC(year, month + 1, 0) / 86_400_000;
  QUARTER_END[i] = Date.UTC(year, month - (month % 3) + 3, 0) / 86_400_000;
}

const CLOCK: string[] = Array.from(
  {length: 1440},
  (_, minute) => `T${two(Math.floor(minute / 60))}:${two(minute % 60)}:`
);
const SECOND: string[] = Array.from({length: 60}, (_, second) => `${two(second)}.000Z`);

export type Day = number;

/** The day of an ISO date (YYYY-MM-DD). */
export function dayOf(iso: string): Day {
  return Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
}

/** YYYY-MM-DD. */
export function isoDay(day: Day): string {
  return ISO[day - FIRST]!;
}

/** YYYY-MM-DDTHH:MM:SS.000Z of seconds since 1970. */
export function isoStamp(second: number): string {
  const day = Math.floor(second / 86_400);
  const within = second - day * 86_400;
  return ISO[day - FIRST]! + CLOCK[Math.floor(within / 60)]! + SECOND[within % 60]!;
}

/** 0 Sunday to 6 Saturday. */
export function weekday(day: Day): number {
  return (day + 4) % 7;
}

/** Months counted from year 0: 2026-01 is 24312. */
export function monthOf(day: Day): number {
  return MONTH[day - FIRST]!;
}

/** The first day of a month so counted. */
export function monthStart(month: number): Day {
  return Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000;
}

/** YYYY-MM of a month so counted. */
export function isoMonth(month: number): string {
  return ISO[monthStart(month) - FIRST]!.slice(0, 7);
}

/** The last day of the day's month. */
export function monthEnd(day: Day): Day {
  return MONTH_END[day - FIRST]!;
}

/** The last day of the day's calendar quarter. */
export function quarterEnd(day: Day): Day {
  return QUARTER_END[day - FIRST]!;
}

/** The same day, or the Friday before it when it is on a weekend. */
export function workdayBefore(day: Day): Day {
  const at = weekday(day);
  return at === 0 ? day - 2 : at === 6 ? day - 1 : day;
}

/** The same day, or the Monday after it when it is on a weekend. */
export function workdayAfter(day: Day): Day {
  const at = weekday(day);
  return at === 0 ? day + 1 : at === 6 ? day + 2 : day;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
