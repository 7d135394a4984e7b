/** How ARR moves: customers month by month in one class each, so that begin and changes make the end. Money in cents. */
import type {FactTable} from "../facts.js";
import {monthOf} from "../months.js";
import {centsAt, dayAt, numberAt, wordAt} from "../partners/columns.js";

/** What ARR gains and loses; the lost ones are told as positive amounts. */
export const ARR_LINES = ["new", "reactivation", "expansion", "step", "contraction", "churn"] as const;
export type ArrLine = (typeof ARR_LINES)[number];
export type ArrLines = Record<ArrLine, number>;

/** Of the lines, those that are lost. */
export const LOST_LINES: readonly ArrLine[] = ["contraction", "churn"];

/** One customer's month in which its ARR changed. */
export interface AccountMonth extends ArrLines {
  /** Row of the customer. */
  account: number;
  /** Months since year 0. */
  month: number;
  begin: number;
  end: number;
  /** Expansion and contraction where products are not set against each other. */
  upByProduct: number;
  downByProduct: number;
}

/** A month of the firm. */
export interface ArrMonth extends ArrLines {
  month: number;
  begin: number;
  end: number;
  /** Customers with ARR at its end. */
  nCustomers: number;
}

const NOTHING: ArrLines = {new: 0, reactivation: 0, expansion: 0, step: 0, contraction: 0, churn: 0};

/**
 * The months in which customers' ARR within the selection changed, by customer and month. New, back and gone are told by the whole
 * customer (`state`); a customer that stays expands or contracts by what its selected contracts come to, steps that were agreed at
 * signing left out.
 * @param rows of `changes`, which is ordered by customer and day
 */
export function accountMonths(changes: FactTable, rows: readonly number[]): AccountMonth[] {
  const months: AccountMonth[] = [];
  let level = 0;
  let account = -1;
  for (let at = 0; at < rows.length; ) {
    const first = rows[at]!;
    const holder = numberAt(changes, "account", first)!;
    const month = monthOf(dayAt(changes, "moved_on", first)!);
    if (holder !== account) level = 0;
    account = holder;
    let [change, step] = [0, 0];
    const byProduct = new Map<string | null, number>();
    const isSame = (row: number) =>
      numberAt(changes, "account", row) === holder && monthOf(dayAt(changes, "moved_on", row)!) === month;
    for (; at < rows.length && isSame(rows[at]!); at++) {
      const row = rows[at]!;
      const [moved, agreed] = [centsAt(changes, "change", row) ?? 0, centsAt(changes, "step_arr", row) ?? 0];
      change += moved;
      step += agreed;
      const product = wordAt(changes, "product", row);
      byProduct.set(product, (byProduct.get(product) ?? 0) + moved - agreed);
    }
    const end = level + change;
    const state = wordAt(changes, "state", first)!;
    if (level !== 0 || end !== 0)
      months.push({
        ...{account, month, begin: level, end},
        ...classed(state, change, step),
        ...(state === "stays" ? apart(byProduct) : {upByProduct: 0, downByProduct: 0})
      });
    level = end;
  }
  return months;
}

function classed(state: string, change: number, step: number): ArrLines {
  if (state === "new") return {...NOTHING, new: change};
  if (state === "reactivated") return {...NOTHING, reactivation: change};
  if (state === "churned") return {...NOTHING, churn: -change};
  const rest = change - step;
  return {...NOTHING, step, expansion: Math.max(0, rest), contraction: Math.max(0, -rest)};
}

function apart(byProduct: ReadonlyMap<string | null, number>) {
  const moved = [...byProduct.values()];
  return {
    upByProduct: moved.reduce((sum, cents) => sum + Math.max(0, cents), 0),
    downByProduct: moved.reduce((sum, cents) => sum + Math.max(0, -cents), 0)
  };
}

/** The firm month by month from the first change to the month given, those without a change too. */
export function arrMonths(list: readonly AccountMonth[], last: number): ArrMonth[] {
  if (list.length === 0) return [];
  const first = list.reduce((least, {month}) => Math.min(least, month), last);
  const months = Array.from({length: last - first + 1}, (_, i) => ({
    ...{month: first + i, begin: 0, end: 0, nCustomers: 0, change: 0, joined: 0},
    ...NOTHING
  }));
  for (const moved of list) {
    const of = months[moved.month - first];
    if (!of) continue;
    for (const line of ARR_LINES) of[line] += moved[line];
    of.change += moved.end - moved.begin;
    of.joined += Number(moved.end > 0) - Number(moved.begin > 0);
  }
  let [level, customers] = [0, 0];
  return months.map(({change, joined, ...month}) => {
    const begin = level;
    level += change;
    customers += joined;
    return {...month, begin, end: level, nCustomers: customers};
  });
}

/** Several months as one: the first one's begin, the last one's end, lines added up. Null for none. */
export function bridge(months: readonly ArrMonth[]): ArrMonth | null {
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return null;
  const lines = Object.fromEntries(
    ARR_LINES.map((line) => [line, months.reduce((sum, month) => sum + month[line], 0)])
  ) as ArrLines;
  return {month: last.month, begin: first.begin, ...lines, end: last.end, nCustomers: last.nCustomers};
}

/** Of each customer that moved within months, the same: its begin, its lines, its end. */
export function movedBetween(list: readonly AccountMonth[], from: number, to: number): AccountMonth[] {
  const found = new Map<number, AccountMonth>();
  for (const moved of list) {
    if (moved.month < from || moved.month > to) continue;
    const known = found.get(moved.account);
    if (!known) {
      found.set(moved.account, {...moved});
      continue;
    }
    for (const line of ARR_LINES) known[line] += moved[line];
    known.upByProduct += moved.upByProduct;
    known.downByProduct += moved.downByProduct;
    known.end = moved.end;
    known.month = moved.month;
  }
  return [...found.values()];
}
