import {statSync} from "node:fs";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {buildPlanning, planningFile, readPlanning} from "../../loaders/planning/buildPlanning.ts";
import {readBill, readOrders} from "../../loaders/planning/readPlanning.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

let small: SmallWorkspace;
let engine: Engine;
beforeAll(async () => {
  small = smallWorkspace();
  small.change(
    "workspace.yaml",
    "  - path: history.csv",
    `  - path: bill.csv
    maps:
      - table: bill_of_materials
        columns: {product_id: Product, material_id: Material, quantity: Units, work_centre_id: Centre, hours: Hours}
  - path: material.csv
    maps:
      - table: material
        columns: {material_id: Material, lead_time_days: Lead, unit_cost: Cost, currency: Money, is_stocked: Stocked}
  - path: centres.csv
    maps:
      - table: work_centre
        columns: {work_centre_id: Centre, hours_per_week: Week}
  - path: orders.csv
    maps:
      - table: order
        columns: {order_id: Order, deal_id: Deal, ordered_on: Placed, amount: Amount, currency: Money, status: Status}
  - path: order_lines.csv
    maps:
      - table: order_line
        columns: {order_id: Order, line_id: Line, product_id: Product, quantity: Pieces, amount: Paid}
  - path: shipments.csv
    maps:
      - table: shipment
        columns: {shipment_id: Shipment, order_id: Order, shipped_on: Day, amount: Amount}
  - path: steps.csv
    maps:
      - table: order_milestone
        columns: {order_id: Order, milestone: Step, planned_on: Planned, actual_on: Actual}
  - path: history.csv`
  );
  small.write(
    "bill.csv",
    "Product,Material,Units,Centre,Hours\nBasic,M1,2,W1,3.5\nBasic,M2,0.5,,\nPro,M1,4,W9,1\nScrew,M3,1,,\n"
  );
  small.write(
    "material.csv",
    "Material,Lead,Cost,Money,Stocked\nM1,84,100.00,EUR,true\nM2,,,,\nM3,10,0.004,eur,\n"
  );
  small.write("centres.csv", "Centre,Week\nW1,40\n");
  small.write(
    "orders.csv",
    `Order,Deal,Placed,Amount,Money,Status\nO1,D1,2026-03-02,1000.00,USD,In production\nO2,,2026-03-03,50.00,USD,Cancelled by customer\nO3,,2026-03-04,70.00,USD,Delivered\nO4,,2026-03-05,10.00,USD,Void\nO5,,2026-03-05,30.00,USD,In production\nO6,,,20.00,USD,In production\nO7,,2027-01-01,20.00,USD,In production\n${[1, 2, 3, 4, 5, 6].map((n) => `P${n},,2026-02-01,10.00,USD,In production\n`).join("")}`
  );
  // O1 names its product twice, and one that has no bill.
  small.write(
    "order_lines.csv",
    `Order,Line,Product,Pieces,Paid\nO1,1,Basic,1,100.00\nO1,1,Basic,2,200.00\nO1,2,Visit,1,30.00\nO2,1,Pro,,50.00\nO5,1,Screw,20000,30.00\n${[1, 2, 3, 4, 5, 6].map((n) => `P${n},1,Basic,1,10.00\n`).join("")}`
  );
  small.write(
    "steps.csv",
    `Order,Step,Planned,Actual\nO1,Material,2026-05-01,2026-05-03\nO1,Production,2026-06-01,\nO1,Fair wind,2026-06-01,\nO5,Production,2026-06-01,2027-02-01\nO6,Engineering,2026-03-20,2026-03-19\n${[1, 2, 3, 4, 5].map((n) => `P${n},Material,,2026-02-0${n + 1}\nP${n},Production,,2026-03-0${n + 1}\n`).join("")}P6,Material,2026-12-01,\n`
  );
  // O1's is of half of it; O5 is shipped whole, whatever its milestones say.
  small.write(
    "shipments.csv",
    "Shipment,Order,Day,Amount\nS1,O1,2026-04-01,500.00\nS2,O5,2026-04-02,30.00\n"
  );
  await small.build();
  engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
});
afterAll(() => {
  engine?.close();
  small?.remove();
});

test("an order takes its pieces times the bill, in quantity, money at the day's rate and hours", async () => {
  const rows = await engine.rows<{row: string}>(
    `select order_id || ' ' || material_id || ' ' || quantity || ' ' || coalesce(cost::varchar, '-') || ' ' || coalesce(work_centre_id, '-') || ' ' || hours as row
     from marts.order_needs where order_id like 'O%' order by 1`
  );
  const [{rate}] = (await engine.rows<{rate: number}>(
    "select rate::double as rate from intermediate.int_fx_period cross join workspace.run where currency_code = 'EUR' and from_on <= as_of and to_on > as_of"
  )) as [{rate: number}];
  const cost = (units: number) => (units * Number((100 * rate).toFixed(2))).toFixed(2);
  expect(rows.map(({row}) => row)).toEqual([
    `O1 M1 6.0 ${cost(6)} W1 10.5`,
    "O1 M2 1.5 - - 0.0",
    `O2 M1 4.0 ${cost(4)} W9 1.0`,
    // Less than half a cent each, and a currency in small letters.
    `O5 M3 20000.0 ${(80 * rate).toFixed(2)} - 0.0`
  ]);
});

