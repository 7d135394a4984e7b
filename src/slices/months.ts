/** Months as numbers since year 0, so that they can be counted. */
import {dayNumber, isoDay} from "./facts.js";

/** Months since year 0 of a day number. */
export function monthOf(day: number): number {
  const iso = isoDay(day);
  return Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
}

/** First day of a month, ISO. */
export function monthStart(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}-01`;
}

/** First and last day of a month, ISO. */
export function monthSpan(month: number): {from: string; to: string} {
  return {from: monthStart(month), to: isoDay(dayNumber(monthStart(month + 1)) - 1)};
}
