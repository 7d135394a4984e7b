/**
 * A file's text, typed: header by name, every cell by its declared format, written once as Parquet. A record with a bad
 * cell is rejected whole, with file, line, column, value and reason; nothing else is lost: records = loaded + rejected.
 */
import {rmSync} from "node:fs";
import type {Engine} from "../engine/engine.ts";
import {onOneThread} from "../engine/onOneThread.ts";
import {literal} from "../engine/sqlText.ts";
import type {Problem} from "../weirError.ts";
import {type CanonicalTableName, canonicalTable} from "../workspace/canonicalTables.ts";
import type {FileSpec, Workspace} from "../workspace/schema.ts";
import {ANY_SIGN} from "./amountSigns.ts";
import {BadFile} from "./badFile.ts";
import {droppedZeros} from "./droppedZeros.ts";
import {findRejects} from "./findRejects.ts";
import {type LandingColumn, landingColumns, mapFilter} from "./landingColumns.ts";
import {type MappedFile, type ResolvedMap, wantedHeaders} from "./mappedColumns.ts";
import {matchHeader} from "./matchHeader.ts";
import {openText} from "./openText.ts";
import type {ReadResult} from "./reject.ts";
import type {TextSource} from "./textSource.ts";
import {untakenStatus} from "./untakenStatus.ts";

/** Ids hardly repeat: giving up on a dictionary of them early saves a fifth of the writing. */
const PARQUET = "format parquet, compression lz4, dictionary_size_limit 2000";

/** Asked for by name: where a long list of words becomes a join, DuckDB would write whole groups of rows in any order. */
const IN_ORDER = "preserve_order true";

export interface ReadTypedOptions {
  engine: Engine;
  /** Absolute path of the file. */
  path: string;
  /** The file's name in messages and in the reject table. */
  label: string;
  spec: FileSpec;
  mapped: MappedFile;
  config: Workspace;
  /** The Parquet file to write: the mapped columns c0, c1, ..., one boolean a map, `_bad`; rows as in the file. */
  into: string;
}

/** @throws {BadFile} when the file is not well-formed, its header does not fit, or it has no records. */
export async function readTyped(options: ReadTypedOptions): Promise<ReadResult> {
  const {path, spec, into, engine} = options;
  const copy = `${into}.utf8.csv.tmp`;
  try {
    const source = await openText(engine, path, spec.format, copy);
    return await typeText(source, options);
  } finally {
    rmSync(copy, {force: true});
  }
}

/** A relation over a typed copy: its good rows, with `_record` (1 = the first after the header). */
export function typedRows(parquet: string): string {
  return `(select * exclude (_bad, file_row_number), file_row_number + 1 as _record
    from read_parquet(${literal(parquet)}, file_row_number = true) where not _bad)`;
}

async function typeText(
  source: TextSource,
  {engine, label, spec, mapped, config, into}: ReadTypedOptions
): Promise<ReadResult> {
  const {positions, problems} = matchHeader(source.header, wantedHeaders(mapped, spec), spec);
  if (spec.format.currency_sign === ANY_SIGN) problems.push(...unsaidCurrencies(mapped, positions));
  if (problems.length > 0) throw new BadFile(...problems);
  if (source.nRecords === 0)
    throw new BadFile({
      what: "the file has a header but no records",
      expected: "at least one record",
      fix: "export again; if it is meant to be empty, take the file out of workspace.yaml"
    });
  const columns = landingColumns(mapped, positions, config, spec, source);
  const filters = mapped.maps.map((map, index) => `${mapFilter(map, positions)} as m${index}`);
  const untaken = untakenStatus(spec, positions);
  const bad = [
    ...columns.flatMap(({sql}) => (sql.bad ? [sql.bad] : [])),
    ...missingValues(mapped.maps, columns, positions).map(({bad}) => bad),
    ...unnamedCells(source.header),
    ...(untaken ? [untaken.bad] : [])
  ];
  const selected = [
    ...columns.map(({sql, landing}) => `${sql.value} as ${landing}`),
    ...filters,
    `${bad.length > 0 ? bad.join("\n      or ") : "false"} as _bad`
  ];
  const copy = (options: string) => `copy (select ${selected.join(",\n      ")}
    from ${source.sql}) to ${literal(into)} (${options})`;
  await (source.isSequential
    ? onOneThread(engine, copy(PARQUET))
    : engine.run(copy(`${PARQUET}, ${IN_ORDER}`)));
  const {nRecords, nBad, totals} = await summed(engine, into, mapped.maps);
  if (nRecords !== source.nRecords)
    throw new BadFile({
      what: `the file changed while it was read: ${source.nRecords} records at first, ${nRecords} then`,
      expected: "a file that nobody writes to",
      fix: "wait until the export is done, then load it again"
    });
  const damaged = await droppedZeros(engine, into, mapped, source);
  if (damaged.length > 0) throw new BadFile(...damaged);
  const missing = missingValues(mapped.maps, columns, positions);
  const rejects =
    nBad > 0
      ? await findRejects({
          engine,
          label,
          source,
          columns,
          missing,
          untaken,
          config,
          spec,
          into
        })
      : [];
  return {
    nHeader: source.nHeader,
    nRecords,
    nLoaded: nRecords - nBad,
    rejects,
    nRejected: nBad,
    totals
  };
}

