/** Builds in a child process that is killed, and looks at what is left. */
import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {readManifest} from "../../loaders/warehouse/manifest.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import {crmExport, randomFrom, toCsv} from "../sources/crmExport.ts";
import type {Moment} from "./dieAt.ts";

const CHILD = fileURLToPath(new URL("./buildChild.ts", import.meta.url));

const WORKSPACE = `company: Test
base_currency: USD
pipelines:
  - id: sales
    stages:
      - {id: Prospecting, kind: open}
      - {id: Negotiation, kind: open}
      - {id: Closed Won, kind: won}
      - {id: Closed Lost, kind: lost}
files:
  - path: deals.csv
    maps:
      - table: deal
        columns: {deal_id: Id, name: Name, stage_id: StageName, amount: Amount, close_on: CloseDate, created_at: CreatedDate, closed_at: ClosedDate, next_step: NextStep}
  - path: more.ndjson
    maps:
      - table: activity
        columns: {deal_id: Id, at: CreatedDate, kind: Type}
`;

/** A workspace whose exports change before every build. */
export class KilledBuilds {
  readonly dir = mkdtempSync(join(tmpdir(), "weir-kill-"));
  readonly state = join(this.dir, "state");
  #nExports = 0;

  constructor() {
    mkdirSync(join(this.dir, "w"));
    writeFileSync(join(this.dir, "w", "workspace.yaml"), WORKSPACE);
  }

  remove(): void {
    rmSync(this.dir, {recursive: true});
  }

  /** Writes exports, new ones if not those of a number, and builds; the build dies at that moment. */
  async build({at, exports = this.#nExports++}: {at?: Moment; exports?: number} = {}): Promise<{
    nSteps: number;
    isKilled: boolean;
    code: number | null;
    errors: string;
  }> {
    this.#writeExports(exports);
    const args = [join(this.dir, "w"), this.state, ...(at ? [JSON.stringify(at)] : [])];
    const child = spawn(process.execPath, ["--import", "tsx/esm", CHILD, ...args], {
      stdio: ["ignore", "pipe", "pipe"]
    });
    let errors = "";
    child.stderr.on("data", (text) => {
      errors += String(text);
    });
    let nSteps = 0;
    child.stdout.on("data", (text) => {
      nSteps += String(text).split("\n").length - 1;
    });
    const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    return {nSteps, isKilled: signal === "SIGKILL", code, errors};
  }

  /** The hash of the exports of which the warehouse says it was made, and of which the manifest beside it says so. */
  async madeOf(): Promise<{warehouse: string; manifest: string}> {
    const {manifest, warehouse} = statePaths({name: "w"}, this.state);
    const engine = await openDuckDb(warehouse, {readOnly: true});
    try {
      const [row] = await engine.rows<{value: string}>(
        "select value from weir.manifest where fact = 'input_hash'"
      );
      return {warehouse: row!.value, manifest: readManifest(manifest)!.input_hash};
    } finally {
      engine.close();
    }
  }

  /** Opens the warehouse and reads its checks and its manifest. @throws when one does not hold. */
  async check(): Promise<void> {
    const engine = await openDuckDb(join(this.state, "w", "warehouse.duckdb"), {readOnly: true});
    try {
      const [sums] = await engine.rows<{failed: number; deals: number; loaded: number}>(`select
        (select count(*) from weir.check_result where severity = 'error' and n_failures > 0)::integer as failed,
        (select count(*) from marts.deals)::integer as deals,
        (select n_loaded from weir.file where file = 'deals.csv')::integer as loaded`);
      if (sums!.failed > 0 || sums!.deals !== sums!.loaded) throw new Error(JSON.stringify(sums));
    } finally {
      engine.close();
    }
    JSON.parse(readFileSync(join(this.state, "w", "manifest.json"), "utf8"));
  }

  /** Files that belong to no finished build. */
  leftovers(): string[] {
    return (readdirSync(this.state, {recursive: true}) as string[]).filter((name) => /tmp|wal/.test(name));
  }

  #writeExports(seed: number): void {
    const made = crmExport(randomFrom(seed), 400);
    const table = {
      header: [...made.header, "ClosedDate"],
      rows: made.rows.map((row) => [...row, row[4]!.startsWith("Closed") ? row[8]! : ""])
    };
    writeFileSync(join(this.dir, "w", "deals.csv"), toCsv(table));
    const objects = table.rows.map((row) =>
      Object.fromEntries(row.map((cell, i) => [table.header[i]!, cell]))
    );
    writeFileSync(
      join(this.dir, "w", "more.ndjson"),
      `${objects.map((each) => JSON.stringify(each)).join("\n")}\n`
    );
  }
}
