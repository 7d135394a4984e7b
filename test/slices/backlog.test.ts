import {describe, expect, test} from "vitest";
import type {BacklogData, BacklogPeriod} from "../../src/slices/backlog/backlogData.ts";
import {chainTotals, entryCents} from "../../src/slices/backlog/chain.ts";
import {leadTime, phaseTimes} from "../../src/slices/backlog/leadTimes.ts";
import {
  backlogMonths,
  bookToBill,
  byQuarter,
  FLOWS,
  invoicedFrom,
  lastWhole,
  monthsOfBacklog
} from "../../src/slices/backlog/movement.ts";
import {dueBacklog, onTime, promisedParts, promiseErrors} from "../../src/slices/backlog/promises.ts";
import {dayNumber, type FactColumn, type FactTable} from "../../src/slices/facts.ts";
import {dayAt} from "../../src/slices/partners/columns.ts";

type Cell = string | number | null;

/** A table of rows; money in cents. Columns ending in `_on` are days, in `_amount` or named amounts cents, other texts words. */
function table(names: string, rows: Cell[][]): FactTable {
  const columns = names.split(" ").map((name, at): [string, FactColumn] => {
    const values = rows.map((row) => row[at] ?? null);
    if (name.endsWith("_on"))
      return [
        name,
        {kind: "day", values: values.map((day) => (day === null ? null : dayNumber(String(day))))}
      ];
    if (/_amount$|^amount_base$/.test(name)) return [name, {kind: "cents", values: values as number[]}];
    if (values.some((value) => typeof value === "string"))
      return [name, {kind: "text", values: values as string[]}];
    return [name, {kind: "number", values: values as number[]}];
  });
  return {n: rows.length, columns: Object.fromEntries(columns)};
}

const month = (
  from: string,
  to: string,
  quarter: string,
  quarterTo: string,
  isWhole = true
): BacklogPeriod => ({
  ...{label: from.slice(0, 7), from, to, isWhole, quarter, quarterTo}
});

const MONTHS = [
  month("2026-02-01", "2026-02-28", "Q1", "2026-03-31"),
  month("2026-03-01", "2026-03-31", "Q1", "2026-03-31"),
  month("2026-04-01", "2026-04-30", "Q2", "2026-06-30"),
  month("2026-05-01", "2026-05-20", "Q2", "2026-06-30", false)
];

const data: BacklogData = {
  asOf: "2026-05-20",
  months: MONTHS,
  hasInvoices: true,
  orderWithinDays: 30,
  cells: table(
    "month_on ordered_amount shipped_amount cancelled_amount repriced_amount revalued_amount billed_amount n_ordered n_shipments n_cancelled n_repriced",
    [
      ["2026-02-01", 1000, 0, 0, 0, 0, 300, 2, 0, 0, 0],
      ["2026-03-01", 500, -400, -100, 0, 25, 0, 1, 1, 1, 0],
      ["2026-03-01", 200, 0, 0, 0, 0, 500, 1, 0, 0, 0],
      ["2026-05-01", 0, -300, 0, -50, 0, 0, 0, 1, 0, 1]
    ]
  ),
  orders: table(
    "state n_open ordered_on promised_on delivered_on amount_base backlog_amount promise_error_days waited_days closed_on",
    [
      ["delivered", 0, "2025-01-01", "2025-04-01", "2025-04-05", 100, 0, 4, 94, "2025-04-01"],
      ["delivered", 0, "2025-07-01", "2025-09-01", "2025-08-22", 100, 0, -10, 52, "2025-08-20"],
      ["delivered", 0, "2025-08-01", "2025-10-01", "2025-10-03", 100, 0, 2, 63, "2025-10-01"],
      ["shipped", 0, "2026-02-01", "2026-05-10", null, 100, 0, null, 98, "2026-05-10"],
      ["cancelled", 0, "2026-02-01", "2026-05-01", null, 100, 0, null, 10, "2026-02-11"],
      ["open", 1, "2026-03-01", "2026-05-19", null, 700, 700, null, 80],
      ["open", 1, "2026-03-01", "2026-05-20", null, 30, 30, null, 80],
      ["part shipped", 1, "2026-04-01", "2026-07-31", null, 90, 40, null, 49],
      ["open", 1, "2026-04-01", "2029-01-01", null, 5, 5, null, 49],
      ["open", 1, "2026-04-01", null, null, null, null, null, 49]
    ]
  ),
  phases: table("order milestone step_number n_steps is_ended is_under_way phase_days planned_days", [
    [0, "material", 1, 2, 1, 0, 20, 15],
    [0, "delivered", 2, 2, 1, 0, 74, 70],
    [1, "material", 1, 2, 1, 0, 30, 15],
    [1, "delivered", 2, 2, 1, 0, 22, 30],
    // Broken off after ten days, and under way for fifty: both wait longer than is known.
    [4, "material", 1, 2, 0, 0, 10, 15],
    [5, "material", 1, 2, 0, 1, 50, 25],
    [5, "delivered", 2, 2, 0, 0, null, 30],
    // A single step is no phase.
    [6, "delivered", 1, 1, 0, 1, 80, 60]
  ]),
  ledger: table("class deal_amount order_amount gap_amount mend", [
    ["agrees", 1000, 1010, 0, null],
    ["won, no order", 700, null, null, "place the order"],
    ["amount differs", 500, 450, -50, "correct the amount"],
    ["agrees", 20, 20, 0, null],
    ["no deal named", null, 900, null, "write the deal's id"]
  ])
};
const rows = Array.from({length: data.orders.n}, (_, row) => row);
const months = backlogMonths(data, [0, 1, 2, 3]);

