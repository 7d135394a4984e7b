/** The whole firm's exports and its built warehouse in one database in memory, from which narrowed ones are copied. */
import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {openDuckDb} from "../engine/duckdb.ts";
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {type LoadReport, loadSources} from "../sources/loadSources.ts";
import {HashMemory, hashFolders} from "../system/fileHash.ts";
import {silentReporter} from "../system/progress.ts";
import {READER_FOLDERS} from "../warehouse/buildWarehouse.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import {EXIT, WeirError} from "../weirError.ts";
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
 * @throws {WeirError} exit 4 when exports or warehouse are no longer those of the manifest
 */
export async function withFirmSources<T>(
  {workspace, paths, filesDir, manifest}: FirmOptions,
  use: (engine: Engine) => Promise<T>
): Promise<T> {
  mkdirSync(audienceFolder(paths), {recursive: true});
  const engine = await openDuckDb(":memory:", {memoryLimit: MEMORY_LIMIT});
  try {
    // The build's typed copies are read; what it accepted is what it was built from, and nothing else is accepted.
    const {files} = await loadSources(
      {
        engine,
        workspace,
        filesDir,
        landingDir: paths.landing,
        hashes: new HashMemory(join(paths.dir, "hashes.json")),
        readerHash: hashFolders(PROJECT, READER_FOLDERS),
        previous: manifest.files
      },
      silentReporter
    );
    await engine.run(`attach ${literal(paths.warehouse)} as firm (read_only)`);
    await holdToManifest(engine, files, {workspace, paths, manifest});
    await engine.lockDown(paths.dir);
    return await use(engine);
  } finally {
    engine.close();
  }
}

/** Another build, or new exports, may have come since: sites would be of exports that passed no check, with keys of other deals. */
async function holdToManifest(
  engine: Engine,
  files: LoadReport["files"],
  {workspace, paths, manifest}: Omit<FirmOptions, "filesDir">
): Promise<void> {
  const before = new Map(manifest.files.map(({file, sha256}) => [file, sha256]));
  const now = new Map(files.map(({file, sha256}) => [file, sha256]));
  const changed = [...new Set([...before.keys(), ...now.keys()])].filter(
    (file) => before.get(file) !== now.get(file)
  );
  const [built] = await engine.rows<{value: string}>(
    "select value from firm.weir.manifest where fact = 'input_hash'"
  );
  const isOther = built?.value !== manifest.input_hash;
  const problems = [
    ...changed.map((file) => ({what: "the export has changed since the warehouse was built", file})),
    ...(isOther ? [{what: "another build has made the warehouse since", file: paths.warehouse}] : [])
  ];
  if (problems.length > 0)
    throw new WeirError(`The exports of ${workspace.name} changed while its sites were to be made`, {
      exitCode: EXIT.source,
      problems: problems.map((problem) => ({...problem, fix: "run weir publish again"}))
    });
}
