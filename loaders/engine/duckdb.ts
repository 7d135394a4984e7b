/** The embedded default: DuckDB in this process, through @duckdb/node-api. */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {type DuckDBConnection, DuckDBInstance, JSDuckDBValueConverter} from "@duckdb/node-api";
import type {Engine, Row, SqlValue} from "./engine.ts";
import {literal} from "./sqlText.ts";

export interface OpenOptions {
  readOnly?: boolean;
  threads?: number;
  /** Such as "2GB"; DuckDB's own default if absent. */
  memoryLimit?: string;
}

/** Files that DuckDB 1.3 and later open: texts are packed in one way instead of the better of two, a third less CPU a table of texts. */
const STORAGE_VERSION = "v1.3.0";

const UNLOCKED = {
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  allow_community_extensions: "false"
};

/**
 * Opens a database file, or one in memory for ":memory:". Read-only opens are locked down at once and any number of
 * processes can share the file.
 * @throws when the file is not there (read-only), or another process writes to it.
 */
export async function openDuckDb(
  path: string,
  {readOnly = false, threads, memoryLimit}: OpenOptions = {}
): Promise<Engine> {
  const spill = spillFolder(path);
  const instance = await DuckDBInstance.create(path, {
    ...UNLOCKED,
    temp_directory: spill,
    storage_compatibility_version: STORAGE_VERSION,
    ...(threads ? {threads: String(threads)} : {}),
    ...(memoryLimit ? {memory_limit: memoryLimit} : {}),
    ...(readOnly ? {access_mode: "READ_ONLY"} : {})
  });
  const connection = await instance.connect();
  // For every connection: once locked down, none can say it for itself.
  await connection.run("set global timezone = 'UTC'");
  const engine = overConnection(instance, connection, spill);
  if (readOnly) await engine.lockDown();
  return engine;
}

let nOpened = 0;

/**
 * Where a database puts aside what does not fit into memory: a folder of its own. DuckDB's default is one beside the file, where
 * all that read it write over each other's blocks. That of a file is made when first needed, and named as a build's leftovers are,
 * which the next build removes; that of a database in memory is nobody else's to read.
 */
function spillFolder(path: string): string {
  if (path === ":memory:") return mkdtempSync(join(tmpdir(), "weir-spill-"));
  return `${path}.${process.pid}.tmp.${nOpened++}`;
}

/** @param spill the folder to remove at the end; null for a further connection */
function overConnection(
  instance: DuckDBInstance,
  connection: DuckDBConnection,
  spill: string | null
): Engine {
  const others: Engine[] = [];
  return {
    async run(sql, values) {
      await connection.run(sql, values as Record<string, SqlValue>);
    },
    async rows<R = Row>(sql: string, values?: Record<string, SqlValue>) {
      const reader = await connection.runAndReadAll(sql, values as Record<string, SqlValue>);
      return reader.getRowObjectsJS() as R[];
    },
    async columns(sql, values) {
      const reader = await connection.runAndReadAll(sql, values as Record<string, SqlValue>);
      return reader.getColumnsObjectJS() as Record<string, unknown[]>;
    },
    async pieces(sql, take) {
      const result = await connection.run(sql);
      for (let index = 0; index < result.chunkCount; index++)
        take(result.getChunk(index).convertColumns(JSDuckDBValueConverter));
    },
    async numbers(sql) {
      const result = await connection.run(`select coalesce(cast(columns(*) as double), 'nan') from (${sql})`);
      const columns = result.columnNames().map(() => new Float64Array(result.rowCount));
      for (let chunkIndex = 0, from = 0; chunkIndex < result.chunkCount; chunkIndex++) {
        const chunk = result.getChunk(chunkIndex);
        for (const [index, column] of columns.entries())
          column.set(chunk.getColumnValues(index) as number[], from);
        from += chunk.rowCount;
      }
      return Object.fromEntries(result.columnNames().map((name, index) => [name, columns[index]!]));
    },
    async version() {
      const reader = await connection.runAndReadAll("select version() as version");
      return `duckdb ${String(reader.getRowObjectsJS()[0]?.["version"])}`;
    },
    async beside() {
      others.push(overConnection(instance, await instance.connect(), null));
      return others.at(-1)!;
    },
    async lockDown(folder) {
      if (folder !== undefined) await connection.run(`set allowed_directories = [${literal(folder)}]`);
      await connection.run("set enable_external_access = false; set lock_configuration = true");
    },
    close() {
      for (const other of others) other.close();
      connection.closeSync();
      if (spill === null) return;
      instance.closeSync();
      rmSync(spill, {force: true, recursive: true});
    }
  };
}
