/** Real input, whenever it is there: the warehouse must say exactly what the CSV says. */
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {silentReporter} from "../../loaders/system/progress.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import type {Manifest} from "../../loaders/warehouse/manifest.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {PROJECT, statePaths} from "../../loaders/workspace/statePaths.ts";
import {sharedData} from "../support/sharedData.ts";

const files = sharedData("maven-crm");

describe.skipIf(!files)("Maven Hardware", () => {
  const state = mkdtempSync(join(tmpdir(), "weir-maven-"));
  let warehouse: string;
  let manifest: Manifest;
  let csv: Record<string, string>[];

  beforeAll(async () => {
    const workspace = loadWorkspace(join(PROJECT, "data", "maven-hardware"));
    const paths = statePaths(workspace, state);
    warehouse = paths.warehouse;
    const built = await buildWarehouse({
      workspace,
      paths,
      filesDir: files!,
      reporter: silentReporter,
      builtAt: "2026-01-01T00:00:00.000Z"
    });
    manifest = built.manifest;
    // The plainest reading there is, so that nothing is checked against itself: the file quotes nothing.
    const [header, ...lines] = readFileSync(join(files!, "sales_pipeline.csv"), "utf8").trim().split(/\r?\n/);
    const names = header!.split(",");
    csv = lines.map((line) =>
      Object.fromEntries(line.split(",").map((text, index) => [names[index]!, text]))
    );
  });
  afterAll(() => rmSync(state, {recursive: true}));

  const rows = (sql: string) => withWarehouse((engine) => engine.rows(sql), warehouse);

  /** Won cents by a key of the CSV. */
  function wonBy(key: (deal: Record<string, string>) => string): Record<string, string> {
    const cents = new Map<string, number>();
    for (const deal of csv.filter(({deal_stage}) => deal_stage === "Won"))
      cents.set(key(deal), (cents.get(key(deal)) ?? 0) + Math.round(Number(deal["close_value"]) * 100));
    return Object.fromEntries([...cents].sort().map(([name, sum]) => [name, (sum / 100).toFixed(2)]));
  }

  async function wonInMart(column: string): Promise<Record<string, string>> {
    const won = await rows(`select ${column} as name, sum(won_amount)::varchar as won from marts.deals
      where outcome = 'won' group by 1 order by 1`);
    return Object.fromEntries(won.map(({name, won}) => [name as string, won as string]).sort());
  }

  test("has the deals of the file, by stage", async () => {
    expect(await rows("select stage, count(*)::integer as n from marts.deals group by 1 order by 1")).toEqual(
      [
        {stage: "Engaging", n: 1589},
        {stage: "Lost", n: 2473},
        {stage: "Prospecting", n: 500},
        {stage: "Won", n: 4238}
      ]
    );
    expect(manifest.files.find(({file}) => file === "sales_pipeline.csv")).toMatchObject({
      n_records: 8800,
      n_rejected: 0
    });
  });

  test("won money equals the file's, to the cent, by product", async () => {
    expect(await wonInMart("product")).toEqual(wonBy(({product}) => product!.replace("GTXPro", "GTX Pro")));
  });

  test("won money equals the file's, to the cent, by agent", async () => {
    expect(await wonInMart("owner")).toEqual(wonBy(({sales_agent}) => sales_agent!));
  });

  test("won money equals the file's, to the cent, by month", async () => {
    expect(await wonInMart("strftime(closed_on, '%Y-%m')")).toEqual(
      wonBy(({close_date}) => close_date!.slice(0, 7))
    );
  });

  test("deals without an account, and without an engage date, are kept", async () => {
    const count = (test: (deal: Record<string, string>) => boolean) => csv.filter(test).length;
    const [row] = await rows(`select count(*) filter (where account_name is null)::integer as no_account,
      count(*) filter (where created_on is null)::integer as no_date from marts.deals`);
    expect(row).toEqual({
      no_account: count(({account}) => account === ""),
      no_date: count(({engage_date}) => engage_date === "")
    });
    expect(row!["no_date"]).toBe(500);
  });

  test("open deals count at list price and say so", async () => {
    const [row] = await rows(`select count(*)::integer as n, sum(open_amount)::varchar as amount
      from marts.deals where is_amount_assumed`);
    const price: Record<string, number> = Object.fromEntries(
      readFileSync(join(files!, "products.csv"), "utf8")
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => {
          const [product, , list] = line.split(",");
          return [product!, Number(list)];
        })
    );
    const open = csv.filter(({deal_stage}) => ["Engaging", "Prospecting"].includes(deal_stage!));
    const worth = open.reduce((sum, {product}) => sum + price[product!.replace("GTXPro", "GTX Pro")]!, 0);
    expect(row).toEqual({n: open.length, amount: worth.toFixed(2)});
  });
});
