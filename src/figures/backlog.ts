/** Figures of the Backlog & delivery page: what is to be delivered, when it is, and whether deals and orders agree. */
import {BACKLOG_SLICES, type BacklogData} from "../slices/backlog/backlogData.js";
import {type ChainTotal, chainTotals, entryCents} from "../slices/backlog/chain.js";
import {leadTime, phaseTimes} from "../slices/backlog/leadTimes.js";
import {
  type BacklogRow,
  backlogMonths,
  bookToBill,
  byQuarter,
  invoicedFrom,
  monthsOfBacklog
} from "../slices/backlog/movement.js";
import {dueBacklog, onTime, promisedParts, promiseErrors} from "../slices/backlog/promises.js";
import {type FactTable, isoDay, rowObjects} from "../slices/facts.js";
import {centsAt, dayAt, numberAt, rowsOf, wordAt} from "../slices/partners/columns.js";
import {groupRows, selectRows} from "../slices/select.js";
import type {Dimension} from "../slices/site.js";
import {type Asked, type PageFigures, type Ranked, ranked} from "./pageFigures.js";

/** Values of a dimension that the build of a large firm answers at most; one with more is not offered there. */
const MOST_VALUES = 40;
/** Points of a curve that are drawn at most: more are not told apart. */
const MOST_POINTS = 250;
/** Orders listed at most: of a firm with more the build answers, and says what is not listed. */
const MOST_ROWS = 10_000;

/** An order as lists show it; money in units of base currency, days ISO. */
export interface OrderRow {
  order_id: string;
  deal_id: string | null;
  deal_name: string | null;
  account_name: string | null;
  product: string | null;
  state: string;
  ordered_on: string;
  promised_on: string | null;
  delivered_on: string | null;
  amount: number | null;
  /** What is left to ship. */
  left: number | null;
  next_milestone: string | null;
  next_planned_on: string | null;
  next_late_days: number | null;
  promise_error_days: number | null;
  waited_days: number | null;
  late_days: number | null;
  assumed: string | null;
}

/** An entry of deals and orders that needs mending; money in units of base currency. */
export interface ChainRow {
  value: number;
  [column: string]: string | number | null;
}

const MEND = [
  ...["class", "account_name", "deal_name", "deal_id", "order_ids", "owner", "closed_on", "ordered_on"],
  ...["deal_amount", "order_amount", "gap_amount", "evidence", "mend"]
];

function fileOf({files}: Asked): BacklogData {
  return files["backlog"];
}

/** What the page is filtered by: the values that orders have, those with most of them first. */
function backlogDimensions({orders}: BacklogData, isLarge: boolean): Dimension[] {
  const all = rowsOf(orders);
  return BACKLOG_SLICES.map(({key, label}) => ({
    key,
    label,
    values: [...groupRows(orders, all, key)]
      .map(([value, rows]) => ({value, n: rows.length}))
      .sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1))
  })).filter(({values}) => values.length > 1 && (!isLarge || values.length <= MOST_VALUES));
}