/** Where a row has no place for its currency, amounts of several cannot be told apart; those of a log are in their deal's. */
function unsaidCurrencies(
  {maps}: MappedFile,
  positions: ReadonlyMap<string, number>
): Omit<Problem, "file">[] {
  return maps
    .filter(({table}) => !("currency" in canonicalTable(table).columns))
    .flatMap(({table, columns}) => {
      const amount = columns.find(
        ({type, column: {spec}}) => type === "money" && positions.has(spec.column ?? "")
      );
      if (!amount) return [];
      return {
        what: `amounts may have any currency's sign, and ${table} has no column for it`,
        field: amount.column.spec.column!,
        expected: "amounts of one currency",
        fix: `declare the one currency_sign that they have, or leave them out: ${amount.name}: null`
      };
    });
}

/** A value a canonical row cannot do without is empty. */
export interface MissingValue {
  column: LandingColumn;
  target: string;
  /** SQL of a boolean. */
  bad: string;
}

function missingValues(
  maps: readonly ResolvedMap[],
  columns: readonly LandingColumn[],
  positions: ReadonlyMap<string, number>
): MissingValue[] {
  return maps.flatMap((map) => {
    const {required} = canonicalTable(map.table as CanonicalTableName);
    const filter = mapFilter(map, positions);
    return map.columns
      .filter(
        ({name, column: {spec}}) => required.includes(name) && spec.column !== undefined && !spec.optional
      )
      .map(({name, column}) => {
        const landing = columns.find((each) => each.landing === column.landing)!;
        const empty = `(${landing.sql.value}) is null`;
        const bad = filter === "true" ? `(${empty})` : `(${filter} and ${empty})`;
        return {column: landing, target: `${map.table}.${name}`, bad};
      });
  });
}

/** Columns without a name are only let through (matchHeader) when they are declared empty. */
function unnamedCells(header: readonly string[]): string[] {
  return header.flatMap((name, index) => (name.trim() === "" ? [`(h${index} is not null)`] : []));
}

async function summed(
  engine: Engine,
  parquet: string,
  maps: readonly ResolvedMap[]
): Promise<{nRecords: number; nBad: number; totals: Record<string, string>}> {
  const amounts = maps.flatMap((map, index) =>
    map.columns
      .filter(({type, column}) => type === "money" && column.spec.column !== undefined)
      .map(({name, column}) => ({
        target: `${map.table}.${name}`,
        sql: `coalesce(sum(${column.landing}) filter (m${index} and not _bad), 0)::varchar`
      }))
  );
  const sums = amounts.map(({sql}, index) => `, ${sql} as t${index}`).join("");
  const [row] = await engine.rows<Record<string, number | string>>(
    `select count(*)::double as n, count(*) filter (_bad)::double as n_bad${sums} from read_parquet(${literal(parquet)})`
  );
  const totals = Object.fromEntries(amounts.map(({target}, index) => [target, String(row![`t${index}`])]));
  return {nRecords: Number(row!["n"]), nBad: Number(row!["n_bad"]), totals};
}
