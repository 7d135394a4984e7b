/** What customers were promised, and what became of it. */
import {quantile} from "../closedDeals.js";
import {dayNumber} from "../facts.js";
import {monthOf, monthSpan} from "../months.js";
import {centsAt, dayAt, groupBy, numberAt, wordAt} from "../partners/columns.js";
import {rateInterval} from "../rateInterval.js";
import type {BacklogData} from "./backlogData.js";

const YEAR = 365;

export interface OnTime {
  /** Share that had arrived by the promised day; null where nothing was promised. */
  share: number | null;
  /** 95% bounds of it. */
  interval: {lo: number; hi: number} | null;
  /** Rows of the orders promised in the year. */
  due: number[];
  kept: number[];
  /** Orders left out: they left, and nothing says when they arrived. */
  nUnknown: number;
}

/**
 * Of orders promised for a day in the year before the as-of day and not cancelled: what is still open is late. Orders that
 * left and do not say when they arrived are left out, whenever they left: the late ones alone would be counted. Not known where they are
 * more than the others.
 */
export function onTime({orders, asOf}: BacklogData, rows: readonly number[]): OnTime {
  const end = dayNumber(asOf);
  if (!rows.some((row) => dayAt(orders, "delivered_on", row) !== null))
    return {share: null, interval: null, due: [], kept: [], nUnknown: 0};
  const promisedRows = rows.filter((row) => {
    const promised = dayAt(orders, "promised_on", row);
    return (
      promised !== null &&
      promised < end &&
      promised >= end - YEAR &&
      wordAt(orders, "state", row) !== "cancelled"
    );
  });
  const due = promisedRows.filter((row) => {
    return dayAt(orders, "delivered_on", row) !== null || dayAt(orders, "closed_on", row) === null;
  });
  const nUnknown = promisedRows.length - due.length;
  const kept = due.filter((row) => {
    const delivered = dayAt(orders, "delivered_on", row);
    return delivered !== null && delivered <= dayAt(orders, "promised_on", row)!;
  });
  return {
    ...(due.length === 0 || nUnknown > due.length
      ? {share: null, interval: null}
      : {share: kept.length / due.length, interval: rateInterval(kept.length, due.length)}),
    due,
    kept,
    nUnknown
  };
}

/** Promise errors of the orders delivered in a quarter, days; negative is early. */
export interface ErrorsOfQuarter {
  label: string;
  from: string;
  isWhole: boolean;
  n: number;
  /** Null in a quarter without deliveries. */
  median: number | null;
  p80: number | null;
}

/** By the quarter of delivery, without a gap from the first delivery on; and of the year to the as-of day. */
export function promiseErrors(
  {orders, months}: BacklogData,
  rows: readonly number[]
): {quarters: ErrorsOfQuarter[]; year: {median: number | null; p80: number | null; rows: number[]}} {
  const known = rows.filter((row) => numberAt(orders, "promise_error_days", row) !== null);
  const of = (list: readonly number[]) => {
    const errors = list.map((row) => numberAt(orders, "promise_error_days", row)!).sort((a, b) => a - b);
    return {median: quantile(errors, 0.5), p80: quantile(errors, 0.8)};
  };
  const within = (from: number, to: number) =>
    known.filter((row) => {
      const delivered = dayAt(orders, "delivered_on", row)!;
      return delivered >= from && delivered <= to;
    });
  const all = [...groupBy(months, ({quarter}) => quarter)].map(([label, mine]) => {
    const [from, last] = [mine[0]!.from, mine.at(-1)!];
    const delivered = within(dayNumber(from), dayNumber(last.to));
    return {label, from, isWhole: last.to >= last.quarterTo, n: delivered.length, ...of(delivered)};
  });
  const first = all.findIndex(({n}) => n > 0);
  const end = months.length > 0 ? dayNumber(months.at(-1)!.to) : 0;
  const year = within(end - YEAR + 1, end);
  return {quarters: first < 0 ? [] : all.slice(first), year: {...of(year), rows: year}};
}

/** Part of the backlog by when it was promised. */
export interface DueBacklog {
  /** First day of the month, ISO; null for the others. */
  month: string | null;
  /** overdue, in a month to come, later than the months shown, or without a promise. */
  kind: "overdue" | "due" | "later" | "not promised";
  cents: number;
  n: number;
}

/** Months to come that are shown one by one. */
const AHEAD = 18;

/** What is to be delivered when: overdue first, then month by month, then what is promised later or not at all. */
export function dueBacklog({orders, asOf}: BacklogData, rows: readonly number[]): DueBacklog[] {
  const first = monthOf(dayNumber(asOf));
  const ahead = Array.from({length: AHEAD}, (_, i) => monthSpan(first + i));
  const parts: DueBacklog[] = [
    {month: null, kind: "overdue", cents: 0, n: 0},
    ...ahead.map(({from}): DueBacklog => ({month: from, kind: "due", cents: 0, n: 0})),
    {month: null, kind: "later", cents: 0, n: 0},
    {month: null, kind: "not promised", cents: 0, n: 0}
  ];
  for (const row of rows) {
    if (numberAt(orders, "n_open", row) !== 1) continue;
    const promised = dayAt(orders, "promised_on", row);
    const month = ahead.findIndex(({to}) => promised !== null && promised <= dayNumber(to));
    const at =
      promised === null
        ? parts.length - 1
        : promised < dayNumber(asOf)
          ? 0
          : month < 0
            ? parts.length - 2
            : month + 1;
    parts[at]!.cents += centsAt(orders, "backlog_amount", row) ?? 0;
    parts[at]!.n++;
  }
  const last = parts.findLastIndex(({kind, n}) => kind === "due" && n > 0);
  return parts.filter(({kind, n}, i) => (kind === "due" ? i <= last : n > 0));
}

/** What of the backlog has a promise, and what of that is past it. */
export interface PromisedParts {
  overdue: {cents: number; n: number};
  /** Orders with a promised day, and those without. */
  n: number;
  nNone: number;
}

/** @param due every part of the backlog */
export function promisedParts(due: readonly DueBacklog[]): PromisedParts {
  const {cents, n} = due.find(({kind}) => kind === "overdue") ?? {cents: 0, n: 0};
  const nNone = due.find(({kind}) => kind === "not promised")?.n ?? 0;
  return {overdue: {cents, n}, n: due.reduce((sum, part) => sum + part.n, 0) - nNone, nNone};
}
