/** Copies what a site may hold into a database file of its own: only rows and columns that are allowed are ever written to it. */
import type {Engine} from "../engine/engine.ts";
import {identifier, literal} from "../engine/sqlText.ts";
import {SQL_TYPES, sourceColumns} from "../sources/sourceTables.ts";
import {isOutside} from "../workspace/audienceSchema.ts";
import {CANONICAL_TABLE_NAMES, type CanonicalTableName} from "../workspace/canonicalTables.ts";
import type {Workspace} from "../workspace/schema.ts";
import type {Allowed} from "./allowedColumns.ts";
import {isRestricted, keptCell, keptWhere} from "./keptRows.ts";
import {isReplacedId, type Pseudonyms, withPseudonym} from "./pseudonyms.ts";
import type {PublishedSite} from "./publishedSites.ts";

export interface Copied {
  /** Rows by canonical table. */
  rows: Record<string, number>;
  /** `table.column` of what the exports fill and this site does not get. */
  hiddenColumns: string[];
  /** `table.column` of ids that are e-mail addresses or hidden names, in whose place it has pseudonyms. */
  pseudonyms: string[];
}

/**
 * Fills `site.source` and `site.workspace.registration_match` of the attached database `site`. A column that is not allowed is null; of
 * custom attributes not even the column is there. Files are known by number, records by their place among those that are left.
 */
export async function copyRows(
  engine: Engine,
  site: PublishedSite,
  allowed: Allowed,
  config: Workspace,
  ids: Pseudonyms
): Promise<Copied> {
  await engine.run("create schema site.source; create schema site.workspace");
  await numberFiles(engine);
  const rows: Record<string, number> = {};
  const hiddenColumns: string[] = [];
  const pseudonyms: string[] = [];
  for (const table of CANONICAL_TABLE_NAMES) {
    const columns = allowed.get(table)!;
    const types = sourceColumns(table, config);
    const all = Object.keys(types);
    const where = rowsOf(table, site, allowed);
    const isThere = (column: string) => columns.has(column) || !column.startsWith("x_");
    const cells = all
      .filter(isThere)
      .map(
        (column) =>
          `cast(${columns.has(column) ? withPseudonym(table, column, keptCell(table, column, site), ids) : "null"} as ${SQL_TYPES[types[column]!]}) as ${identifier(column)}`
      );
    const relation = `source.${identifier(table)}`;
    await engine.run(`create table site.${relation} as
      select ${cells.join(", ")}, told.source_system, file_number.file as source_file,
        row_number() over (order by told.source_file, told.source_record) as source_record
      from ${relation} as told left join file_number on file_number.source_file = told.source_file
      where ${where} order by told.source_file, told.source_record`);
    const named = all.filter((column) => columns.has(column));
    pseudonyms.push(...(await replacedColumns(engine, table, named, where, site, ids)));
    const [count] = await engine.rows<{n: number}>(`select count(*)::integer as n from site.${relation}`);
    rows[table] = count!.n;
    hiddenColumns.push(
      ...(await filledColumns(
        engine,
        table,
        all.filter((column) => !columns.has(column))
      ))
    );
  }
  await copyMatches(engine, site);
  await copyVerdicts(engine);
  const outside = isOutside(site.audience);
  // That there is an attribute of that name is no other firm's to know.
  return {
    rows,
    pseudonyms,
    hiddenColumns: hiddenColumns.filter((column) => !outside || !column.includes(".x_"))
  };
}

/** Records whose table has no allowed column are none; of a log only changes of fields that are allowed. */
function rowsOf(table: CanonicalTableName, site: PublishedSite, allowed: Allowed): string {
  if (allowed.get(table)!.size === 0) return "false";
  const where = keptWhere(table, site) ?? "true";
  if (table !== "deal_event") return where;
  const fields = [...allowed.get("deal")!].map((column) => literal(column.replace(/^x_/, "")));
  return fields.length === 0 ? "false" : `(${where}) and told.field in (${fields.join(", ")})`;
}

/**
 * Export files by number in the order of their names, which decides between changes of one moment. Made once for the firm, whose files are
 * the same for every site; what is kept (`kept_*`) is made anew for each.
 */
