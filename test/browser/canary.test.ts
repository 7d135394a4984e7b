/** weir publish, whole: exports in which everything that one partner must not get is marked, the partner's site, and a site that does not pass. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {parseDocument} from "yaml";
import {withFirmSources} from "../../loaders/publish/firmSources.ts";
import type {PublishRecord} from "../../loaders/publish/publishRecord.ts";
import {recordFile, treeHash} from "../../loaders/publish/publishRecord.ts";
import {decodings} from "../../loaders/publish/scan/decodeText.ts";
import {forbiddenStrings} from "../../loaders/publish/scan/forbiddenStrings.ts";
import {scanSite} from "../../loaders/publish/scan/scanSite.ts";
import {siteFiles} from "../../loaders/publish/scan/siteFiles.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {writeTwin} from "../../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {readManifest} from "../../loaders/warehouse/manifest.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {type StatePaths, statePaths} from "../../loaders/workspace/statePaths.ts";
import {CANARY, type Owned, ownedByPartner, plantCanaries} from "../publish/plantCanaries.ts";
import {type Outcome, weir} from "../support/weirCli.ts";

const ADDRESS = "ann.leak@customer.example";
let root: string;
let dir: string;
let out: string;
let paths: StatePaths;
let owned: Owned;
let nPlanted: number;
let outcome: Outcome;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "weir-canary-"));
  dir = join(root, "firm");
  out = join(root, "published");
  await writeTwin({firm: "software", deals: 150, seed: 5, out: dir});
  paths = statePaths({name: "firm"}, join(root, "state"));
  const workspace = loadWorkspace(dir);
  const builtAt = "2026-11-01T00:00:00.000Z";
  await buildWarehouse({workspace, paths, filesDir: dir, reporter: silentReporter, builtAt});
  owned = await ownedByPartner(paths.warehouse);
  nPlanted = plantCanaries(dir, owned, ADDRESS);
  declareAudiences(join(dir, "workspace.yaml"), {
    board: {title: "The board", pages: ["deals"]},
    partner: {
      title: "One partner",
      pages: ["deals", "partners", "compare"],
      rows: {partner: [owned.partner.name]}
    }
  });
  mkdirSync(join(out, "board"), {recursive: true});
  writeFileSync(join(out, "board", "index.html"), "the last good one");
  outcome = await weir(
    "publish",
    "--workspace",
    dir,
    "--state",
    join(root, "state"),
    "--out",
    out,
    "--accept",
    "Account.csv"
  );
});
afterAll(() => rmSync(root, {recursive: true, force: true}));

test("no file of a partner's site holds anything that is marked as not the partner's, nor does its database", async () => {
  expect(nPlanted).toBeGreaterThan(500);
  const site = join(out, "partner");
  const files = siteFiles(site);
  expect(files).toContain("partners.html");
  const leaks = files.filter((file) =>
    decodings(`${file} ${readFileSync(join(site, file), "utf8")}`).some((text) => text.match(CANARY))
  );
  expect(leaks, outcome.said).toEqual([]);
  expect(await textsLike(join(paths.dir, "audiences", "partner", "warehouse.duckdb"), "zqx")).toEqual([]);
  expect((await textsLike(paths.warehouse, "zqx")).length).toBeGreaterThan(20);
});

test("the site holds the partner's deals, all of them", async () => {
  const {sites} = JSON.parse(readFileSync(recordFile(out), "utf8")) as PublishRecord;
  expect(sites).toMatchObject([
    {
      audience: "partner",
      value: null,
      folder: "partner",
      title: "One partner",
      n_deals: owned.deals.size,
      sha256: treeHash(join(out, "partner"))
    }
  ]);
  expect(sites[0]!.scan.n_strings).toBeGreaterThan(nPlanted / 2);
  expect(readdirSync(out).sort()).toEqual(["board", "partner"]);
});

test("a site that does not pass is told, and what was published before stays", () => {
  expect(outcome.code).toBe(5);
  expect(outcome.said).toContain("1 of 2 sites not published: The board");
  expect(outcome.said).toContain("e-mail address in the site for The board");
  expect(outcome.said).toContain(ADDRESS);
  expect(readFileSync(join(out, "board", "index.html"), "utf8")).toBe("the last good one");
  expect(existsSync(join(out, "board", "deals.html"))).toBe(false);
});

test("the scan finds what is marked when it is planted in the partner's site, whatever the escapes", async () => {
  const site = join(root, "leaky");
  cpSync(join(out, "partner"), site, {recursive: true});
  const workspace = loadWorkspace(dir);
  const manifest = readManifest(paths.manifest)!;
  await withFirmSources({workspace, paths, filesDir: dir, manifest}, async (firm) => {
    const marked = await firm.rows<{name: string}>(
      "select name from source.deal where name like '%zqx%' union select name from source.account where name like '%zqx%' order by 1 limit 40"
    );
    expect(marked.length).toBe(40);
    const forbidden = await forbiddenStrings(
      firm,
      join(paths.dir, "audiences", "partner", "warehouse.duckdb"),
      []
    );
    const scan = () => scanSite({dist: site, forbidden, secrets: [], paths: []}).findings;
    expect(scan()).toEqual([]);
    for (const [i, {name}] of marked.entries()) {
      const escaped = [...name]
        .map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)
        .join("");
      writeFileSync(join(site, `_file/planted-${i}.json`), `{"name":"${escaped}"}`);
    }
    expect(new Set(scan().map(({file}) => file)).size).toBe(40);
  });
});

/** In place of those that the firm has. */
function declareAudiences(file: string, audiences: Record<string, object>): void {
  const document = parseDocument(readFileSync(file, "utf8"));
  document.set("audiences", audiences);
  writeFileSync(file, document.toString());
}

/** Columns of a database that hold such a text. */
async function textsLike(warehouse: string, text: string): Promise<string[]> {
  return withWarehouse(async (engine) => {
    const columns = await engine.rows<{relation: string; name: string}>(
      `select schema_name || '."' || table_name || '"' as relation, column_name as name from duckdb_columns()
       where not internal and data_type = 'VARCHAR'`
    );
    const found: string[] = [];
    for (const {relation, name} of columns) {
      const [row] = await engine.rows<{n: number}>(
        `select count(*)::integer as n from ${relation} where contains("${name}", '${text}')`
      );
      if (row!.n > 0) found.push(`${relation}.${name}`);
    }
    return found;
  }, warehouse);
}