export const backlogPage = {
  page: "backlog",
  kinds: ["backlog"],
  isAlwaysAnswered: true,
  dimensions: ({site, files}: Pick<Asked, "site" | "files">) =>
    backlogDimensions(files["backlog"], site.parts !== null),
  still: (asked: Asked) => {
    const data = fileOf(asked);
    const {filters} = asked.chosen;
    const {orders, ledger} = data;
    const rows = selectRows(orders, filters);
    const mine = new Set(rows);
    const months = backlogMonths(data, selectRows(data.cells, filters));
    const entries = selectRows(ledger, filters);
    const errors = promiseErrors(data, rows);
    const {share, interval, due, kept, nUnknown} = onTime(data, rows);
    const dueParts = dueBacklog(data, rows);
    const billedFrom = invoicedFrom(data);
    const {lead, arrived} = leadTime(data, rows);
    const open = rows.filter((row) => numberAt(orders, "n_open", row) === 1);
    const of = (list: readonly number[], worth: string): Ranked<OrderRow> => ({
      n: list.length,
      list: orderRows(orders, list, worth)
    });
    return {
      hasOrders: orders.n > 0,
      nOrders: rows.length,
      hasInvoices: data.hasInvoices,
      orderWithinDays: data.orderWithinDays,
      dimensions: backlogDimensions(data, asked.site.parts !== null),
      months,
      quarters: byQuarter(months, data.months),
      open: {
        cents: open.reduce((sum, row) => sum + (centsAt(orders, "backlog_amount", row) ?? 0), 0),
        nUnpriced: open.filter((row) => centsAt(orders, "backlog_amount", row) === null).length,
        list: of(open, "backlog_amount")
      },
      lasts: monthsOfBacklog(months),
      bookToBill: [3, 12].map((n) => bookToBill(months, n, data.hasInvoices, billedFrom)),
      placed: of(placedIn(orders, rows, bookToBill(months, 12, data.hasInvoices)), "amount_base"),
      onTime: {share, interval, n: due.length, nKept: kept.length, nUnknown, orders: of(due, "amount_base")},
      due: dueParts,
      promised: promisedParts(dueParts),
      errors: {
        quarters: errors.quarters,
        year: {median: errors.year.median, p80: errors.year.p80},
        list: of(errors.year.rows, "amount_base")
      },
      lead: {...lead, curve: thinned(lead.curve), orders: of(arrived, "amount_base")},
      phases: phaseTimes(data, (order) => mine.has(order)),
      late: of(
        rows.filter((row) => isLate(orders, row)),
        "amount_base"
      ),
      nPastPromise: rows.filter((row) => numberAt(orders, "late_days", row) !== null).length,
      chain: chainTotals(ledger, entries) satisfies ChainTotal[],
      toMend: ranked(
        entries
          .filter((row) => wordAt(ledger, "mend", row) !== null)
          .map(
            (row): ChainRow => ({
              ...rowObjects(ledger, [row], MEND)[0]!,
              value: entryCents(ledger, row) / 100
            })
          )
          .sort((a, b) => b.value - a.value)
      ) satisfies Ranked<ChainRow>
    };
  }
} satisfies PageFigures<object>;

export type BacklogFigures = ReturnType<typeof backlogPage.still>;
export type {BacklogRow};

/** Past its promise, or its step under way behind the plan. */
function isLate(orders: FactTable, row: number): boolean {
  return numberAt(orders, "late_days", row) !== null || (numberAt(orders, "next_late_days", row) ?? 0) > 0;
}

/** Orders placed in the months of a book-to-bill, those without an amount left out as there. */
function placedIn(
  orders: FactTable,
  rows: readonly number[],
  span: {from: string; to: string} | null
): number[] {
  if (!span) return [];
  return rows.filter((row) => {
    const on = isoDay(dayAt(orders, "ordered_on", row)!);
    return on >= span.from && on <= span.to && centsAt(orders, "amount_base", row) !== null;
  });
}

/** Orders by what they are worth, the dearest first. */
function orderRows(orders: FactTable, rows: readonly number[], worth: string): OrderRow[] {
  const sorted = [...rows]
    .sort((a, b) => (centsAt(orders, worth, b) ?? -1) - (centsAt(orders, worth, a) ?? -1) || a - b)
    .slice(0, MOST_ROWS);
  return rowObjects(orders, sorted, [...FIELDS, "amount_base", "backlog_amount"]).map(
    ({amount_base, backlog_amount, ...row}) =>
      ({...row, amount: amount_base, left: backlog_amount}) as unknown as OrderRow
  );
}

const FIELDS = [
  ...["order_id", "deal_id", "deal_name", "account_name", "product", "state", "ordered_on", "promised_on"],
  ...[
    "delivered_on",
    "next_milestone",
    "next_planned_on",
    "next_late_days",
    "promise_error_days",
    "waited_days"
  ],
  ...["late_days", "assumed"]
];

/** Every so many-th point of a curve that has too many, and its last. */
function thinned<Point>(curve: readonly Point[]): Point[] {
  const step = Math.ceil(curve.length / MOST_POINTS);
  return curve.filter((_, i) => i % step === 0 || i === curve.length - 1);
}
