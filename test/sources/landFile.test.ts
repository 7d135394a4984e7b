import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {type LoadReport, loadSources} from "../../loaders/sources/loadSources.ts";
import {HashMemory} from "../../loaders/system/fileHash.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {parseWorkspace} from "../../loaders/workspace/loadWorkspace.ts";

const config = parseWorkspace(`
company: Test
base_currency: USD
pipelines:
  - id: sales
    stages: [{id: Open, kind: open}, {id: Won, kind: won}]
files:
  - path: deals.csv
    maps: [{table: deal, columns: {deal_id: Id, stage_id: Stage}}]
  - path: calls.ndjson
    maps: [{table: activity, columns: {deal_id: Id, at: At}}]
`);

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "weir-land-"));
  mkdirSync(join(dir, "landing"));
});
afterAll(() => rmSync(dir, {recursive: true}));

async function load(
  look: (engine: Engine) => Promise<void> = async () => {},
  base_currency = config.base_currency
): Promise<LoadReport> {
  const engine = await openDuckDb(":memory:", {threads: 2});
  try {
    const report = await loadSources(
      {
        engine,
        workspace: {name: "test", dir, file: "", text: "", config: {...config, base_currency}, decisions: []},
        filesDir: dir,
        landingDir: join(dir, "landing"),
        hashes: new HashMemory(join(dir, "hashes.json")),
        readerHash: "test"
      },
      silentReporter
    );
    await look(engine);
    return report;
  } finally {
    engine.close();
  }
}

test("a second run reads the changed file alone, all files where $ is another dollar, and nothing temporary stays", async () => {
  writeFileSync(join(dir, "deals.csv"), "Id,Stage\nD-1,Open\n");
  writeFileSync(join(dir, "calls.ndjson"), '{"Id": "D-1", "At": "2024-01-01T00:00:00Z"}\n');
  expect((await load()).files.map((file) => file.is_reused)).toEqual([false, false]);
  writeFileSync(join(dir, "deals.csv"), "Id,Stage\nD-1,Won\nD-2,Open\n");
  const {files} = await load();
  expect(files.map((file) => [file.file, file.is_reused, file.n_loaded])).toEqual([
    ["deals.csv", false, 2],
    ["calls.ndjson", true, 1]
  ]);
  expect((await load(undefined, "CAD")).files.map((file) => file.is_reused)).toEqual([false, false]);
  expect(readdirSync(join(dir, "landing")).filter((name) => name.includes("tmp"))).toEqual([]);
});

test("rows keep their record numbers in a long file with line breaks in fields", async () => {
  const record = (index: number) => `D-${index + 1},Open,"a note\nD-0,Open,x"\n`;
  writeFileSync(
    join(dir, "deals.csv"),
    `Id,Stage,Note\n${Array.from({length: 400_000}, (_, index) => record(index)).join("")}`
  );
  await load(async (engine) => {
    const [row] = await engine.rows(
      "select count(*)::integer as n, count(*) filter (deal_id <> 'D-' || source_record)::integer as moved from source.deal"
    );
    expect(row).toEqual({n: 400_000, moved: 0});
  });
});
