/** From the deal to the delivery on eight orders worked out by hand: parts, cancellations, other prices, another currency. */
import {afterAll, beforeAll, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

/** A euro is 1.10 dollars in February, 1.20 from March on. The day is 20 May. */
const FILES: Record<string, [maps: string, rows: string]> = {
  // O4 says that it was cancelled, not when. O7 has no amount and no shipment. O9 is placed after the day.
  orders: [
    "table: order, columns: {order_id: order, deal_id: deal, account_id: account, ordered_on: ordered, promised_on: promised, amount: amount, currency: currency, status: status, cancelled_on: cancelled}",
    `order,deal,account,ordered,promised,amount,currency,status,cancelled
O1,D1,A1,2026-02-12,2026-04-01,1000.10,USD,delivered,
O2,D2,A2,2026-02-20,2026-06-01,2000.25,EUR,in production,
O3,,A3,2026-04-17,2026-05-10,300.40,USD,in engineering,
O4,D3,A1,2026-03-05,2026-05-01,500.00,USD,Canceled,
O5,D99,A2,2026-04-05,2026-04-20,100.00,USD,,
O6,,A1,2026-03-20,2026-04-15,50.00,USD,,2026-04-02
O7,,,2026-04-01,2026-05-08,,USD,Delivered,
O8,,A1,2026-03-02,2026-04-12,100.00,USD,,
O9,D4,A3,2026-05-25,2026-08-01,300.40,USD,,
`
  ],
  lines: [
    "table: order_line, columns: {order_id: order, product_id: product, amount: amount}",
    "order,product,amount\nO7,Basic,30.00\nO7,Pro,40.00\nO3,Basic,300.40\n"
  ],
  milestones: [
    "table: order_milestone, columns: {order_id: order, milestone: milestone, planned_on: planned, actual_on: actual}",
    `order,milestone,planned,actual
O3,engineering,2026-04-30,
O3,delivered,2026-05-09,
O4,engineering,2026-03-16,2026-03-15
O4,delivered,2026-04-20,
O7,Delivered,2026-05-07,2026-05-06
O7,engineering,2026-04-10,2026-04-12
O7,production,2026-04-25,
O7,shipped,2026-05-01,2026-05-02
O8,delivered,2026-04-10,2026-04-12
`
  ],
  // O1 and O2 in parts; O5 for more, O8 for less than was ordered. O2's last part leaves after the day.
  shipments: [
    "table: shipment, columns: {shipment_id: shipment, order_id: order, shipped_on: shipped, delivered_on: delivered, amount: amount}",
    `shipment,order,shipped,delivered,amount
S1,O1,2026-03-10,2026-03-12,400.00
S2,O1,2026-03-30,2026-04-03,600.10
S3,O2,2026-03-10,2026-03-14,1000.00
S4,O2,2026-05-22,,1000.25
S5,O5,2026-04-20,,110.00
S6,O6,2026-03-28,2026-03-29,20.00
S7,O8,2026-04-10,2026-04-12,60.00
`
  ],
  invoices: [
    "table: invoice, columns: {invoice_id: invoice, order_id: order, invoiced_on: invoiced, amount: amount, currency: currency}",
    `invoice,order,invoiced,amount,currency
I1,O1,2026-03-12,400.00,USD
I2,O2,2026-03-11,1000.00,
I3,,2026-04-20,55.50,USD
I4,O1,2026-05-21,600.10,USD
`
  ]
};

let small: SmallWorkspace;
let engine: Engine;
let warned: string[];
beforeAll(async () => {
  small = smallWorkspace();
  small.change("workspace.yaml", "base_currency: USD", "base_currency: USD\nas_of: 2026-05-20");
  const listed = Object.entries(FILES).map(([name, [map, rows]]) => {
    small.write(`${name}.csv`, rows);
    return `  - {path: ${name}.csv, maps: [{${map}}]}\n`;
  });
  small.change("workspace.yaml", "  - path: history.csv", `${listed.join("")}  - path: history.csv`);
  await small.build();
  engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
  const rows = await engine.rows<{name: string}>("select name from weir.check_result where n_failures > 0");
  warned = rows.map(({name}) => name);
});
afterAll(() => {
  engine?.close();
  small?.remove();
});

/** Rows of one text each, columns apart by blanks. */
async function lines(sql: string): Promise<string[]> {
  const rows = await engine.rows(sql);
  return rows.map((row) =>
    Object.values(row)
      .map((value) => String(value ?? "-"))
      .join(" ")
  );
}

test("the backlog of each month: orders in, shipments and cancellations out, prices and rates apart", async () => {
  expect(
    await lines(`select month_on::varchar, begin_amount::varchar, ordered_amount::varchar, shipped_amount::varchar,
      cancelled_amount::varchar, repriced_amount::varchar, revalued_amount::varchar, end_amount::varchar, is_whole
      from marts.backlog_movement where slice = 'all' order by 1`)
  ).toEqual([
    "2026-02-01 0.00 3200.38 0.00 0.00 0.00 0.00 3200.38 true",
    // Shipped: O1 whole, 1000.00 EUR of O2 at 1.20, a part of O6. What is left of O2 was worth 0.10 less a euro before.
    "2026-03-01 3200.38 650.00 -2220.10 -500.00 0.00 200.02 1330.30 true",
    // Cancelled: what is left of O6. O5 shipped for 10 more, O8 for 40 less.
    "2026-04-01 1330.30 470.40 -170.00 -30.00 -30.00 0.00 1570.70 true",
    "2026-05-01 1570.70 0.00 -70.00 0.00 0.00 0.00 1500.70 false"
  ]);
});

test("invoices by month, at the rate of their day and in the currency of their order where they say none", async () => {
  expect(
    await lines(
      "select month_on::varchar, billed_amount::varchar from marts.backlog_movement where slice = 'all' order by 1"
    )
  ).toEqual(["2026-02-01 0.00", "2026-03-01 1600.00", "2026-04-01 55.50", "2026-05-01 0.00"]);
});

test("an order is cut by what its deal is, and by its customer and product without one", async () => {
  expect(
    await lines(`select order_id, deal_id, region, segment, product_family, channel
      from marts.orders where order_id in ('O2', 'O3', 'O7') order by 1`)
  ).toEqual(["O2 D2 South Large Core Partner", "O3 - South Small Core -", "O7 - - - Core -"]);
  expect(
    await lines(`select slice_value, end_amount::varchar from marts.backlog_movement
      where slice = 'region' and month_on = '2026-05-01' order by 1`)
  ).toEqual(["(none) 0.00", "North 0.00", "South 1500.70"]);
});

test("each order: its state, what is left of it, its promise and how long it took", async () => {
  expect(
    await lines(`select order_id, state, backlog_amount::varchar, closed_on::varchar, delivered_on::varchar, promise_error_days,
      lead_days, late_days from marts.orders order by 1`)
  ).toEqual([
    "O1 delivered 0.00 2026-03-30 2026-04-03 2 50 -",
    "O2 part shipped 1200.30 - - - - -",
    "O3 open 300.40 - - - - 10",
    "O4 cancelled 0.00 2026-03-15 - - - -",
    "O5 shipped 0.00 2026-04-20 - - - -",
    "O6 cancelled 0.00 2026-04-02 - - - -",
    "O7 delivered 0.00 2026-05-02 2026-05-06 -2 35 -",
    "O8 delivered 0.00 2026-04-10 2026-04-12 0 41 -"
  ]);
});

test("steps add up to the lead time, one passed over has no days, and one under way is as old as the day", async () => {
  expect(
    await lines(`select order_id, milestone, phase_days, is_ended, is_under_way from marts.order_phases
      where order_id in ('O3', 'O4', 'O7') order by order_id, step_number`)
  ).toEqual([
    "O3 engineering 33 false true",
    "O3 delivered - false false",
    "O4 engineering 10 true false",
    "O4 delivered 0 false false",
    "O7 engineering 11 true false",
    "O7 production - false false",
    "O7 shipped 20 true false",
    "O7 delivered 4 true false"
  ]);
  expect(
    await lines("select next_milestone, next_late_days from marts.orders where order_id = 'O3'")
  ).toEqual(["engineering 20"]);
});

test("won deals and orders: every one in one class, and both sides whole", async () => {
  expect(
    await lines(`select entry_id, class, deal_amount::varchar, order_amount::varchar, gap_amount::varchar, mend is not null as to_mend
      from marts.chain_ledger order by 1`)
  ).toEqual([
    "D D1 agrees 1000.10 1000.10 0.00 false",
    // Won at 1.20, ordered at 1.10: no difference but that of the rate.
    "D D2 agrees 2400.30 2200.28 0.00 false",
    "D D3 not won, order cancelled - 500.00 - false",
    // Mended on its order.
    "D D4 order likely 300.40 - - false",
    "O O3 no deal named - 300.40 - true",
    "O O5 deal not known - 100.00 - true",
    "O O6 no deal named - 50.00 - false",
    "O O7 no deal named - 70.00 - true",
    "O O8 no deal named - 100.00 - true"
  ]);
  expect(
    await lines("select entry_id, deal_id, order_ids from marts.chain_ledger where is_likely order by 1")
  ).toEqual(["D D4 D4 O3", "O O3 D4 O3"]);
});

test("what the exports left out is said order by order, and warned of", async () => {
  expect(
    await lines("select order_id, assumed from marts.orders where assumed is not null order by 1")
  ).toEqual([
    "O4 says it was cancelled, not when: taken is the last day on which something happened to it",
    "O7 has no amount of its own: taken is the sum of its lines; its steps or its status say that it has left, and it has no shipment: taken is the whole of it, on the last day known"
  ]);
  expect(warned).toEqual(expect.arrayContaining(["chk_order_shipped_within", "chk_order_records"]));
});
