import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {readModels} from "../../loaders/warehouse/readModels.ts";
import {runModels} from "../../loaders/warehouse/runModels.ts";
import type {WeirError} from "../../loaders/weirError.ts";
import type {Workspace} from "../../loaders/workspace/schema.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "weir-promises-"));
  mkdirSync(join(dir, "marts"));
});
afterEach(() => rmSync(dir, {recursive: true}));

/** Checks that fail of a mart of these rows, whose key is (deal_id, line) and in which line is below 10. */
async function failing(rows: string, columns = "deal_id, line"): Promise<string[]> {
  writeFileSync(
    join(dir, "marts", "told.sql"),
    `select ${columns} from (values ${rows}) as told(deal_id, line)`
  );
  writeFileSync(
    join(dir, "marts", "told.yml"),
    `grain: One row per deal and line.
key: [deal_id, line]
columns: {deal_id: {unit: id, meaning: The deal}, line: {unit: count, meaning: A number}}
identities: [{name: small, sql: line < 10}]`
  );
  const engine = await openDuckDb(":memory:");
  try {
    await runModels(engine, readModels(dir), {custom_attributes: []} as unknown as Workspace, silentReporter);
    return [];
  } catch (error) {
    return (error as WeirError).problems.map(({file}) => String(file));
  } finally {
    engine.close();
  }
}

test("a key that is there twice or has no value, and a broken identity, are found, each by its name", async () => {
  expect(await failing("('a', 1), ('a', 2), ('b', 1)")).toEqual([]);
  expect(await failing("('a', 1), ('a', 2), ('a', 1)")).toEqual(["told: key"]);
  expect(await failing("('a', 1), (null, 2)")).toEqual(["told: key"]);
  expect(await failing("('a', 1), ('a', 12)")).toEqual(["told: small"]);
  expect(await failing("('a', null), ('a', 12)")).toEqual(["told: key", "told: small"]);
});

test("columns that the .yml does not document are found; those of custom attributes need no word", async () => {
  expect(await failing("('D1', 1)", "deal_id, line, 1 as more")).toEqual(["told: columns"]);
  expect(await failing("('D1', 1)", "deal_id, line, 1 as x_more")).toEqual([]);
  expect(await failing("('D1', 1)", "deal_id, line as place")).toEqual(["told: columns"]);
});
