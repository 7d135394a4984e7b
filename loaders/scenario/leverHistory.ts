/** How far each lever has moved before: past quarters against the mean of the last four, as deals show them. */
import type {LeverHistory} from "../../src/scenario/input.ts";
import {fiscalPeriod} from "../forecast/history/calendar.ts";
import {closings, LOST, OPEN, type PipelineHistory, WON} from "../forecast/history/pipelineHistory.ts";

export const MOST_QUARTERS = 12;
const LEAST_QUARTERS = 4;
const LEAST_CLOSINGS = 5;

interface QuarterFacts {
  winRate: number | null;
  cycle: number | null;
  amount: number | null;
  created: number | null;
}

/** Levers on win rate, cycle time, amount, new pipeline and slipping; a lever with fewer than four quarters to go by is left out. */
export function leverHistory(history: PipelineHistory): Partial<Record<string, LeverHistory>> {
  const quarters = quarterFacts(history);
  const found: Partial<Record<string, LeverHistory>> = {};
  for (const [kind, key] of [
    ["win_rate", "winRate"],
    ["cycle_time", "cycle"],
    ["amount", "amount"],
    ["new_pipeline", "created"]
  ] as const) {
    const past = ratioHistory(quarters.map((each) => each[key]));
    if (past) found[kind] = past;
  }
  const slip = slipHistory(history);
  if (slip) found["slip"] = slip;
  return found;
}

/** Lowest and highest of quarters, oldest first, over the mean of the newest four; null with fewer than four. */
export function ratioHistory(quarters: readonly (number | null)[]): LeverHistory | null {
  const values = quarters.filter((value) => value !== null);
  if (values.length < LEAST_QUARTERS) return null;
  const recent = meanOfNewest(values);
  if (!(recent > 0)) return null;
  const ratios = values.map((value) => value / recent);
  return {
    lo: Math.round(100 * Math.min(...ratios)) / 100,
    hi: Math.round(100 * Math.max(...ratios)) / 100,
    n: values.length,
    words: `in the last ${values.length} full quarters, against the mean of the newest four,`
  };
}

/** Money paid and by list price of lines won on a day. Days are integers. */
export interface ListAndPaid {
  closed: number;
  list: number;
  paid: number;
}

/**
 * Discounts off list of whole past quarters less the mean of the newest four, as the lever on further discount is set;
 * null with fewer than four quarters that have any.
 */
export function discountHistory(
  lines: readonly ListAndPaid[],
  asOf: number,
  firstMonth: number
): LeverHistory | null {
  const values: number[] = [];
  for (let back = MOST_QUARTERS; back >= 1; back--) {
    const {from, to} = fiscalPeriod(asOf + 1, "quarter", firstMonth, -back);
    const own = lines.filter(({closed}) => closed >= from && closed <= to);
    const list = own.reduce((sum, each) => sum + each.list, 0);
    if (list > 0) values.push(1 - own.reduce((sum, each) => sum + each.paid, 0) / list);
  }
  if (values.length < LEAST_QUARTERS) return null;
  const more = values.map((value) => value - meanOfNewest(values));
  return {
    lo: Math.round(1000 * Math.min(...more)) / 1000,
    hi: Math.round(1000 * Math.max(...more)) / 1000,
    n: values.length,
    words: `off list prices in the last ${values.length} full quarters, against the mean of the newest four,`
  };
}

/**
 * Of deals said to close in a quarter when it began, and won in it or the next one: the share won in the next one, less the
 * mean of the newest four quarters, as the lever on slipping is set. Null with fewer than four quarters that have enough.
 */
function slipHistory(history: PipelineHistory): LeverHistory | null {
  const {asOf, firstMonth, nDeals, spanStart, from: spanFrom, outcome, closeOn} = history;
  const now = closings(history);
  const values: number[] = [];
  for (let back = MOST_QUARTERS + 1; back >= 2; back--) {
    const {from, to} = fiscalPeriod(asOf + 1, "quarter", firstMonth, -back);
    const {to: later} = fiscalPeriod(asOf + 1, "quarter", firstMonth, 1 - back);
    let [inTime, late] = [0, 0];
    for (let d = 0; d < nDeals; d++) {
      const closed = now.closedOn[d]!;
      if (now.outcome[d] !== WON || closed < from || closed > later) continue;
      let span = spanStart[d + 1]! - 1;
      while (span >= spanStart[d]! && spanFrom[span]! >= from) span--;
      if (span < spanStart[d]! || outcome[span] !== OPEN) continue;
      if (closeOn[span]! < from || closeOn[span]! > to) continue;
      if (closed <= to) inTime++;
      else late++;
    }
    if (inTime + late >= LEAST_CLOSINGS) values.push(late / (inTime + late));
  }
  if (values.length < LEAST_QUARTERS) return null;
  const more = values.map((value) => value - meanOfNewest(values));
  return {
    lo: Math.round(100 * Math.min(...more)) / 100,
    hi: Math.round(100 * Math.max(...more)) / 100,
    n: values.length,
    words: `of wins said to come in a quarter, over ${values.length} of them, against the mean of the newest four,`
  };
}

function meanOfNewest(values: readonly number[]): number {
  return values.slice(-4).reduce((sum, value) => sum + value, 0) / 4;
}

/** Facts of whole past quarters, oldest first. */
function quarterFacts(history: PipelineHistory): QuarterFacts[] {
  const {asOf, firstMonth, nDeals, createdOn, spanStart, outcome} = history;
  const now = closings(history);
  const first = createdOn.reduce((least, day) => Math.min(least, day), asOf);
  const facts: QuarterFacts[] = [];
  for (let back = MOST_QUARTERS; back >= 1; back--) {
    const {from, to} = fiscalPeriod(asOf + 1, "quarter", firstMonth, -back);
    if (from < first) continue;
    let [won, lost, created] = [0, 0, 0];
    const cycles: number[] = [];
    const amounts: number[] = [];
    for (let d = 0; d < nDeals; d++) {
      if (createdOn[d]! >= from && createdOn[d]! <= to && outcome[spanStart[d]!] === OPEN) created++;
      if (now.closedOn[d]! < from || now.closedOn[d]! > to) continue;
      if (now.outcome[d] === LOST) lost++;
      if (now.outcome[d] !== WON) continue;
      won++;
      cycles.push(now.closedOn[d]! - createdOn[d]!);
      if (!Number.isNaN(now.amount[d]!)) amounts.push(now.amount[d]!);
    }
    const enough = won + lost >= LEAST_CLOSINGS;
    facts.push({
      winRate: enough ? won / (won + lost) : null,
      cycle: won >= LEAST_CLOSINGS ? median(cycles) : null,
      amount:
        amounts.length >= LEAST_CLOSINGS ? amounts.reduce((sum, a) => sum + a, 0) / amounts.length : null,
      created: created > 0 ? created : null
    });
  }
  return facts;
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half) - 1]!) / 2;
}
