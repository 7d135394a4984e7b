import {afterAll, beforeAll, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

let small: SmallWorkspace;
let engine: Engine;
beforeAll(async () => {
  small = smallWorkspace();
  small.change("workspace.yaml", / {6}- table: deal_line\n.*\n/, "");
  small.change(
    "workspace.yaml",
    "  - path: history.csv",
    `  - path: lines.csv
    maps:
      - table: deal_line
        columns: {deal_id: Deal, product_id: Product, quantity: Pieces, amount: Paid, list_price: List}
  - path: history.csv`
  );
  // D1 (1000.10): thirds. D2 (2000.25): by what lines cost. D3 (500.00): by list price where nothing is said to cost.
  // D4 (300.40): one line says nothing at all, so all share alike. The others have none.
  small.write(
    "lines.csv",
    `Deal,Product,Pieces,Paid,List
D1,Basic,1,10.00,20.00
D1,Basic,1,10.00,
D1,Pro,1,10.00,10.00
D2,Basic,2,30.00,20.00
D2,Pro,1,10.00,10.00
D3,Basic,1,,
D3,Pro,4,,2500.00
D4,Basic,1,5.00,5.00
D4,Special,1,,
`
  );
  small.change("products.csv", "Pro,Core,2500.00", "Pro,Core,2500.00\nSpecial,Core,");
  await small.build();
  engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
});
afterAll(() => {
  engine?.close();
  small?.remove();
});

async function linesOf(deal: string): Promise<string[]> {
  const rows = await engine.rows<{line: string}>(
    `select product || ' ' || amount_base || ' of ' || coalesce(list_amount::varchar, '-') as line
     from marts.deal_lines where deal_id = '${deal}' order by line_number`
  );
  return rows.map(({line}) => line);
}

test("a deal's amount is shared among its lines by what they cost, and sums to it to the cent", async () => {
  expect(await linesOf("D1")).toEqual(["Basic 333.37 of 20.00", "Basic 333.36 of -", "Pro 333.37 of 10.00"]);
  const [deal] = await engine.rows<{amount: string}>(
    "select amount_base::varchar as amount from marts.deals where deal_id = 'D2'"
  );
  const [basic, pro] = (await linesOf("D2")).map((line) => Number(line.split(" ")[1]));
  expect(basic! + pro!).toBeCloseTo(Number(deal!.amount), 9);
  expect(basic! / pro!).toBeCloseTo(3, 3);
});

test("lines that do not say what they cost share by list price, and alike where one has none", async () => {
  // 1 x 800 of the product's own list, 4 x 2500 of the line's.
  expect(await linesOf("D3")).toEqual(["Basic 37.04 of -", "Pro 462.96 of 10000.00"]);
  expect(await linesOf("D4")).toEqual(["Basic 150.20 of 5.00", "Special 150.20 of -"]);
});

test("deals without lines are there, without a product", async () => {
  const [row] = await engine.rows<{n: number; bare: number}>(
    `select count(distinct deal_id)::double as n, count(*) filter (line_number = 0 and product is null)::double as bare
     from marts.deal_lines`
  );
  const [all] = await engine.rows<{n: number}>("select count(*)::double as n from marts.deals");
  expect(row!.n).toBe(all!.n);
  expect(row!.bare).toBe(all!.n - 4);
});
