/**
 * The whole firm's warehouse to one that holds only what a site's readers may see: a new file, filled by copying (a database keeps
 * deleted rows readable), on which all models and checks run as in any build.
 */
import {mkdirSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {openDuckDb} from "../engine/duckdb.ts";
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {hashFolders, hashText} from "../system/fileHash.ts";
import type {Reporter} from "../system/progress.ts";
import {CODE_FOLDERS} from "../warehouse/buildWarehouse.ts";
import {countRows, type Manifest, writeManifestTables} from "../warehouse/manifest.ts";
import {type Model, readModels} from "../warehouse/readModels.ts";
import {runModels, shareThreads} from "../warehouse/runModels.ts";
import {createWorkspaceTables} from "../warehouse/workspaceTables.ts";
import type {LoadedWorkspace} from "../workspace/loadWorkspace.ts";
import type {Workspace} from "../workspace/schema.ts";
import {PROJECT, type StatePaths} from "../workspace/statePaths.ts";
import {allowedColumns} from "./allowedColumns.ts";
import {type Copied, copyRows} from "./copyRows.ts";
import {audienceFolder} from "./firmSources.ts";
import {findKept, isRestricted} from "./keptRows.ts";
import {type KeptFacts, narrowConfig} from "./narrowConfig.ts";
import {carryPeers} from "./peers/carryPeers.ts";
import type {PublishedSite} from "./publishedSites.ts";

export interface Narrowed extends Copied {
  paths: StatePaths;
  manifest: Manifest;
  /** What workspace.yaml says to this site's readers. */
  config: Workspace;
}

export interface NarrowOptions {
  site: PublishedSite;
  /** Name of the site's folder; what it is of is not told by it. */
  folder: string;
  workspace: LoadedWorkspace;
  /** Of the whole firm. */
  paths: StatePaths;
  manifest: Manifest;
  reporter: Reporter;
  /** Models to make, with all they read; every one if absent. Tests of a few relations leave out the rest. */
  models?: readonly Model[];
}

/**
 * Builds a site's database from the engine that `withFirmSources` gives.
 * @throws {WeirError} exit 3 when what is left does not add up
 */
export async function narrowWarehouse(firm: Engine, options: NarrowOptions): Promise<Narrowed> {
  const {site, folder, workspace, manifest, reporter, models = readModels()} = options;
  const paths = sitePaths(options.paths, folder);
  mkdirSync(paths.dir, {recursive: true});
  const temporary = `${paths.warehouse}.${process.pid}.tmp`;
  try {
    const allowed = allowedColumns(site, workspace.config);
    await findKept(firm, site, allowed);
    await firm.run(`attach ${literal(temporary)} as site (storage_version 'v1.3.0')`);
    let copied: Copied;
    let facts: KeptFacts & Newest;
    try {
      copied = await copyRows(firm, site, allowed, workspace.config);
      await carryPeers(firm, site, allowed);
      facts = await keptFacts(firm, manifest.as_of);
    } finally {
      await firm.run("detach site");
    }
    const config = narrowConfig(workspace.config, site, allowed, facts);
    const inputHash = hashText(
      manifest.input_hash,
      JSON.stringify(site),
      hashFolders(PROJECT, [...CODE_FOLDERS, "loaders/publish", "src/slices"])
    );
    const narrowed = await model(temporary, {
      workspace: {...workspace, config},
      site,
      copied,
      newest: facts.newest,
      manifest: {
        ...manifest,
        // The folder's name of the firm's workspace is the firm's.
        workspace: folder,
        input_hash: inputHash,
        is_synthetic: config.synthetic
      },
      reporter,
      models
    });
    renameSync(temporary, paths.warehouse);
    writeFileSync(paths.manifest, `${JSON.stringify(narrowed, null, 2)}\n`);
    return {...copied, paths, manifest: narrowed, config};
  } finally {
    for (const end of ["", ".wal"]) rmSync(`${temporary}${end}`, {force: true});
  }
}

/** A folder of its own, for forecasts lie beside the database; scenarios that the firm committed are left out: they hold its plans. */
function sitePaths(paths: StatePaths, folder: string): StatePaths {
  const dir = join(audienceFolder(paths), folder);
  return {
    dir,
    warehouse: join(dir, "warehouse.duckdb"),
    manifest: join(dir, "manifest.json"),
    landing: join(dir, "landing"),
    generated: join(dir, "exports"),
    previousDist: join(dir, "site.previous")
  };
}

interface Newest {
  newest: {on: string | null; at: string | null};
}

/** What is left, as far as workspace.yaml has a part in it. */
async function keptFacts(engine: Engine, asOf: string): Promise<KeptFacts & Newest> {
  const set = async (sql: string) =>
    new Set((await engine.rows<{value: string}>(sql)).map(({value}) => value));
  const [newest] = await engine.rows<{on: string | null; at: string | null}>(
    `select newest_on::varchar as "on", newest_at::varchar as "at" from firm.workspace.run`
  );
  return {
    asOf,
    newest: newest!,
    pipelines: await set(`select pipeline_id as value from firm.intermediate.int_deal
        where pipeline_id is not null and deal_id in (from kept_deal)
      union select trim(unnest([old_value, new_value])) from site.source.deal_event where field = 'pipeline_id'`),
    tiers: await set(
      "select tier as value from firm.marts.partners where tier is not null and partner_id in (from kept_partner)"
    ),
    kinds: await set(
      "select partner_kind as value from firm.marts.partners where partner_kind is not null and partner_id in (from kept_partner)"
    )
  };
}

interface ModelOptions {
  workspace: LoadedWorkspace;
  site: PublishedSite;
  copied: Copied;
  newest: Newest["newest"];
  manifest: Manifest;
  reporter: Reporter;
  models: readonly Model[];
}

/** Runs models and checks on the copied rows, as a build does, and writes what the database is made of. */
async function model(
  file: string,
  {workspace, site, copied, newest, manifest, reporter, models}: ModelOptions
): Promise<Manifest> {
  const engine = await openDuckDb(file, {memoryLimit: "1000MB"});
  try {
    await shareThreads(engine);
    await engine.lockDown();
    await createWorkspaceTables(engine, workspace, {
      title: site.title,
      isRestricted: isRestricted(site),
      rowsWords: site.rowsWords,
      hiddenColumns: copied.hiddenColumns,
      newest
    });
    const {checks, rowCounts} = await runModels(engine, models, workspace.config, reporter);
    const vouched = new Set(models.filter(({doc}) => doc?.checked_by).map(({name}) => name));
    const narrowed: Manifest = {
      ...manifest,
      // Names, hashes, counts and totals of the exports are the whole firm's: told is how many rows are here.
      files: Object.entries(copied.rows).flatMap(([table, n]) =>
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
