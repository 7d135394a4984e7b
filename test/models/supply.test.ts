/** Stock and purchase orders as ERPs have them, with what they leave open, through the real build. */
import {afterAll, beforeAll, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {NO_STOCK, needsByDay, readStock, shortForOrders} from "../../loaders/planning/supply.ts";
import {readModels} from "../../loaders/warehouse/readModels.ts";
import {dayNumber} from "../../src/slices/facts.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

let small: SmallWorkspace;
let engine: Engine;
let asOf: string;
beforeAll(async () => {
  small = smallWorkspace();
  small.change(
    "workspace.yaml",
    "  - path: history.csv",
    `  - path: bill.csv
    maps:
      - table: bill_of_materials
        columns: {product_id: Product, material_id: Material, quantity: Units}
  - path: material.csv
    maps:
      - table: material
        columns: {material_id: Material, lead_time_days: Lead, unit_cost: Cost}
  - path: stock.csv
    maps:
      - table: stock
        columns: {material_id: Material, site: Site, on_hand: Units, counted_on: Day}
  - path: purchases.csv
    maps:
      - table: purchase_order
        columns: {purchase_order_id: PO, line_id: Line, material_id: Material, quantity: Units, ordered_on: Placed, due_on: Due, received_quantity: Came, received_on: CameOn, status: Status}
  - path: history.csv`
  );
  small.write("bill.csv", "Product,Material,Units\nPress,M1,2\nPress,M2,1\nPress,M3,1\nPress,M4,1\n");
  small.write("material.csv", "Material,Lead,Cost\nM1,30,10.00\nM2,,5.00\nM3,20,1.00\nM4,20,1.00\n");
  // Two batches of M1 in the works; an older count there and one after the as-of day; M3 is below zero, M4 has none.
  small.write(
    "stock.csv",
    "Material,Site,Units,Day\nM1,Works,4,2026-05-01\nM1,Works,3,2026-05-01\nM1,Works,90,2026-04-01\nM1,Store,1,2026-03-01\nM1,Works,50,2027-01-01\nM2,,6.5,\nM3,Works,-1,2026-05-01\n"
  );
  small.write(
    "purchases.csv",
    `PO,Line,Material,Units,Placed,Due,Came,CameOn,Status
A,1,M1,10,2026-03-01,2026-05-01,4,2026-04-20,partially delivered
A,2,M1,5,2026-03-01,2027-03-01,,,confirmed
A,3,M1,7,2026-03-01,2026-04-01,,,cancelled
A,4,M1,6,2026-03-01,2026-04-01,,2026-04-02,
A,5,M1,9,2026-03-01,2027-02-01,9,2027-01-15,
A,6,M1,3,2027-01-01,2027-02-01,,,
B,1,M3,8,2026-04-20,,,,
B,2,M2,8,2026-04-20,,,,
B,3,M3,2,2026-04-20,2027-02-01,5,2026-04-30,
B,4,M3,2,2026-04-20,2027-02-01,,,received
B,5,M3,2,2026-04-20,2027-02-01,,,customs hall
C,1,M1,10,2026-04-20,2027-03-01,,,Shipped by supplier
C,2,M1,10,2026-04-20,2027-03-01,,,delivered to forwarder
C,3,M1,10,2026-04-20,2027-03-01,4,,shipped complete
C,4,M1,10,2026-04-20,2027-03-01,,,"shipped, delivered"
C,5,M1,10,2026-04-20,2027-01-15,10,2027-01-10,closed
C,6,M1,10,2026-04-20,2027-01-15,10,2027-01-10,received
`
  );
  await small.build({relations: ["material_stock", "purchase_lines", "product_needs"]});
  engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
  const [run] = await engine.rows<{as_of: string}>("select as_of::varchar as as_of from workspace.run");
  asOf = run!.as_of;
});
afterAll(() => {
  engine?.close();
  small?.remove();
});

test("stock is the newest count of each site by the as-of day, its batches added up", async () => {
  const rows = await engine.rows(
    "select material_id || ' ' || site || ' ' || on_hand || ' ' || counted_on as said from marts.material_stock order by 1"
  );
  expect(rows.map(({said}) => said)).toEqual([
    "M1 Store 1.0 2026-03-01",
    "M1 Works 7.0 2026-05-01",
    `M2 not said 6.5 ${asOf}`,
    "M3 Works -1.0 2026-05-01"
  ]);
});

test("on order is what was ordered less what came by then; what is called off, complete or placed later brings nothing", async () => {
  const rows = await engine.rows<{line: string; open: number; on: string | null; is_overdue: boolean}>(
    `select purchase_order_id || line_id as line, open_quantity as open, expected_on::varchar as "on", is_overdue
     from marts.purchase_lines order by 1`
  );
  expect(rows.map(({line, open, on, is_overdue}) => [line, open, on, is_overdue])).toEqual([
    ["A1", 6, "2026-05-01", true],
    ["A2", 5, "2027-03-01", false],
    ["A3", 0, "2026-04-01", true],
    ["A4", 0, "2026-04-01", true],
    ["A5", 9, "2027-02-01", false],
    // Placed on April 20, twenty days of lead time.
    ["B1", 8, "2026-05-10", asOf > "2026-05-10"],
    ["B2", 8, null, false],
    ["B3", 0, "2027-02-01", false],
    ["B4", 0, "2027-02-01", false],
    ["B5", 2, "2027-02-01", false],
    // What a supplier has shipped is on its way; what came after the as-of day was to come on it, whatever is said of it now.
    ["C1", 10, "2027-03-01", false],
    ["C2", 10, "2027-03-01", false],
    ["C3", 6, "2027-03-01", false],
    ["C4", 0, "2027-03-01", false],
    ["C5", 10, "2027-01-15", false],
    ["C6", 10, "2027-01-15", false]
  ]);
});

test("what stock and purchase orders leave open is told, and lets the build go on", async () => {
  const checks = await engine.rows<{name: string; n: number; rows: string}>(
    "select name, n_failures::integer as n, examples as rows from weir.check_result where name like 'chk_supply%' order by 1"
  );
  expect(checks.map(({name, n}) => [name, n])).toEqual([
    ["chk_supply_adds_up", 0],
    // Below zero, after the day, old counts, several days, M4 without one, too much received, without a day, unknown status.
    ["chk_supply_whole", 8]
  ]);
  for (const said of [
    "stock below zero",
    "counted after the as-of day",
    "counted on several days: the newest count alone is taken",
    "without a row of stock"
  ])
    expect(checks[1]!.rows, said).toContain(said);
});

test("a line that is not over and whose rest is not to come is found, as is one that is lost", async () => {
  const check = readModels().find(({name}) => name === "chk_supply_adds_up")!;
  const found = async (lines: string) =>
    (
      await engine.rows<{said: string}>(
        `with tampered as (${lines}) select what || ' ' || material_id as said from (${check.sql
          .replaceAll("{{ ref('purchase_lines') }}", "tampered")
          .replaceAll(/\{\{ ref\('(\w+)'\) \}\}/g, "marts.$1")
          .replaceAll(/\{\{ source\('(\w+)'\) \}\}/g, "source.$1")
          .replaceAll(/\{\{ workspace\('(\w+)'\) \}\}/g, "workspace.$1")}) order by 1`
      )
    ).map(({said}) => said);
  const all = "select * from marts.purchase_lines";
  const without = (line: string) =>
    `select * replace (case when purchase_order_id || line_id = '${line}' then 0 else open_quantity end as open_quantity) from marts.purchase_lines`;
  expect(await found(all)).toEqual([]);
  for (const line of ["A2", "C1", "C5"])
    expect(await found(without(line)), line).toEqual(["still to come M1"]);
  expect(await found(`${all} where line_id <> '5'`)).toEqual([
    ...["ordered M1", "ordered M3", "still to come M1", "still to come M3"]
  ]);
});

test("planning takes what is overdue to come at once, and knows what has no day", async () => {
  const stock = await readStock(engine, dayNumber(asOf));
  expect(stock).toMatchObject({
    hasStock: true,
    hasPurchases: true,
    countedFrom: "2026-03-01",
    countedTo: asOf,
    countedAfter: "2027-01-01"
  });
  const m1 = stock.of.get("M1")!;
  expect([m1.onHand, m1.sites, m1.countedOn]).toEqual([8, [["Store", 1], ["Works", 7]], "2026-03-01"]); // biome-ignore format: a table
  expect(m1.receipts.map(({id, on, units, isOverdue}) => [id, on, units, isOverdue])).toEqual([
    ["A / 1", asOf, 6, true],
    ["C / 5", "2027-01-15", 10, false],
    ["C / 6", "2027-01-15", 10, false],
    ["A / 5", "2027-02-01", 9, false],
    ["A / 2", "2027-03-01", 5, false],
    ["C / 1", "2027-03-01", 10, false],
    ["C / 2", "2027-03-01", 10, false],
    ["C / 3", "2027-03-01", 6, false]
  ]);
  expect([stock.of.get("M2")!.undated, stock.of.get("M2")!.receipts]).toEqual([8, []]);
  expect(stock.of.has("M4")).toBe(false);
});

test("whatever it costs, a material that orders make short is found among all", async () => {
  const stock = await readStock(engine, dayNumber(asOf));
  const products = [{name: "Press", takes: [[0, 2], [1, 1], [2, 1], [3, 1]] as const, hours: [], otherCost: 0}]; // biome-ignore format: a table
  const materials = ["M1", "M2", "M3", "M4"].map((id) => ({id, leadDays: 7}));
  const orders = [
    {lines: [[0, 2]] as const, needOn: "2027-02-10"},
    {lines: [[0, 9]] as const, needOn: null}
  ];
  expect(needsByDay(orders, products, 4)[0]).toEqual([["2027-02-10", 4]]);
  // M1 has 8 and 15 more by then; M3 was below zero and gets 8 and 2; M4 has nothing.
  const found = shortForOrders(stock, materials, products, orders, dayNumber(asOf));
  expect([...found].map((m) => materials[m]!.id)).toEqual(["M3", "M4"]);
  expect(shortForOrders(NO_STOCK, materials, products, orders, dayNumber(asOf)).size).toBe(0);
});
