/** The exports are what Salesforce and its neighbours write: `weir init` knows them and builds the same firm. */
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
  const twin = join(root, "twin");
  const bare = join(root, "bare");
  expect((await weirHere("twin", "software", "--deals", "300", "--seed", "4", "--out", twin)).code).toBe(0);
  cpSync(twin, bare, {recursive: true, filter: (path) => !/workspace\.yaml$|truth/.test(path)});
  expect((await weirHere("init", bare)).code).toBe(0);
  const sums: unknown[] = [];
  for (const dir of [twin, bare]) {
    const workspace = loadWorkspace(dir);
    const paths = statePaths(workspace, join(root, "state"));
    const builtAt = "2026-11-01T00:00:00.000Z";
    const models = modelsFor(["deals"]);
    await buildWarehouse({workspace, paths, filesDir: dir, reporter: silentReporter, builtAt, models});
    sums.push(
      await withWarehouse(
        (engine) =>
          engine.rows(`
            select outcome, channel, count(*)::integer as n, sum(amount_base)::varchar as amount, max(as_of)::varchar as as_of
            from marts.deals cross join workspace.run group by 1, 2 order by 1, 2`),
        paths.warehouse
      )
    );
  }
  expect(sums[1]).toEqual(sums[0]);
});
