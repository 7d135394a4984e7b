/** How open deals fared in earlier windows of the same shape: what the field's own methods learn their rates from. */
import {fiscalPeriod, type Span} from "../history/calendar.ts";
import {closings, NO_DAY, OPEN, type PipelineHistory, spanAt, WON} from "../history/pipelineHistory.ts";
import type {Measure} from "./bookingsForecaster.ts";

export interface PastWindow {
  asOf: number;
  window: Span;
}

export interface GroupRates {
  /** By group: share of what was open that was won in the window. NaN where nothing was open. */
  rate: Float64Array;
  /** Average won in the window from deals that did not exist yet. */
  fromNew: number;
  nPast: number;
}

/** The same window, so many quarters earlier, counted from the end of its fiscal quarter; only those that are over. */
export function samePointOfQuarter(
  history: PipelineHistory,
  window: Span,
  seenFrom: number,
  most = 8
): PastWindow[] {
  const {asOf, firstMonth} = history;
  const end = fiscalPeriod(window.to, "quarter", firstMonth).to;
  const past: PastWindow[] = [];
  for (let back = 1; past.length < most && back < 60; back++) {
    const shift = end - fiscalPeriod(window.to, "quarter", firstMonth, -back).to;
    if (asOf - shift < seenFrom) break;
    if (window.to - shift <= asOf)
      past.push({asOf: asOf - shift, window: {from: window.from - shift, to: window.to - shift}});
  }
  return past;
}

/** The window moved back by whole weeks; only those that are over. */
export function everyFewWeeks(
  history: PipelineHistory,
  window: Span,
  seenFrom: number,
  most = 12
): PastWindow[] {
  const past: PastWindow[] = [];
  const over = Math.ceil((window.to - history.asOf) / 7) * 7;
  for (let back = over; past.length < most; back += 28) {
    if (history.asOf - back < seenFrom) break;
    past.push({asOf: history.asOf - back, window: {from: window.from - back, to: window.to - back}});
  }
  return past;
}

/** The value of a deal's state: its stated amount, or one deal. Unknown amounts count 0. */
export function stateValue(history: PipelineHistory, span: number, measure: Measure): number {
  if (measure === "wins") return 1;
  const amount = history.amount[span]!;
  return Number.isNaN(amount) ? 0 : amount;
}

/**
 * Rates by group over past windows.
 * @param groupOf group of an open deal in its state then, -1 to leave it out
 */
export function pastRates(
  history: PipelineHistory,
  past: readonly PastWindow[],
  measure: Measure,
  nGroups: number,
  groupOf: (span: number, then: PastWindow) => number
): GroupRates {
  const open = new Float64Array(nGroups);
  const won = new Float64Array(nGroups);
  let fromNew = 0;
  const now = closings(history);
  for (const then of past)
    for (let d = 0; d < history.nDeals; d++) {
      // Closed for good by then: neither open nor won in the window. Most deals are told so without a search.
      if (now.outcome[d] !== OPEN && now.closedOn[d]! <= then.asOf && then.asOf < then.window.from) continue;
      const span = spanAt(history, d, then.asOf);
      const isWon =
        now.outcome[d] === WON && now.closedOn[d]! >= then.window.from && now.closedOn[d]! <= then.window.to;
      const value = measure === "wins" ? 1 : Number.isNaN(now.amount[d]!) ? 0 : now.amount[d]!;
      if (span < 0) {
        if (isWon) fromNew += value;
        continue;
      }
      if (history.outcome[span] !== OPEN) continue;
      const group = groupOf(span, then);
      if (group < 0) {
        if (isWon) fromNew += value;
        continue;
      }
      open[group]! += stateValue(history, span, measure);
      if (isWon) won[group]! += value;
    }
  return {
    rate: open.map((value, group) => (value > 0 ? won[group]! / value : Number.NaN)),
    fromNew: past.length > 0 ? fromNew / past.length : 0,
    nPast: past.length
  };
}

/** The deals open at the end of the history: index of each and of its state. */
export function openNow(history: PipelineHistory): {deal: number; span: number}[] {
  const open: {deal: number; span: number}[] = [];
  for (let d = 0; d < history.nDeals; d++) {
    const span = history.spanStart[d + 1]! - 1;
    if (history.outcome[span] === OPEN) open.push({deal: d, span});
  }
  return open;
}

/** False when there are open deals and none states an amount: what they are worth is not known, not 0. */
export function hasAmounts(history: PipelineHistory): boolean {
  const open = openNow(history);
  return open.length === 0 || open.some(({span}) => !Number.isNaN(history.amount[span]!));
}

/** True when any open deal states a close date. */
export function hasCloseDates(history: PipelineHistory): boolean {
  return openNow(history).some(({span}) => history.closeOn[span] !== NO_DAY);
}
