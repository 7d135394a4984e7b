/** The deal model asked on past days with what was known then: for what the pages say of single deals, slices and moves. */
import {
  type DealModel,
  fitDealModel,
  type OpenDeal,
  type Projection,
  project
} from "../deals/projectDeals.ts";
import type {Span} from "../history/calendar.ts";
import {knownAt, type PipelineHistory} from "../history/pipelineHistory.ts";

export interface DealAsking {
  day: number;
  /** What was known on the day. */
  known: PipelineHistory;
  model: DealModel;
  projection: Projection;
}

/** Weeks that projections reach: two quarters. */
export const WEEKS = 27;

/**
 * Asks on each day, oldest first; days on which nothing could be fitted are left out. The model is one of the last
 * `refitDays`, counted back from the end, so that the last day has a fresh one.
 * @param fitted the model of a history: fitted now, or read where it is stored
 */
export function* askDeals(
  history: PipelineHistory,
  days: readonly number[],
  refitDays: number,
  fitted: (history: PipelineHistory) => DealModel | null = fitDealModel
): Generator<DealAsking> {
  let last: {day: number; model: DealModel | null} | undefined;
  for (const day of [...days].sort((a, b) => a - b)) {
    const fitDay = refitDay(history.asOf, day, refitDays);
    if (last?.day !== fitDay) last = {day: fitDay, model: fitted(knownAt(history, fitDay))};
    if (!last.model) continue;
    const known = knownAt(history, day);
    yield {day, known, model: last.model, projection: project(known, last.model, WEEKS)};
  }
}

/** The day on which the model asked on a day is fitted: one of the last `refitDays`, counted back from the end. */
export function refitDay(asOf: number, day: number, refitDays: number): number {
  return asOf - Math.ceil((asOf - day) / refitDays) * refitDays;
}

/** Chance of a deal to be won within a window, from its weekly curve, days of a week counting alike. */
export function chanceWithin({curve}: Pick<OpenDeal, "curve">, asOf: number, {from, to}: Span): number {
  const upTo = (days: number) => {
    if (days <= 0) return 0;
    const week = Math.min(curve.won.length - 1, Math.floor(days / 7));
    const before = week > 0 ? curve.won[week - 1]! : 0;
    return before + (curve.won[week]! - before) * Math.min(1, days / 7 - week);
  };
  return upTo(to - asOf) - upTo(from - 1 - asOf);
}

/** Expected value of deals not created yet that are won within a window. */
export function freshWithin({fresh}: Projection, asOf: number, {from, to}: Span): number {
  let sum = 0;
  fresh?.amount.forEach((value, h) => {
    const first = asOf + 7 * h + 1;
    sum += (value * Math.max(0, Math.min(to, first + 6) - Math.max(from, first) + 1)) / 7;
  });
  return sum;
}
