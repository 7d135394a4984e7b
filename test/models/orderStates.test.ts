/** When an order has left, on orders whose words, parts and days say less than one would like. */
import {afterAll, beforeAll, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

/** The day is 20 May 2026. */
const FILES: Record<string, [maps: string, rows: string]> = {
  orders: [
    "table: order, columns: {order_id: order, deal_id: deal, account_id: account, ordered_on: ordered, promised_on: promised, amount: amount, currency: currency, status: status, cancelled_on: cancelled}",
    `order,deal,account,ordered,promised,amount,currency,status,cancelled
P1,,A1,2026-01-05,2026-03-01,100.00,USD,Shipped partially,
P2,,A1,2026-01-05,2026-03-01,1000.00,USD,partially shipped,
P3,,A1,2026-01-05,2026-03-01,1000.00,USD,Cancelled by customer,
P4,,A1,2026-01-05,2026-03-01,1000.00,USD,,2026-03-20
P5,,A1,2026-01-05,2026-03-01,100.00,USD,,
P6,,A1,2026-01-05,2026-03-01,20.00,USD,Invoiced,
P7,,A1,2026-01-05,2026-03-01,,USD,,
P8,,A1,2026-01-05,2026-03-01,100.00,USD,,
P9,,A1,2026-01-05,2026-03-01,50.00,USD,storniert,
Q1,,A1,2026-01-05,2026-03-01,50.00,USD,Closed short,
Q2,,A1,2026-01-05,2026-03-01,50.00,USD,teilgeliefert,
Q3,,A1,2026-01-05,2026-03-01,50.00,USD,Somewhere,
Q4,,A1,2026-01-05,2026-06-01,200.00,USD,,
Q5,,A1,2026-01-05,2026-03-01,50.00,USD,,
Q6,D3,A1,2026-03-05,2026-05-01,500.00,USD,void,
Q7,,A3,2026-04-17,2026-05-10,300.40,USD,,2026-04-20
R1,,A1,2026-01-05,2026-03-01,50.00,USD,Production complete,
R2,,A1,2026-01-05,2026-03-01,50.00,USD,Noch nicht geliefert,
R3,,A1,2026-01-05,2026-03-01,50.00,USD,"Invoiced, not shipped",
R4,,A1,2026-01-05,2026-03-01,50.00,USD,Spare parts shipped,
R5,,A1,2026-01-05,2026-03-01,50.00,USD,Cancelled - not shipped,
R6,,A1,2026-01-05,2026-03-01,100.00,USD,Partially shipped,
`
  ],
  milestones: [
    "table: order_milestone, columns: {order_id: order, milestone: milestone, planned_on: planned, actual_on: actual}",
    `order,milestone,planned,actual
P8,production,2026-03-25,2026-04-20
P8,test,2026-05-10,
P8,shipped,2026-06-01,
P2,shipped,2026-03-01,
Q5,Goods issue,2026-02-20,2026-02-21
Q5,Proof of delivery,2026-02-25,2026-02-26
Q4,engineering,2026-03-01,2026-03-02
Q4,design review,2026-02-01,2026-02-03
Q4,test,2026-07-01,
`
  ],
  shipments: [
    "table: shipment, columns: {shipment_id: shipment, order_id: order, shipped_on: shipped, delivered_on: delivered, amount: amount}",
    `shipment,order,shipped,delivered,amount
S1,P1,2026-02-01,2026-02-02,30.00
S2,P2,2026-02-01,2026-02-02,
S3,P3,2026-02-01,2026-02-02,
S4,P4,2026-02-01,2026-02-02,
S5,P5,2026-02-01,2026-02-02,99.99
S7,P7,2026-02-01,2026-02-02,500.00
S8,P8,2026-02-27,2026-03-01,40.00
S9,Q4,,,70.00
T6,R6,2026-02-01,2026-02-02,99.50
`
  ],
  invoices: [
    "table: invoice, columns: {invoice_id: invoice, order_id: order, invoiced_on: invoiced, amount: amount, currency: currency}",
    `invoice,order,invoiced,amount,currency
I1,P6,2026-01-20,6.00,USD
I2,P6,,300.00,USD
I3,P6,2026-02-20,,USD
`
  ]
};

let small: SmallWorkspace;
let engine: Engine;
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

test("an order leaves when it is whole, not with its first part; a cancellation is not undone by parts of unknown worth", async () => {
  expect(
    await lines(`select order_id, state, shipped_amount::varchar, cancelled_amount::varchar, backlog_amount::varchar, closed_on::varchar
      from marts.orders where order_id in ('P1', 'P2', 'P3', 'P4', 'P6', 'P7') order by 1`)
  ).toEqual([
    "P1 part shipped 30.00 0.00 70.00 -",
    "P2 part shipped 0.00 0.00 1000.00 -",
    "P3 cancelled 0.00 1000.00 0.00 2026-02-02",
    "P4 cancelled 0.00 1000.00 0.00 2026-03-20",
    // An advance invoice ships nothing.
    "P6 open 0.00 0.00 20.00 -",
    // What an order without an amount has shipped is not what leaves the backlog, and not 0.
    "P7 part shipped - - - -"
  ]);
});

test("what is left of less than a hundredth, when all that was sent has arrived, is a matter of price", async () => {
  expect(
    await lines(
      "select state, backlog_amount::varchar, repriced_amount::varchar, late_days, assumed from marts.orders where order_id = 'P5'"
    )
  ).toEqual([
    "delivered 0.00 -0.01 - less than 1% of it was not shipped, and all that was has arrived: taken as whole"
  ]);
});

test("words of ERPs in one list: what takes them back comes first, and a word not known is open", async () => {
  expect(
    await lines(
      "select order_id, state from marts.orders where order_id in ('P9', 'Q1', 'Q2', 'Q3', 'Q6') order by 1"
    )
  ).toEqual(["P9 cancelled", "Q1 shipped", "Q2 open", "Q3 open", "Q6 cancelled"]);
});

test("a step that is complete is not the order, 'not shipped' is not shipped, and a part that is said to be one leaves the rest open", async () => {
  expect(
    await lines(
      "select order_id, state, backlog_amount::varchar from marts.orders where order_id like 'R%' order by 1"
    )
  ).toEqual([
    "R1 open 50.00",
    "R2 open 50.00",
    "R3 open 50.00",
    "R4 shipped 0.00",
    "R5 cancelled 0.00",
    "R6 part shipped 0.50"
  ]);
});

test("an order that has left without a day of arrival is neither late nor still waiting", async () => {
  expect(
    await lines("select state, late_days, waited_days, delivered_on from marts.orders where order_id = 'Q1'")
  ).toEqual(["shipped - 0 -"]);
});

test("a part that has arrived does not end the steps of the order", async () => {
  expect(
    await lines(
      "select milestone, phase_days, is_under_way from marts.order_phases where order_id = 'P8' order by step_number"
    )
  ).toEqual(["production 105 false", "test 30 true", "shipped - false"]);
  expect(
    await lines("select next_milestone, next_late_days from marts.orders where order_id = 'P8'")
  ).toEqual(["test 10"]);
});

test("steps stand in the order of their plan, whatever they are called, and common names of leaving and arriving are known", async () => {
  expect(
    await lines(
      "select milestone, step_number, phase_days from marts.order_phases where order_id = 'Q4' order by step_number"
    )
  ).toEqual(["design review 1 29", "engineering 2 27", "test 3 79"]);
  expect(
    await lines(
      "select state, closed_on::varchar, delivered_on::varchar from marts.orders where order_id = 'Q5'"
    )
  ).toEqual(["delivered 2026-02-21 2026-02-26"]);
});

test("a cancelled order asks nothing of a deal: not of one that was not won, and it is not likely the order of another", async () => {
  expect(
    await lines(
      "select entry_id, class, mend from marts.chain_ledger where entry_id in ('D D3', 'D D4', 'O Q7') order by 1"
    )
  ).toEqual([
    "D D3 not won, order cancelled -",
    "D D4 won, no order place the order, write the deal's id on it, or take back the win",
    "O Q7 no deal named -"
  ]);
});

test("what counts nowhere is told: shipments and invoices without a day, words and steps that are not known", async () => {
  const rows = await engine.rows<{examples: string}>(
    "select examples from weir.check_result where name in ('chk_order_words', 'chk_order_left_out')"
  );
  const told = JSON.stringify(rows);
  for (const said of [
    "shipments without any day",
    "invoices without a day",
    "invoices without an amount",
    "Somewhere",
    "design review",
    "shipments of orders without an amount",
    "status says that they are invoiced"
  ])
    expect(told).toContain(said);
});

test("a rate that is missing is asked for by the record that needs it; a contract that never counts needs none", async () => {
  const other = smallWorkspace();
  try {
    other.write(
      "orders.csv",
      "order,ordered,amount,currency\nZ1,2019-02-01,10.00,CHF\nZ2,2026-02-01,10.00,USD\n"
    );
    other.write(
      "contracts.csv",
      "id,account,starts,ends,arr,currency\nC1,A1,2016-01-01,2015-01-01,10.00,CHF\n"
    );
    const orders =
      "  - {path: orders.csv, maps: [{table: order, columns: {order_id: order, ordered_on: ordered, amount: amount, currency: currency}}]}\n";
    const contracts =
      "  - {path: contracts.csv, maps: [{table: subscription, columns: {subscription_id: id, account_id: account, starts_on: starts, ends_on: ends, arr: arr, currency: currency}}]}\n";
    other.change("workspace.yaml", "  - path: history.csv", `${orders}${contracts}  - path: history.csv`);
    const problem: {problems?: unknown} = await other.build().then(
      () => ({}),
      (error) => error
    );
    expect(JSON.stringify([problem, String(problem)])).toContain("order Z1");
    other.write("orders.csv", "order,ordered,amount,currency\nZ2,2026-02-01,10.00,USD\n");
    await other.build();
  } finally {
    other.remove();
  }
});
