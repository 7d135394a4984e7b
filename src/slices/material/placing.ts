/** When demand falls: weeks of winning, months of need, weeks of production. Days are numbers since 1970-01-01. */
import {dayNumber} from "../facts.js";
import {monthOf} from "../months.js";
import type {Offsets, PlanOrder} from "./planningData.js";

/** Middle day of the k-th week after a day, from 1: where what happens in the week is placed. */
export function middleOf(week: number, asOf: number): number {
  return asOf + 7 * week - 3;
}

/** Chance to be won in the k-th week, from 1; 0 where chances reach no further. */
export function wonIn(won: readonly number[], week: number): number {
  if (week > won.length) return 0;
  return won[week - 1]! - (week > 1 ? won[week - 2]! : 0);
}

/**
 * How many of the next weeks hold deals for which material must be ordered before they are won and within `days`: a deal won in
 * week k needs its material `materialDays` later, and the supplier takes `leadDays`.
 */
export function weeksToDecide(leadDays: number, materialDays: number, days: number, nWeeks: number): number {
  // A deal that is won before its material must be ordered can wait for its order.
  if (leadDays <= materialDays) return 0;
  let week = 0;
  while (week < nWeeks && middleOf(week + 1, 0) + materialDays - leadDays <= days) week++;
  return week;
}

/**
 * Shares of a stretch of days (both included) that fall into each of n weeks, the first beginning on `weekOne`; what lies
 * before or after them is in none.
 */
export function sharesByWeek(from: number, to: number, weekOne: number, n: number): number[] {
  const length = Math.max(1, to - from + 1);
  return Array.from({length: n}, (_, i) => {
    const first = weekOne + 7 * i;
    const days = Math.min(to, first + 6) - Math.max(from, first) + 1;
    return Math.max(0, days) / length;
  });
}

/** Shares of all hours of an order's lines by week; they sum to what is still to be worked, 0..1. */
export function orderShares(
  {buildFrom, buildTo, buildShare}: PlanOrder,
  asOf: number,
  nWeeks: number
): number[] {
  return sharesByWeek(dayNumber(buildFrom), dayNumber(buildTo), asOf + 1, nWeeks).map(
    (share) => share * buildShare
  );
}

/** Shares of a deal's hours by week when it is won in the k-th week. */
export function dealShares(
  week: number,
  asOf: number,
  {materialDays, productionDays}: Pick<Offsets, "materialDays" | "productionDays">,
  nWeeks: number
): number[] {
  const from = middleOf(week, asOf) + materialDays + 1;
  return sharesByWeek(from, from + productionDays - 1, asOf + 1, nWeeks);
}

/** Index of the month that holds a day, counted from the month of `asOf`; days before count as now. */
export function monthsAhead(day: number, asOf: number): number {
  return Math.max(0, monthOf(day) - monthOf(asOf));
}