test("what bills lack is told, and lets the build go on", async () => {
  const [found] = await engine.rows<{n: number}>(
    "select n_failures::double as n from weir.check_result where name = 'chk_bills_whole'"
  );
  // M2 has no lead time and no cost; W9 is no centre with hours.
  expect(found!.n).toBe(3);
});

test("orders are read with their steps, what is called off and what no bill explodes", async () => {
  const bill = await readBill(engine);
  expect(bill.centres.map(({id, hoursPerWeek}) => [id, hoursPerWeek])).toEqual([
    ["W1", 40],
    ["W9", null]
  ]);
  const orders = await readOrders(engine, bill.productOf);
  // What is placed after the as-of day is not there; O6 has no day of its own, and is of its first step.
  expect(orders.map(({orderId}) => orderId).filter((id) => id.startsWith("O"))).toEqual([
    "O1",
    "O2",
    "O3",
    "O4",
    "O5",
    "O6"
  ]);
  const [first, second, third] = orders;
  expect(first!.lines).toEqual([[bill.productOf.get("Basic"), 3]]);
  expect(first!.unbilled).toEqual({n: 1, amount: 30});
  expect(Object.keys(first!.steps)).toEqual(["material", "production"]);
  expect(second!.cancelledOn).toBe(second!.orderedOn);
  expect([third!.doneOn, third!.hasLines, third!.unbilled.amount]).toEqual([third!.orderedOn, false, 70]);
  // A step done after the as-of day is not done.
  expect(orders[4]!.steps.production!.actual).toBeNull();
});

test("an order stands in planning as long as it stands in the backlog", async () => {
  const rows = await engine.rows<{id: string; is_open: boolean}>(
    "select order_id as id, state in ('open', 'part shipped') as is_open from marts.orders order by 1"
  );
  const {productOf} = await readBill(engine);
  const planned = (await readOrders(engine, productOf)).map((order) => [
    order.orderId,
    order.doneOn === null && order.cancelledOn === null
  ]);
  expect(planned).toEqual(rows.map(({id, is_open}) => [id, is_open]));
  expect(new Set(rows.map(({is_open}) => is_open)).size).toBe(2);
});

test("lines told twice and lines without a quantity are said", async () => {
  const [found] = await engine.rows<{n: number}>(
    "select n_failures::double as n from weir.check_result where name = 'chk_order_lines_whole'"
  );
  // O1's line 1, and O2's, of which one piece is taken.
  expect(found!.n).toBe(2);
});

test("the plan of a build: what waits for its material, what is left out, and nothing of deals without a past to ask", async () => {
  const asked = {warehouse: small.paths.warehouse, inputHash: "a", reporter: silentReporter};
  await buildPlanning(asked);
  const {data} = readPlanning(small.paths.warehouse);
  // The median of 1 to 5 days to the material and of 28 from there; P6 still waits, and of O1 production goes on.
  expect(data!.offsets).toMatchObject({materialDays: 4, productionDays: 28, nOrders: 6});
  expect(data!.orders.map(({orderId, needOn}) => [orderId, needOn])).toEqual([["O1", null], ["P6", "2026-12-01"]]); // biome-ignore format: a table
  // One Basic takes two M1; it waits in December.
  expect(data!.materials.map(({id, firm}) => [id, firm.reduce((sum, each) => sum + each, 0)])).toEqual([["M1", 2], ["M2", 0.5], ["M3", 0]]); // biome-ignore format: a table
  // Only the products of the lines that are listed, and lines that point at them.
  expect(data!.products.map(({name}) => name)).toEqual(["Basic"]);
  expect(data!.orders[1]!.lines).toEqual([[0, 1]]);
  expect([data!.record, data!.deals]).toEqual([null, []]);
  const left = new Map(
    data!.leftOut.map(({what, n, amount}) => [what.split(/[:,(]/)[0]!.trim(), [n, amount]])
  );
  expect(left.get("orders with lines of products without a bill")).toEqual([1, 30]);
  expect(left.get("materials without a lead time")).toEqual([1, null]);
  const won = await engine.rows<{n: number}>(
    "select count(*)::integer as n from marts.chain_ledger where class in ('won, no order', 'order expected')"
  );
  expect(
    (left.get("deals won lately")?.[0] ?? 0)! + (left.get("deals won longer ago without an order")?.[0] ?? 0)!
  ).toBe(won[0]!.n);

  const {mtimeMs} = statSync(planningFile(asked.warehouse));
  await buildPlanning(asked);
  expect(statSync(planningFile(asked.warehouse)).mtimeMs).toBe(mtimeMs);
  await buildPlanning({...asked, inputHash: "b"});
  expect(statSync(planningFile(asked.warehouse)).mtimeMs).toBeGreaterThan(mtimeMs);
});