describe("the backlog by month", () => {
  test("each month begins where the one before ended, and its flows make its end", () => {
    expect(months.map(({begin, end}) => [begin, end])).toEqual([
      [0, 1000],
      [1000, 1225],
      [1225, 1225],
      [1225, 875]
    ]);
    for (const each of months)
      expect(FLOWS.reduce((sum, flow) => sum + each[flow], each.begin)).toBe(each.end);
  });

  test("quarters join their months, and one that is not over is said to be so", () => {
    const quarters = byQuarter(months, MONTHS);
    expect(
      quarters.map(({label, begin, ordered, shipped, end, billed, to, isWhole}) => ({
        ...{label, begin, ordered, shipped, end, billed, to, isWhole}
      }))
    ).toEqual([
      {
        label: "Q1",
        begin: 0,
        ordered: 1700,
        shipped: -400,
        end: 1225,
        billed: 800,
        to: "2026-03-31",
        isWhole: true
      },
      {
        label: "Q2",
        begin: 1225,
        ordered: 0,
        shipped: -300,
        end: 875,
        billed: 0,
        to: "2026-05-20",
        isWhole: false
      }
    ]);
    // The last month is over, its quarter is not.
    const april = MONTHS.slice(0, 3);
    expect(byQuarter(backlogMonths({...data, months: april}, [0, 1, 2]), april).at(-1)!.isWhole).toBe(false);
  });

  test("book-to-bill takes whole months alone, shipments where there are no invoices, and is null without either", () => {
    expect(bookToBill(months, 3, true)).toEqual({
      ...{
        ratio: 1700 / 800,
        ordered: 1700,
        billed: 800,
        isBilled: true,
        nOrdered: 4,
        from: "2026-02-01",
        to: "2026-04-30"
      }
    });
    expect(bookToBill(months, 3, false)).toMatchObject({ratio: 1700 / 400, billed: 400});
    expect(bookToBill(months, 1, true)).toMatchObject({ratio: null, billed: 0, from: "2026-04-01"});
    expect(bookToBill(months, 4, true)).toBeNull();
    // Invoices of fewer months than orders would make the ratio too high.
    expect(invoicedFrom(data)).toBe("2026-02-01");
    expect(bookToBill(months, 3, true, "2026-03-01")).toMatchObject({ratio: null, isBilled: false});
    expect(lastWhole(months, 4)).toBeNull();
  });

  test("months of backlog ask for twelve whole months with shipments", () => {
    expect(monthsOfBacklog(months)).toBeNull();
    const year = Array.from({length: 12}, () => ({...months[1]!, shipped: -200, end: 300}));
    expect(monthsOfBacklog(year)).toBe(300 / 200);
    expect(monthsOfBacklog(year.map((each) => ({...each, shipped: 0})))).toBeNull();
  });
});

