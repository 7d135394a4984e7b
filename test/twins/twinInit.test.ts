/** The exports are what CRMs and ERPs write: `weir init` knows them and builds the same firm. */
import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {silentReporter} from "../../loaders/system/progress.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import {modelsFor} from "../support/modelsFor.ts";
import {weirHere} from "../support/weirCli.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "weir-twin-"));
});
afterAll(() => rmSync(root, {recursive: true, force: true}));

test("exports of the software twin, without its workspace, are recognised and give the same deals", async () => {
  const [told, recognised] = await bothWays(
    "software",
    300,
    ["deals"],
    `select outcome, channel, count(*)::integer as n, sum(amount_base)::varchar as amount, max(as_of)::varchar as as_of
     from marts.deals cross join workspace.run group by 1, 2 order by 1, 2`
  );
  expect(recognised).toEqual(told);
});

test("those of the equipment twin's ERP give the same bills and orders, stock and what suppliers are to deliver", async () => {
  const [told, recognised] = await bothWays(
    "equipment",
    150,
    ["order_needs", "product_needs", "material_stock", "purchase_lines"],
    `select 'stock' as what, material_id as id, site as place, counted_on::varchar as "on", on_hand as units, null as came from marts.material_stock
     union all select 'to come', purchase_order_id || ' ' || line_id, material_id, due_on::varchar, open_quantity, received_quantity from marts.purchase_lines
     union all select 'bill', product_id, material_id, null, quantity, hours from marts.product_needs
     union all select 'order', order_id, material_id, null, quantity, hours from marts.order_needs
     order by all`
  );
  expect(new Set(told!.map(({what}) => what))).toEqual(new Set(["stock", "to come", "bill", "order"]));
  expect(recognised).toEqual(told);
});

/** What a query tells of the twin's exports by its own workspace.yaml, and by the one that `weir init` writes for the same files. */
async function bothWays(
  firm: string,
  deals: number,
  relations: readonly string[],
  sql: string
): Promise<Record<string, unknown>[][]> {
  const twin = join(root, firm);
  const bare = join(root, `${firm}-bare`);
  expect((await weirHere("twin", firm, "--deals", String(deals), "--seed", "4", "--out", twin)).code).toBe(0);
  cpSync(twin, bare, {recursive: true, filter: (path) => !/workspace\.yaml$|truth/.test(path)});
  expect((await weirHere("init", bare)).code).toBe(0);
  const found: Record<string, unknown>[][] = [];
  for (const dir of [twin, bare]) {
    const workspace = loadWorkspace(dir);
    const paths = statePaths(workspace, join(root, "state"));
    const builtAt = "2026-11-01T00:00:00.000Z";
    const models = modelsFor(relations);
    await buildWarehouse({workspace, paths, filesDir: dir, reporter: silentReporter, builtAt, models});
    found.push(await withWarehouse((engine) => engine.rows(sql), paths.warehouse));
  }
  return found;
}
