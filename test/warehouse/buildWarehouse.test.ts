import {existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {hashFile} from "../../loaders/system/fileHash.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

/** What the tests of building look at; those of the whole warehouse build all of it. */
const DEALS = {relations: ["deals", "stage_entries"]};

let small: SmallWorkspace;
beforeEach(() => {
  small = smallWorkspace();
});
afterEach(() => small.remove());

describe("the manifest", () => {
  test("is the same in the warehouse and beside it", async () => {
    const {manifest} = await small.build();
    expect(JSON.parse(readFileSync(small.paths.manifest, "utf8"))).toEqual(manifest);
    const facts = await withWarehouse((engine) => engine.rows("from weir.manifest"), small.paths.warehouse);
    expect(Object.fromEntries(facts.map(({fact, value}) => [fact, value]))).toMatchObject({
      as_of: manifest.as_of,
      seed: "1",
      input_hash: manifest.input_hash,
      built_at: "2026-06-01T00:00:00.000Z"
    });
  });

  test("accounts for every record: in = loaded + rejected", async () => {
    small.change("workspace.yaml", "- path: deals.csv", "- path: deals.csv\n    reject_limit: 1");
    small.change("deals.csv", "300.40", "three hundred");
    const {manifest} = await small.build();
    const deals = manifest.files.find(({file}) => file === "deals.csv")!;
    expect(deals).toMatchObject({n_records: 9, n_loaded: 8, n_rejected: 1});
    for (const {n_records, n_loaded, n_rejected} of manifest.files)
      expect(n_records).toBe(n_loaded + n_rejected);
    const rejects = await withWarehouse(
      (engine) => engine.rows('select "file", line::integer as line, "column", value from weir.reject'),
      small.paths.warehouse
    );
    expect(rejects).toEqual([{file: "deals.csv", line: 5, column: "Amount", value: "three hundred"}]);
  });
});

test("a reordered header changes nothing: columns go by name", async () => {
  const text = readFileSync(join(small.dir, "people.csv"), "utf8");
  const swapped = text.split("\n").map((line) => line.split(",").reverse().join(","));
  small.write("people.csv", swapped.join("\n"));
  const {manifest} = await small.build(DEALS);
  expect(manifest.row_counts["source.person"]).toBe(2);
  expect(manifest.files.find(({file}) => file === "people.csv")?.n_rejected).toBe(0);
});

describe("a second build", () => {
  test("of the same inputs makes nothing", async () => {
    await small.build(DEALS);
    const before = hashFile(small.paths.warehouse);
    expect((await small.build(DEALS)).isNew).toBe(false);
    expect(hashFile(small.paths.warehouse)).toBe(before);
  });

  test("reads only the file that changed", async () => {
    await small.build(DEALS);
    small.change("people.csv", "Ana", "Anna");
    const {manifest, isNew} = await small.build(DEALS);
    expect(isNew).toBe(true);
    expect(manifest.files.filter(({is_reused}) => !is_reused).map(({file}) => file)).toEqual(["people.csv"]);
    const owners = await withWarehouse(
      (engine) => engine.rows("select distinct owner from marts.deals order by 1"),
      small.paths.warehouse
    );
    expect(owners).toEqual([{owner: "Anna"}, {owner: "Björn"}]);
  });

  test("leaves the typed copies it read and no older ones, but touches none while another build is at work", async () => {
    const copies = () => readdirSync(small.paths.landing).filter((name) => name.endsWith(".parquet"));
    const {manifest} = await small.build(DEALS);
    expect(copies().length).toBe(manifest.files.length);
    // The parent of this process lives.
    const other = `${small.paths.warehouse}.${process.ppid}.tmp`;
    writeFileSync(other, "");
    small.change("people.csv", "Ana", "Anna");
    await small.build(DEALS);
    expect(copies().length).toBe(manifest.files.length + 1);
    rmSync(other);
    small.change("people.csv", "Anna", "Anne");
    await small.build(DEALS);
    expect(copies().length).toBe(manifest.files.length);
  });

  test("notices a change that keeps the file's size", async () => {
    await small.build(DEALS);
    small.change("deals.csv", "1000.10", "1000.20");
    utimesSync(join(small.dir, "deals.csv"), 1, 1);
    const [row] = await small
      .build(DEALS)
      .then(() =>
        withWarehouse(
          (engine) => engine.rows("select won_amount::varchar as won from marts.deals where deal_id = 'D1'"),
          small.paths.warehouse
        )
      );
    expect(row).toEqual({won: "1000.20"});
  });

  test("gives the same rows whether files are read or reused", async () => {
    await small.build(DEALS);
    const read = await withWarehouse(
      (engine) => engine.rows("from marts.deals order by deal_id"),
      small.paths.warehouse
    );
    await small.build({...DEALS, force: true});
    expect(
      await withWarehouse((engine) => engine.rows("from marts.deals order by deal_id"), small.paths.warehouse)
    ).toEqual(read);
  });
});

describe("a failed build", () => {
  test("leaves no temporary file, and the last good warehouse opens", async () => {
    await small.build(DEALS);
    small.change("workspace.yaml", "kind: won", "kind: won, aliases: [Gewonnen]");
    small.change("history.csv", "Propose,Won", "Propose,Sold");
    await expect(small.build(DEALS)).rejects.toThrow(/checks failed/);
    expect(readdirSync(small.paths.dir).filter((name) => name.includes("tmp"))).toEqual([]);
    const [row] = await withWarehouse(
      (engine) => engine.rows("select count(*)::integer as n from marts.deals"),
      small.paths.warehouse
    );
    expect(row).toEqual({n: 9});
  });

  test("names the check and shows the failing rows", async () => {
    small.change("history.csv", "Propose,Won", "Propose,Sold");
    await expect(small.build(DEALS)).rejects.toMatchObject({
      exitCode: 3,
      problems: [{file: "chk_log_values", what: expect.stringContaining('"value":"Sold"')}]
    });
  });

  test("of a process that was killed is cleaned up by the next", async () => {
    await small.build(DEALS);
    const leftover = `${small.paths.warehouse}.999999.tmp`;
    writeFileSync(leftover, "half a warehouse");
    await small.build({...DEALS, force: true});
    expect(existsSync(leftover)).toBe(false);
  });

  test("of a process that was killed is in no way of one that has got its id", async () => {
    await small.build(DEALS);
    const engine = await openDuckDb(`${small.paths.warehouse}.${process.pid}.tmp`, {});
    await engine.run("create schema source; create table source.deal (id integer)");
    engine.close();
    expect((await small.build({...DEALS, force: true})).isNew).toBe(true);
  });
});

describe("the finished warehouse", () => {
  test("cannot be written to, cannot reach a file or the network, cannot be unlocked", async () => {
    await small.build(DEALS);
    const engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
    const secret = join(dirname(small.paths.warehouse), "secret.csv");
    writeFileSync(secret, "a\n1\n");
    for (const attempt of [
      "create table t (a integer)",
      `from read_csv('${secret}')`,
      `copy marts.deals to '${secret}'`,
      `attach '${secret}' as other`,
      "from read_csv('http://127.0.0.1:9/x.csv')",
      "install httpfs",
      "set enable_external_access = true",
      "set lock_configuration = false"
    ])
      await expect(engine.run(attempt), attempt).rejects.toThrow();
    engine.close();
  });

  test("stands alone: every table and view can be read without the typed copies", async () => {
    await small.build();
    await withWarehouse(async (engine) => {
      const relations = await engine.rows<{name: string}>(
        "select table_schema || '.' || table_name as name from information_schema.tables"
      );
      expect(relations.length).toBeGreaterThan(100);
      for (const {name} of relations) await engine.rows(`select count(*) from ${name}`);
    }, small.paths.warehouse);
  });

  test("is not tied to the clock: built at another time, its marts are the same", async () => {
    const contents = () =>
      withWarehouse(
        async (engine) => [
          await engine.rows("from marts.deals order by all"),
          await engine.rows("from marts.stage_entries order by all")
        ],
        small.paths.warehouse
      );
    await small.build(DEALS);
    const today = await contents();
    await small.build({...DEALS, force: true, builtAt: "2031-01-01T00:00:00.000Z"});
    expect(await contents()).toEqual(today);
  });
});
