/** What was won each day of a history, and sums of it. */
import {closings, type PipelineHistory, WON} from "../history/pipelineHistory.ts";
import type {Measure} from "./bookingsForecaster.ts";

export interface DailyWon {
  /** First day of the history: the first creation. */
  first: number;
  asOf: number;
  /** Sum won from day a to day b, both included; days outside the history count nothing. */
  between(a: number, b: number): number;
}

/** Won money or deals by the day they closed, as known at the end of the history. */
export function dailyWon(history: PipelineHistory, measure: Measure): DailyWon {
  const {asOf, nDeals} = history;
  let first = asOf;
  for (let d = 0; d < nDeals; d++) first = Math.min(first, history.createdOn[d]!);
  const {outcome, closedOn, amount} = closings(history);
  const running = new Float64Array(Math.max(1, asOf - first + 2));
  for (let d = 0; d < nDeals; d++) {
    if (outcome[d] !== WON || closedOn[d]! < first || closedOn[d]! > asOf) continue;
    running[closedOn[d]! - first + 1]! += measure === "wins" ? 1 : Number.isNaN(amount[d]!) ? 0 : amount[d]!;
  }
  for (let i = 1; i < running.length; i++) running[i]! += running[i - 1]!;
  const upTo = (day: number) => running[Math.min(running.length - 1, Math.max(0, day - first + 1))]!;
  return {first, asOf, between: (a, b) => (b < a ? 0 : upTo(b) - upTo(a - 1))};
}

/** First day from which closings are seen: the earliest one. What was created before it is seen late. */
export function observedFrom(history: PipelineHistory): number {
  const {closedOn, outcome} = closings(history);
  let first = Number.POSITIVE_INFINITY;
  for (let d = 0; d < history.nDeals; d++)
    if (outcome[d] === WON || outcome[d] === 2) first = Math.min(first, closedOn[d]!);
  return Number.isFinite(first) ? first : history.asOf + 1;
}

/** The series of past values in blocks of `days` that end on the last day known, oldest first, from when closings are seen. */
export function blocksBack(won: DailyWon, from: number, days: number): Float64Array {
  const n = Math.max(0, Math.floor((won.asOf - from + 1) / days));
  return Float64Array.from({length: n}, (_, i) => {
    const end = won.asOf - (n - 1 - i) * days;
    return won.between(end - days + 1, end);
  });
}