async function numberFiles(engine: Engine): Promise<void> {
  const files = CANONICAL_TABLE_NAMES.map((table) => `select source_file from source.${identifier(table)}`);
  await engine.run(`create temp table if not exists file_number as
    select source_file, 'file ' || lpad(row_number() over (order by source_file)::varchar, 3, '0') as file
    from (${files.join(" union ")}) as named where source_file is not null`);
}

/** Those of the columns, as `table.column`, that have a pseudonym in a kept row. */
async function replacedColumns(
  engine: Engine,
  table: CanonicalTableName,
  columns: readonly string[],
  where: string,
  site: PublishedSite,
  ids: Pseudonyms
): Promise<string[]> {
  const asked = columns.flatMap((column) => {
    const isReplaced = isReplacedId(table, column, keptCell(table, column, site), ids);
    return isReplaced === null ? [] : [{column, isReplaced}];
  });
  if (asked.length === 0) return [];
  const found = asked.map(({isReplaced}, index) => `coalesce(bool_or(${isReplaced}), false) as c${index}`);
  const [row] = await engine.rows<Record<string, boolean>>(
    `select ${found.join(", ")} from source.${identifier(table)} as told where ${where}`
  );
  return asked.flatMap(({column}, index) => (row![`c${index}`] ? [`${table}.${column}`] : []));
}

async function filledColumns(
  engine: Engine,
  table: CanonicalTableName,
  columns: readonly string[]
): Promise<string[]> {
  if (columns.length === 0) return [];
  const counts = columns.map((column, index) => `count(${identifier(column)})::integer as c${index}`);
  const [row] = await engine.rows<Record<string, number>>(
    `select ${counts.join(", ")} from source.${identifier(table)}`
  );
  return columns.filter((_, index) => row![`c${index}`]! > 0).map((column) => `${table}.${column}`);
}

/**
 * The firm's own matching holds: with fewer deals to choose from another one could come out. A deal that is not here is no likely
 * one; the evidence tells of names that were compared.
 */
async function copyMatches(engine: Engine, site: PublishedSite): Promise<void> {
  const isAll = !isRestricted(site);
  const kept = (column: string) =>
    isAll ? column : `case when ${column} in (from kept_deal) then ${column} end`;
  const ifKept = (cell: string, otherwise: string) =>
    isAll ? cell : `case when deal_id in (from kept_deal) then ${cell} else ${otherwise} end`;
  await engine.run(`create table site.workspace.registration_match as
    select
      registration_id,
      ${kept("deal_id")} as deal_id,
      ${ifKept("match_status", "'unmatched'")} as match_status,
      ${ifKept("match_basis", "'none'")} as match_basis,
      ${ifKept("match_score", "null")} as match_score,
      ${kept("second_deal_id")} as second_deal_id,
      case when second_deal_id is ${isAll ? "not null" : "not null and second_deal_id in (from kept_deal)"} then second_score end as second_score,
      ${isAll && !isOutside(site.audience) ? "match_evidence" : "''"} as match_evidence
    from firm.workspace.registration_match
    where registration_id in (from kept_registration)
      and registration_id in (select registration_id from site.source.registration)
    order by registration_id`);
}

/**
 * Registrations that do not source their deal because of a deal or a partner that may not be here: else a partner's own site would count
 * more as sourced than the firm does.
 */
async function copyVerdicts(engine: Engine): Promise<void> {
  await engine.run(`create table site.workspace.unsourced_claim as
    select
      claim.registration_id,
      contains(claim.failed_tests, 'the customer had an open deal already') as had_open_deal,
      claim.is_sourced and origin.registration_id is distinct from claim.registration_id
        and origin.origin_partner_id is distinct from claim.partner_id as was_second
    from firm.intermediate.int_partner_claim as claim
    inner join firm.intermediate.int_deal_origin as origin on origin.deal_id = claim.deal_id
    where claim.registration_id in (from kept_registration) and claim.deal_id in (from kept_deal)
    order by claim.registration_id`);
}
