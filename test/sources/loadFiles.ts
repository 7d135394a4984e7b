/** Loads files written for a test through the whole of loadSources, in a folder and a database of their own. */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine, Row} from "../../loaders/engine/engine.ts";
import {type LoadReport, loadSources} from "../../loaders/sources/loadSources.ts";
import {HashMemory} from "../../loaders/system/fileHash.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {WeirError} from "../../loaders/weirError.ts";
import {parseWorkspace} from "../../loaders/workspace/loadWorkspace.ts";

export interface LoadOptions {
  /** The `files:` part of workspace.yaml. */
  files: string;
  /** File name to content. */
  content: Readonly<Record<string, string | Uint8Array>>;
  /** The list under `pipelines:`; a sales pipeline when absent. */
  pipelines?: string;
  /** Further top-level lines of workspace.yaml. */
  top?: string;
  previous?: LoadReport["files"];
  accept?: string[];
  /** Makes files that need the database, such as Parquet. */
  prepare?: (engine: Engine, dir: string) => Promise<void>;
}

export interface Loaded {
  report: LoadReport;
  /** Rows of a query over the source schema. */
  rows(sql: string): Promise<Row[]>;
}

const HEAD = `
company: Test
base_currency: USD
pipelines:`;
const PIPELINE = `
  - id: sales
    stages:
      - {id: Prospecting, kind: open}
      - {id: Negotiation, kind: open, aliases: [Negotiation/Review]}
      - {id: Closed Won, kind: won}
      - {id: Closed Lost, kind: lost}
`;

/** Runs `look` over what was loaded, then removes everything. @throws {WeirError} as loadSources does. */
export async function withLoaded<Result>(
  {files, content, top = "", pipelines = PIPELINE, previous, accept, prepare}: LoadOptions,
  look: (loaded: Loaded) => Promise<Result>
): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), "weir-read-"));
  const config = parseWorkspace(`${HEAD}${pipelines}\n${top}\nfiles:\n${files}`);
  const engine = await openDuckDb(":memory:", {threads: 1});
  try {
    mkdirSync(join(dir, "exports"));
    for (const [name, bytes] of Object.entries(content)) writeFileSync(join(dir, "exports", name), bytes);
    await prepare?.(engine, join(dir, "exports"));
    const report = await loadSources(
      {
        engine,
        workspace: {name: "test", dir, file: join(dir, "workspace.yaml"), text: "", config, decisions: []},
        filesDir: join(dir, "exports"),
        landingDir: join(dir, "landing"),
        hashes: new HashMemory(join(dir, "hashes.json")),
        readerHash: "test",
        ...(previous ? {previous} : {}),
        ...(accept ? {accept} : {})
      },
      silentReporter
    );
    return await look({report, rows: (sql) => engine.rows(sql)});
  } finally {
    engine.close();
    rmSync(dir, {recursive: true});
  }
}

/** The WeirError a load ends in. @throws when it does not. */
export async function refusal(options: LoadOptions): Promise<WeirError> {
  try {
    await withLoaded(options, async ({report}) => report);
  } catch (error) {
    if (error instanceof WeirError) return error;
    throw error;
  }
  throw new Error("the load was not refused");
}
