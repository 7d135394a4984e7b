/**
 * The whole firm's warehouse to one that holds only what a site's readers may see: a new file, filled by copying (a database keeps
 * deleted rows readable), on which all models and checks run as in any build.
 */
import {renameSync, writeFileSync} from "node:fs";
import {openDuckDb} from "../engine/duckdb.ts";
import type {Engine} from "../engine/engine.ts";
import type {Reporter} from "../system/progress.ts";
import {countRows, type Manifest, writeManifestTables} from "../warehouse/manifest.ts";
import {type Model, readModels} from "../warehouse/readModels.ts";
import {runModels, shareThreads} from "../warehouse/runModels.ts";
import {createWorkspaceTables} from "../warehouse/workspaceTables.ts";
import type {Workspace} from "../workspace/schema.ts";
import type {StatePaths} from "../workspace/statePaths.ts";
import type {Copied} from "./copyRows.ts";
import {isRestricted} from "./keptRows.ts";
import {type NarrowedRows, type NarrowOptions, narrowRows, removeFile} from "./narrowRows.ts";

export interface Narrowed extends Copied {
  paths: StatePaths;
  manifest: Manifest;
  /** What workspace.yaml says to this site's readers. */
  config: Workspace;
}

export interface ModelOptions extends Pick<NarrowOptions, "site" | "folder" | "workspace" | "manifest"> {
  reporter: Reporter;
  /** Models to make, with all they read; every one if absent. Tests of a few relations leave out the rest. */
  models?: readonly Model[];
}

/**
 * Builds a site's database from the engine that `withFirmSources` gives.
 * @throws {WeirError} exit 3 when what is left does not add up
 */
export async function narrowWarehouse(
  firm: Engine,
  options: NarrowOptions & ModelOptions
): Promise<Narrowed> {
  return modelRows(await narrowRows(firm, options), options);
}

/**
 * Makes a site's warehouse of its rows; the firm's engine is not asked again.
 * @throws {WeirError} exit 3 when what is left does not add up
 */
export async function modelRows(rows: NarrowedRows, options: ModelOptions): Promise<Narrowed> {
  const {folder, workspace, manifest} = options;
  const {file, paths, config} = rows;
  try {
    const narrowed = await model(rows, {
      ...options,
      workspace: {...workspace, config},
      manifest: {
        ...manifest,
        // The folder's name of the firm's workspace is the firm's.
        workspace: folder,
        input_hash: rows.figures,
        is_synthetic: config.synthetic
      }
    });
    renameSync(file, paths.warehouse);
    writeFileSync(paths.manifest, `${JSON.stringify(narrowed, null, 2)}\n`);
    return {...rows, manifest: narrowed};
  } finally {
    removeFile(file);
  }
}

/** Runs models and checks on the copied rows, as a build does, and writes what the database is made of. */
async function model(
  {file, rows, words, hiddenColumns, newest}: NarrowedRows,
  {workspace, site, manifest, reporter, models = readModels()}: ModelOptions
): Promise<Manifest> {
  const engine = await openDuckDb(file, {memoryLimit: "1000MB"});
  try {
    await shareThreads(engine);
    await engine.lockDown();
    await createWorkspaceTables(engine, workspace, {
      ...words,
      isRestricted: isRestricted(site),
      hiddenColumns,
      newest
    });
    const {checks, rowCounts} = await runModels(engine, models, workspace.config, reporter);
    const vouched = new Set(models.filter(({doc}) => doc?.checked_by).map(({name}) => name));
    const narrowed: Manifest = {
      ...manifest,
      // Names, hashes, counts and totals of the exports are the whole firm's: told is how many rows are here.
      files: Object.entries(rows).flatMap(([table, n]) =>
        n === 0
          ? []
          : [
              {
                file: table,
                path: "",
                sha256: "",
                tables: table,
                n_records: n,
                n_loaded: n,
                n_rejected: 0,
                is_reused: false,
                n_header: 0,
                totals: {}
              }
            ]
      ),
      row_counts: await countRows(engine, rowCounts, (relation) => vouched.has(relation)),
      checks
    };
    // No rejects: they show cells of anybody's records.
    await writeManifestTables(engine, narrowed, []);
    await engine.run("checkpoint");
    return narrowed;
  } finally {
    engine.close();
  }
}
