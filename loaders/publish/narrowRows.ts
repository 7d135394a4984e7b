/** The first half of narrowing: a new database file with the rows and columns that a site may hold, and what workspace.yaml says to its readers. */
import {existsSync, mkdirSync, readdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {hashFolders, hashText} from "../system/fileHash.ts";
import {CODE_FOLDERS} from "../warehouse/buildWarehouse.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import type {LoadedWorkspace} from "../workspace/loadWorkspace.ts";
import type {Workspace} from "../workspace/schema.ts";
import {PROJECT, type StatePaths, statePaths} from "../workspace/statePaths.ts";
import {allowedColumns} from "./allowedColumns.ts";
import {type Copied, copyRows} from "./copyRows.ts";
import {audienceFolder} from "./firmSources.ts";
import {findKept} from "./keptRows.ts";
import {type KeptFacts, narrowConfig} from "./narrowConfig.ts";
import {carryPeers} from "./peers/carryPeers.ts";
import {findPseudonyms} from "./pseudonyms.ts";
import {audienceOf, type PublishedSite} from "./publishedSites.ts";
import {type ReadersWords, readersWords} from "./readersWords.ts";

export interface NarrowOptions {
  site: PublishedSite;
  /** Name of the site's folder; what it is of is not told by it. */
  folder: string;
  workspace: LoadedWorkspace;
  /** Of the whole firm. */
  paths: StatePaths;
  manifest: Manifest;
  /** A hash of the code that sites are made by. */
  code: string;
  /** By which pseudonyms are made of ids that are addresses: the firm's, and secret. */
  idKey: string;
}

export interface NarrowedRows extends Copied, Newest {
  /** Of the site's own. */
  paths: StatePaths;
  /** The file that was filled; whoever is given it removes it or makes it the site's warehouse. */
  file: string;
  /** What the site says of itself. */
  words: ReadersWords;
  /** What workspace.yaml says to this site's readers. */
  config: Workspace;
  /** A hash of all that the site is made from: the same again, and it would come out the same. */
  hash: string;
  /** A hash of what its warehouse's figures are made from: of two sites of the same, forecasts are the same. */
  figures: string;
}

/** Fills a site's file from the engine that `withFirmSources` gives, which nobody else may use meanwhile. */
export async function narrowRows(firm: Engine, options: NarrowOptions): Promise<NarrowedRows> {
  const {site, folder, workspace, manifest, code} = options;
  // With the folder's name in it a pseudonym is another one in each site: two sites' readers cannot put their people together.
  const idKey = `${options.idKey} ${folder} `;
  const paths = sitePaths(options.paths, folder);
  mkdirSync(paths.dir, {recursive: true});
  const file = `${paths.warehouse}.${process.pid}.tmp`;
  // In a container each publication has the same process id: one that was killed left a file of this very name.
  removeFile(file);
  try {
    const allowed = allowedColumns(site, workspace.config);
    await findKept(firm, site, allowed);
    const ids = await findPseudonyms(firm, allowed, idKey);
    await firm.run(`attach ${literal(file)} as site (storage_version 'v1.3.0')`);
    try {
      const copied = await copyRows(firm, site, allowed, workspace.config, ids);
      await carryPeers(firm, site, allowed, ids);
      const {newest, ...facts} = await keptFacts(firm, manifest.as_of);
      const config = narrowConfig(workspace.config, site, allowed, facts);
      const told = JSON.stringify([audienceOf(site), folder, config, newest, copied.hiddenColumns]);
      const cells = await contents(firm);
      const models = hashFolders(PROJECT, [...CODE_FOLDERS, "loaders/publish"]);
      const figures = hashText(models, JSON.stringify([{...config, made_by: undefined}, newest]), ...cells);
      const words = readersWords(site, ids, allowed);
      return {...copied, newest, paths, file, words, config, hash: hashText(code, told, ...cells), figures};
    } finally {
      await firm.run("detach site");
    }
  } catch (error) {
    removeFile(file);
    throw error;
  }
}

/** Removes a database file that is not to be kept. */
export function removeFile(file: string): void {
  for (const end of ["", ".wal"]) rmSync(`${file}${end}`, {force: true});
}

/** Files of publications that were killed, each a copy of a site's rows. Only for who has the state's lock: nobody else fills one then. */
export function clearNarrowed(firm: StatePaths): void {
  const dir = audienceFolder(firm);
  if (!existsSync(dir)) return;
  for (const folder of readdirSync(dir, {withFileTypes: true}).filter((each) => each.isDirectory()))
    for (const name of readdirSync(join(dir, folder.name)))
      if (/\.\d+\.tmp(\.|$)/.test(name)) rmSync(join(dir, folder.name, name), {recursive: true, force: true});
}

/** Of each table of the attached database `site` its name, its columns, and a sum over its rows by which one changed cell is seen. */
async function contents(engine: Engine): Promise<string[]> {
  const tables = await engine.rows<{relation: string; columns: string}>(
    `select schema_name || '."' || table_name || '"' as relation, string_agg(column_name || ' ' || data_type, ', ' order by column_index) as columns
     from duckdb_columns() where database_name = 'site' and not internal group by all order by all`
  );
  const found: string[] = [];
  for (const {relation, columns} of tables) {
    const [sum] = await engine.rows<{told: string}>(
      `select concat_ws(' ', count(*), bit_xor(hash(told)), bit_xor(md5_number(told::varchar))) as told from site.${relation} as told`
    );
    found.push(relation, columns, sum!.told);
  }
  return found;
}

/** A folder of its own, for forecasts lie beside the database; scenarios that the firm committed are left out: they hold its plans. */
function sitePaths(firm: StatePaths, folder: string): StatePaths {
  return statePaths({name: folder}, audienceFolder(firm));
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
