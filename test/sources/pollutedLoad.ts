/** Loads one polluted file and compares what arrived with the truth. */
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {loadSources} from "../../loaders/sources/loadSources.ts";
import {HashMemory} from "../../loaders/system/fileHash.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {WeirError} from "../../loaders/weirError.ts";
import {parseWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {EXPORT_FILES, type TextTable, TRUTH_SQL, truthOf} from "./crmExport.ts";

export type Outcome = {kind: "equal"} | {kind: "refused"; what: string} | {kind: "WRONG"; first: string};

/** A database and a folder that serve many loads, one after the other. */
export class PollutedLoads {
  #engine: Engine;
  #dir: string;
  #n = 0;

  private constructor(engine: Engine, dir: string) {
    this.#engine = engine;
    this.#dir = dir;
  }

  static async open(): Promise<PollutedLoads> {
    const engine = await openDuckDb(":memory:", {threads: 1});
    return new PollutedLoads(engine, mkdtempSync(join(tmpdir(), "weir-polluted-")));
  }

  close(): void {
    this.#engine.close();
    rmSync(this.#dir, {recursive: true});
  }

  /** @throws anything but a WeirError: a refusal must be one. */
  async load(bytes: string | Uint8Array, clean: TextTable): Promise<Outcome> {
    const dir = join(this.#dir, String(this.#n++));
    const path = isGzip(bytes) ? "deals.csv.gz" : "deals.csv";
    const file = `${this.#dir}/${path}`;
    writeFileSync(file, bytes);
    await this.#engine.run("drop schema if exists source cascade; drop schema if exists landing cascade");
    try {
      await loadSources(
        {
          engine: this.#engine,
          workspace: {name: "test", dir, file: "", text: "", decisions: [], config: workspace(path)},
          filesDir: this.#dir,
          landingDir: dir,
          hashes: new HashMemory(join(dir, "hashes.json")),
          readerHash: "test"
        },
        silentReporter
      );
      const columns = await this.#engine.columns(TRUTH_SQL);
      return compared(Object.values(columns) as (string | null)[][], truthOf(clean));
    } catch (error) {
      if (!(error instanceof WeirError)) throw error;
      return {kind: "refused", what: error.problems[0]!.what};
    } finally {
      rmSync(file, {force: true});
      rmSync(dir, {recursive: true, force: true});
    }
  }
}

const workspaces = new Map<string, ReturnType<typeof parseWorkspace>>();

function workspace(path: string): ReturnType<typeof parseWorkspace> {
  const known = workspaces.get(path);
  if (known) return known;
  const made = parseWorkspace(`company: Test
base_currency: USD
pipelines:
  - id: sales
    stages: [{id: Prospecting, kind: open}, {id: Negotiation, kind: open}, {id: Closed Won, kind: won}, {id: Closed Lost, kind: lost}]
files:${EXPORT_FILES(path)}`);
  workspaces.set(path, made);
  return made;
}

function isGzip(bytes: string | Uint8Array): boolean {
  return typeof bytes !== "string" && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Columns against rows, cell by cell. */
function compared(columns: readonly (string | null)[][], truth: readonly (string | null)[][]): Outcome {
  const n = columns[0]!.length;
  if (n !== truth.length) return {kind: "WRONG", first: `${n} rows, ${truth.length} expected`};
  for (const [r, row] of truth.entries())
    for (const [c, cell] of row.entries())
      if (columns[c]![r] !== cell)
        return {
          kind: "WRONG",
          first: `row ${r}, column ${c}: ${JSON.stringify(columns[c]![r])}, expected ${JSON.stringify(cell)}`
        };
  return {kind: "equal"};
}
