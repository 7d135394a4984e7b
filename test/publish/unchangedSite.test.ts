/** When a site need not be built again: its rows and declarations are as they were, whatever happened to others. */
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {audienceFolder, withFirmSources} from "../../loaders/publish/firmSources.ts";
import {clearNarrowed, narrowRows, removeFile} from "../../loaders/publish/narrowRows.ts";
import {publishedSites} from "../../loaders/publish/publishedSites.ts";
import {type SiteRecord, treeHash} from "../../loaders/publish/publishRecord.ts";
import {firmHash, intactSite} from "../../loaders/publish/unchangedSite.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import type {SmallWorkspace} from "../support/buildSmall.ts";
import {OF_FIRM, OF_SITE, smallFirm} from "./smallFirm.ts";

let small: SmallWorkspace;
let root: string;
beforeAll(() => {
  small = smallFirm();
  root = mkdtempSync(join(tmpdir(), "weir-unchanged-"));
});
afterAll(() => {
  small.remove();
  rmSync(root, {recursive: true});
});

interface Hashes {
  firm: string;
  rows: string;
  figures: string;
}

/** Of the sites as the exports are now, by title. */
async function hashes(code = "code"): Promise<Record<string, Hashes>> {
  const workspace = loadWorkspace(small.dir);
  const {manifest} = await small.build({relations: [...OF_SITE, ...OF_FIRM]});
  const {audiences} = workspace.config;
  const {sites} = await withWarehouse(
    (engine) => publishedSites(engine, audiences, workspace.file),
    small.paths.warehouse
  );
  const options = {workspace, paths: small.paths, filesDir: small.dir, manifest, code, idKey: "key"};
  return withFirmSources(options, async (firm) => {
    const found: Record<string, Hashes> = {};
    for (const site of sites) {
      const {file, hash: rows, figures} = await narrowRows(firm, {...options, site, folder: site.key});
      removeFile(file);
      found[site.title] = {firm: firmHash(site, site.key, manifest, code), rows, figures};
    }
    return found;
  });
}

test("a site's hash changes with its own rows, its audience and the code alone", async () => {
  const before = await hashes();
  expect(await hashes()).toEqual(before);
  // A payout of Zeno's.
  small.change("programme.csv", "222.00", "223.00");
  const after = await hashes();
  expect(after["Partner: Acme Partners"]!.rows).toBe(before["Partner: Acme Partners"]!.rows);
  expect(after["Partner: Acme Partners"]!.firm).not.toBe(before["Partner: Acme Partners"]!.firm);
  for (const title of ["Partner: Zeno", "The board"])
    expect(after[title]!.rows, title).not.toBe(before[title]!.rows);
  const other = await hashes("other code");
  for (const title of Object.keys(after)) {
    expect(other[title]!.rows, title).not.toBe(after[title]!.rows);
    expect(other[title]!.figures, title).toBe(after[title]!.figures);
  }
  small.change(
    "workspace.yaml",
    "title: The board, pages: [overview, deals]",
    "title: The board, pages: [deals]"
  );
  const fewer = await hashes();
  expect(fewer["The board"]!.rows).not.toBe(after["The board"]!.rows);
  // Its figures are as they were: forecasts need not be made again.
  expect(fewer["The board"]!.figures).toBe(after["The board"]!.figures);
  expect(fewer["Team Red"]!.rows).toBe(after["Team Red"]!.rows);
});

test("what a killed publication left of a site's rows is in nobody's way, also of one with the same process id, and goes", async () => {
  const dir = join(audienceFolder(small.paths), "board");
  const before = await hashes();
  // As a process leaves it that is killed while it fills the file: a database with the same tables.
  const engine = await openDuckDb(join(dir, `warehouse.duckdb.${process.pid}.tmp`), {});
  await engine.run("create schema source; create table source.deal (id integer)");
  engine.close();
  expect((await hashes())["The board"]).toEqual(before["The board"]);
  for (const left of ["warehouse.duckdb.1.tmp", "warehouse.duckdb.1.tmp.wal", "kept.json"])
    writeFileSync(join(dir, left), "");
  mkdirSync(join(dir, "warehouse.duckdb.2.tmp.0"));
  clearNarrowed(small.paths);
  expect(readdirSync(dir)).toEqual(["kept.json"]);
});

test("a site that is not there, that was touched, or that holds what was named a secret since is not whole", () => {
  const dist = join(root, "board");
  mkdirSync(dist);
  writeFileSync(join(dist, "index.html"), "for the board: hunter2-hunter2");
  const last = {
    folder: "board",
    sha256: treeHash(dist),
    made_of: {firm: "a", rows: "b"}
  } as unknown as SiteRecord;
  const none = {secrets: [], paths: []};
  expect(intactSite(root, last, none)).toBe(last);
  expect(intactSite(root, undefined, none)).toBeUndefined();
  const {made_of: _, ...old} = last;
  expect(intactSite(root, old as SiteRecord, none)).toBeUndefined();
  const secrets = [{name: "TOKEN", value: "hunter2-hunter2"}];
  expect(intactSite(root, last, {secrets, paths: []})).toBeUndefined();
  writeFileSync(join(dist, "index.html"), "for somebody else");
  expect(intactSite(root, last, none)).toBeUndefined();
  expect(intactSite(root, {...last, folder: "gone"}, none)).toBeUndefined();
});