describe("promises", () => {
  test("on time is of what was promised for the year: what is still out is late, what was cancelled is not asked", () => {
    // Row 3 left and does not say when it arrived; row 6 is promised for the day itself, which is not over.
    expect(onTime(data, rows)).toMatchObject({share: 1 / 3, due: [1, 2, 5], kept: [1], nUnknown: 1});
    expect(onTime(data, [5, 6])).toEqual({share: null, interval: null, due: [], kept: [], nUnknown: 0});
    // Nor is it asked where it left after its promised day: the late ones alone would count.
    const {columns} = data.orders;
    const promised = rows.map((row) =>
      row === 3 ? dayNumber("2026-05-09") : dayAt(data.orders, "promised_on", row)
    );
    const orders = {
      ...data.orders,
      columns: {...columns, promised_on: {kind: "day", values: promised} as FactColumn}
    };
    expect(onTime({...data, orders}, rows)).toMatchObject({due: [1, 2, 5], kept: [1], nUnknown: 1});
    expect(onTime(data, [1, 3])).toMatchObject({share: 1, nUnknown: 1});
    // Two that do not say it beside one that does.
    expect(onTime(data, [1, 3, 3])).toMatchObject({share: null, interval: null, nUnknown: 2});
  });

  test("errors are of the deliveries of the year, and of quarters without a gap", () => {
    const long = {
      ...data,
      months: [
        month("2025-04-01", "2025-04-30", "a", "2025-06-30"),
        month("2025-07-01", "2025-07-31", "b", "2025-09-30"),
        month("2025-08-01", "2025-09-30", "c", "2025-12-31"),
        month("2025-10-01", "2026-05-20", "d", "2026-06-30", false)
      ]
    };
    const {quarters, year} = promiseErrors(long, rows);
    expect(quarters.map(({label, n, median, isWhole}) => [label, n, median, isWhole])).toEqual([
      ["a", 1, 4, false],
      ["b", 0, null, false],
      ["c", 1, -10, false],
      ["d", 1, 2, false]
    ]);
    // Of -10 and 2: half by -4, four of five by -0.4 (type 7, as numpy).
    expect(year.median).toBe(-4);
    expect(year.p80).toBeCloseTo(-0.4, 9);
  });

  test("the backlog by promised month adds up to it: overdue first, months without a gap, later and no promise last", () => {
    const due = dueBacklog(data, rows);
    expect(due).toEqual([
      {month: null, kind: "overdue", cents: 700, n: 1},
      {month: "2026-05-01", kind: "due", cents: 30, n: 1},
      {month: "2026-06-01", kind: "due", cents: 0, n: 0},
      {month: "2026-07-01", kind: "due", cents: 40, n: 1},
      {month: null, kind: "later", cents: 5, n: 1},
      {month: null, kind: "not promised", cents: 0, n: 1}
    ]);
    expect(due.reduce((sum, {cents}) => sum + cents, 0)).toBe(775);
    expect(dueBacklog(data, [0])).toEqual([]);
    expect(promisedParts(due)).toEqual({overdue: {cents: 700, n: 1}, n: 4, nNone: 1});
    // Without a promise nothing is past one, and nothing is kept either.
    expect(promisedParts(dueBacklog(data, [9]))).toEqual({overdue: {cents: 0, n: 0}, n: 0, nNone: 1});
  });
});

describe("lead times", () => {
  test("open and cancelled orders count as not arrived yet", () => {
    // 10+ 49+ 49+ 49+ 52 63 80+ 80+ 94 98+: 5/6, 5/6 x 4/5, then x 1/2.
    const {lead} = leadTime(data, rows);
    expect(lead.curve.map(({t, s}) => [t, Math.round(s * 1e4) / 1e4])).toEqual([
      [0, 1],
      [52, 0.8333],
      [63, 0.6667],
      [94, 0.3333]
    ]);
    expect([lead.p50.days, lead.p80.days, lead.n, lead.nEnded]).toEqual([94, null, 10, 3]);
  });

  test("steps come in the order of the works, with what is under way as censored, and single steps left out", () => {
    expect(
      phaseTimes(data, () => true).map(({milestone, p50, n, nEnded, nOpen, planned}) => ({
        ...{milestone, p50: p50.days, n, nEnded, nOpen, planned}
      }))
    ).toEqual([
      // 10+ 20 30 50+: two thirds are left after 20, a third after 30.
      {milestone: "material", p50: 30, n: 4, nEnded: 2, nOpen: 1, planned: 15},
      {milestone: "delivered", p50: 22, n: 2, nEnded: 2, nOpen: 0, planned: 50}
    ]);
    expect(phaseTimes(data, (order) => order === 6)).toEqual([]);
  });
});

test("classes of deals and orders: those to mend first, and sums of both sides whole", () => {
  const totals = chainTotals(data.ledger, [0, 1, 2, 3, 4]);
  expect(totals.map(({class: name, n, nToMend}) => [name, n, nToMend])).toEqual([
    ["no deal named", 1, 1],
    ["won, no order", 1, 1],
    ["amount differs", 1, 1],
    ["agrees", 2, 0]
  ]);
  expect(totals.reduce((sum, {dealCents}) => sum + dealCents, 0)).toBe(2220);
  expect(totals.reduce((sum, {orderCents}) => sum + orderCents, 0)).toBe(2380);
  // In question is the gap where both amounts stand, else the whole.
  expect([1, 2, 4].map((row) => entryCents(data.ledger, row))).toEqual([700, 50, 900]);
});
