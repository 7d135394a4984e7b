/**
 * Exports to warehouse: into a temporary file, checked, then renamed. Until the rename the last good warehouse is
 * untouched, whatever happens.
 */
import {existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {openDuckDb} from "../engine/duckdb.ts";
import {matchRegistrations} from "../match/matchRegistrations.ts";
import {findFile} from "../sources/landFile.ts";
import {loadSources} from "../sources/loadSources.ts";
import {HashMemory, hashFolders, hashText} from "../system/fileHash.ts";
import {isRunning} from "../system/isRunning.ts";
import type {Reporter} from "../system/progress.ts";
import type {LoadedWorkspace} from "../workspace/loadWorkspace.ts";
import {PROJECT, type StatePaths} from "../workspace/statePaths.ts";
import {countRows, type Manifest, readManifest, writeManifestTables} from "./manifest.ts";
import {oldAsOf} from "./oldAsOf.ts";
import {pruneCopies} from "./pruneCopies.ts";
import {dropReadInPlace} from "./readInPlace.ts";
import {type Model, readModels} from "./readModels.ts";
import {runModels, shareThreads} from "./runModels.ts";
import {createWorkspaceTables} from "./workspaceTables.ts";

export interface BuildWarehouseOptions {
  workspace: LoadedWorkspace;
  paths: StatePaths;
  /** Folder of the exports. */
  filesDir: string;
  reporter: Reporter;
  /** The time the command was called, UTC ISO. */
  builtAt: string;
  /** Build even when nothing has changed. */
  force?: boolean;
  memoryLimit?: string;
  /** Files, as workspace.yaml names them, whose change from the last run a person has accepted (--accept). */
  accept?: readonly string[];
  /** Models to make, with all they read; every one if absent. Tests of a few relations leave out the rest. */
  models?: readonly Model[];
}

export interface BuiltWarehouse {
  manifest: Manifest;
  /** False when the warehouse was already made of the same inputs. */
  isNew: boolean;
}

/** What the database may hold in memory; more it puts aside on disk, at little cost. A million deals took 2.4 GB with it, Node's own share included. */
const MEMORY_LIMIT = "1000MB";
/** The code that typed copies of exports depend on. */
export const READER_FOLDERS = ["loaders/sources", "loaders/workspace", "loaders/engine"];
/** The code that a warehouse depends on. */
export const CODE_FOLDERS = [
  ...READER_FOLDERS,
  "loaders/match",
  "loaders/warehouse",
  "loaders/models",
  "loaders/system"
];

/** Builds the warehouse of a workspace if its inputs have changed. @throws {WeirError} as its parts do. */
export async function buildWarehouse(options: BuildWarehouseOptions): Promise<BuiltWarehouse> {
  const {workspace, paths, filesDir, reporter, force = false, memoryLimit, models = readModels()} = options;
  mkdirSync(paths.dir, {recursive: true});
  const hashes = new HashMemory(join(paths.dir, "hashes.json"));
  const inputHash = hashInputs(workspace, filesDir, hashes, models);
  removeLeftovers(paths);
  const last = readManifest(paths.manifest);
  // A build killed between its two renames leaves a new warehouse beside an old manifest.
  const isCurrent = last?.input_hash === inputHash && (await builtFrom(paths.warehouse)) === inputHash;
  if (!force && last && isCurrent) {
    reporter.note(`   warehouse of ${workspace.name} is up to date`);
    return {manifest: last, isNew: false};
  }
  const temporary = `${paths.warehouse}.${process.pid}.tmp`;
  const removeTemporary = () => {
    for (const end of ["", ".wal"]) rmSync(`${temporary}${end}`, {force: true, recursive: true});
  };
  // In a container each build has the same process id: one that was killed left a file of this very name.
  removeTemporary();
  try {
    const {manifest, copies} = await fill(temporary, inputHash, hashes, last?.files ?? [], {
      ...options,
      models,
      ...(memoryLimit ? {memoryLimit} : {})
    });
    renameSync(temporary, paths.warehouse);
    writeFileSync(`${paths.manifest}.${process.pid}.tmp`, `${JSON.stringify(manifest, null, 2)}\n`);
    renameSync(`${paths.manifest}.${process.pid}.tmp`, paths.manifest);
    hashes.save();
    pruneCopies(paths, copies);
    return {manifest, isNew: true};
  } finally {
    removeTemporary();
  }
}

async function fill(
  file: string,
  inputHash: string,
  hashes: HashMemory,
  previous: Manifest["files"],
  {
    workspace,
    paths,
    filesDir,
    reporter,
    builtAt,
    memoryLimit = MEMORY_LIMIT,
    accept = [],
    models
  }: BuildWarehouseOptions & {models: readonly Model[]}
): Promise<{manifest: Manifest; copies: Set<string>}> {
  const {config} = workspace;
  const engine = await openDuckDb(file, {memoryLimit});
  try {
    const readerHash = hashFolders(PROJECT, READER_FOLDERS);
    const {files, rejects, copies} = await loadSources(
      {engine, workspace, filesDir, landingDir: paths.landing, hashes, readerHash, previous, accept},
      reporter
    );
    await shareThreads(engine);
    await engine.lockDown(paths.landing);
    const asOf = await createWorkspaceTables(engine, workspace);
    const old = await oldAsOf(engine);
    if (old) reporter.note(`   ${old}`);
    await matchRegistrations(engine, config, workspace.decisions, reporter);
    const {checks, rowCounts} = await runModels(engine, models, config, reporter);
    const vouched = new Set(models.filter(({doc}) => doc?.checked_by).map(({name}) => name));
    const manifest: Manifest = {
      version: 1,
      workspace: workspace.name,
      company: config.company,
      as_of: asOf,
      seed: config.seed,
      is_synthetic: config.synthetic || config.generate !== undefined,
      built_at: builtAt,
      input_hash: inputHash,
      versions: {weir: "0.1.0", node: process.versions.node, engine: await engine.version()},
      files,
      row_counts: await countRows(engine, rowCounts, (relation) => vouched.has(relation)),
      checks
    };
    await dropReadInPlace(engine, models);
    await writeManifestTables(engine, manifest, rejects);
    await engine.run("checkpoint");
    return {manifest, copies};
  } finally {
    engine.close();
  }
}

/** Everything a warehouse depends on: the declarations, the bytes of the exports, the code. */
function hashInputs(
  workspace: LoadedWorkspace,
  filesDir: string,
  hashes: HashMemory,
  models: readonly Model[]
): string {
  const files: string[] = [];
  for (const spec of workspace.config.files) {
    const {path} = findFile(spec, filesDir);
    files.push(spec.path, path ? hashes.sha256(path) : "absent");
  }
  const names = models.map(({name}) => name);
  return hashText(workspace.dir, workspace.text, ...files, ...names, hashFolders(PROJECT, CODE_FOLDERS));
}

/** The input hash a warehouse carries; undefined when there is none that opens. */
async function builtFrom(warehouse: string): Promise<string | undefined> {
  if (!existsSync(warehouse)) return undefined;
  try {
    const engine = await openDuckDb(warehouse, {readOnly: true});
    try {
      const [row] = await engine.rows<{value: string}>(
        "select value from weir.manifest where fact = 'input_hash'"
      );
      return row?.value;
    } finally {
      engine.close();
    }
  } catch {
    return undefined;
  }
}

/** Temporary files and folders carry the number of their process: what a killed build left goes, the rest stays. */
function removeLeftovers({dir, landing}: StatePaths): void {
  for (const folder of [dir, landing]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      const owner = /\.(\d+)\.(utf8\.csv\.)?tmp(\.|$)/.exec(name);
      if (owner && !isRunning(Number(owner[1]))) rmSync(join(folder, name), {force: true, recursive: true});
    }
  }
}
