/** The whole firm's exports and its built warehouse in one database in memory, from which narrowed ones are copied. */
import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {openDuckDb} from "../engine/duckdb.ts";
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {loadSources} from "../sources/loadSources.ts";
import {HashMemory, hashFolders} from "../system/fileHash.ts";
import {silentReporter} from "../system/progress.ts";
import {READER_FOLDERS} from "../warehouse/buildWarehouse.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import type {LoadedWorkspace} from "../workspace/loadWorkspace.ts";
import {PROJECT, type StatePaths} from "../workspace/statePaths.ts";

export interface FirmOptions {
  workspace: LoadedWorkspace;
  paths: StatePaths;
  filesDir: string;
  manifest: Manifest;
}

const MEMORY_LIMIT = "1000MB";

/** Folder of the narrowed databases, beside the firm's own. */
export function audienceFolder({dir}: Pick<StatePaths, "dir">): string {
  return join(dir, "audiences");
}

/**
 * Gives `use` an engine with the schema `source` (all exports, as the last build read them) and the database `firm` (the built warehouse,
 * read only). It reaches files of the state folder alone.
 */
export async function withFirmSources<T>(
  {workspace, paths, filesDir, manifest}: FirmOptions,
  use: (engine: Engine) => Promise<T>
): Promise<T> {
  mkdirSync(audienceFolder(paths), {recursive: true});
  const engine = await openDuckDb(":memory:", {memoryLimit: MEMORY_LIMIT});
  try {
    // The build has just looked at them: what it accepted is accepted here, and its typed copies are read.
    await loadSources(
      {
        engine,
        workspace,
        filesDir,
        landingDir: paths.landing,
        hashes: new HashMemory(join(paths.dir, "hashes.json")),
        readerHash: hashFolders(PROJECT, READER_FOLDERS),
        previous: manifest.files,
        accept: workspace.config.files.map(({path}) => path)
      },
      silentReporter
    );
    await engine.run(`attach ${literal(paths.warehouse)} as firm (read_only)`);
    await engine.lockDown(paths.dir);
    return await use(engine);
  } finally {
    engine.close();
  }
}
