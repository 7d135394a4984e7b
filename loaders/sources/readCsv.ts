/**
 * The only reader of CSV, and the only caller of read_csv: header by name, every cell as text, then typed by declared
 * formats. A record with a bad cell is rejected whole, with file, line, column, value and reason; nothing else is
 * lost: records = loaded + rejected.
 */
import type {Engine} from "../engine/engine.ts";
import {identifier, literal} from "../engine/sqlText.ts";
import {EXIT, WeirError} from "../weirError.ts";
import type {FileSpec, Workspace} from "../workspace/schema.ts";
import {type MappedFile, wantedHeaders} from "./mappedColumns.ts";
import {matchHeader} from "./matchHeader.ts";
import {type CsvScan, scanCsv} from "./scanCsv.ts";
import {type TypedColumn, typedColumn} from "./typedColumn.ts";

/** One bad cell. */
export interface Reject {
  file: string;
  line: number;
  column: string;
  value: string | null;
  reason: string;
}

export interface ReadCsvOptions {
  engine: Engine;
  /** Absolute path of a UTF-8 file, gzipped or not. */
  path: string;
  /** The file's name in messages and in the reject table. */
  label: string;
  spec: FileSpec;
  mapped: MappedFile;
  config: Workspace;
  /** The table to create: `_record` (1 = first after the header) and the mapped columns c0, c1, ... */
  into: string;
}

export interface ReadResult {
  nRecords: number;
  nLoaded: number;
  rejects: Reject[];
  /** Records refused: one record may have several bad cells. */
  nRejected: number;
}

/** Rejected cells kept per file; their number is always exact. */
const MAX_REJECTS = 10_000;

/**
 * Reads one file into a new table of typed columns.
 * @throws {WeirError} exit 3 when the file is not well-formed CSV, its header does not fit, or it has no records.
 */
export async function readCsv({
  engine,
  path,
  label,
  spec,
  mapped,
  config,
  into
}: ReadCsvOptions): Promise<ReadResult> {
  const delimiter = spec.format.delimiter ?? ",";
  const result = await scanCsv(path, {delimiter});
  if (!result.ok) refuse(label, [{...result.problem, file: label}]);
  const {scan} = result;
  const {positions, problems} = matchHeader(scan.header, wantedHeaders(mapped), spec.unused);
  if (problems.length > 0)
    refuse(
      label,
      problems.map((problem) => ({...problem, file: label}))
    );
  if (scan.nRecords === 0)
    refuse(label, [
      {
        what: "the file has a header but no records",
        file: label,
        expected: "at least one record",
        fix: "export again; if it is meant to be empty, take the file out of workspace.yaml"
      }
    ]);

  const text = readCsvCall(path, scan, delimiter);
  const typed = typedColumns(mapped, positions, config, spec);
  const bad = typed.flatMap(({sql}) => (sql.bad ? [sql.bad] : []));
  const anyBad = bad.length > 0 ? bad.join(" or ") : "false";
  const filters = filterColumns(mapped, positions);
  const selected = [...typed.map(({landing, sql}) => `${sql.value} as ${landing}`), ...filters];
  await engine.run(`create or replace table ${into} as
    select row_number() over () as _record, ${anyBad} as _bad, ${selected.join(",\n      ")}
    from ${text}`);
  const [count] = await engine.rows<{n: number; n_bad: number}>(
    `select count(*)::integer as n, count(*) filter (where _bad)::integer as n_bad from ${into}`
  );
  const {n, n_bad} = count!;
  if (n !== scan.nRecords)
    throw new Error(`${label}: the scan found ${scan.nRecords} records, the database ${n}`);
  const rejects = n_bad > 0 ? await findRejects(engine, text, label, typed, scan) : [];
  await engine.run(`delete from ${into} where _bad; alter table ${into} drop column _bad`);
  return {nRecords: n, nLoaded: n - n_bad, nRejected: n_bad, rejects};
}

interface LandingColumn {
  landing: string;
  target: string;
  header: string;
  cell: string;
  sql: TypedColumn;
}

function typedColumns(
  mapped: MappedFile,
  positions: Map<string, number>,
  config: Workspace,
  file: FileSpec
): LandingColumn[] {
  return mapped.columns.map(({landing, target, type, spec}) => {
    const position = spec.column === undefined ? undefined : positions.get(spec.column);
    const cell =
      position === undefined ? `cast(${literal(constantText(spec.value))} as varchar)` : `h${position}`;
    const sql = typedColumn(type, cell, spec, {format: spec.column === undefined ? {} : file.format, config});
    return {landing, target, header: spec.column ?? "(constant)", cell, sql};
  });
}

/** `rows_with` and `rows_where` look at the text, so their answers are taken here, one boolean column a map. */
function filterColumns(mapped: MappedFile, positions: Map<string, number>): string[] {
  return mapped.maps.map((map, index) => {
    const cell = (header: string) => `h${positions.get(header)}`;
    const terms = [
      ...map.rowsWith.map((header) => `${cell(header)} <> ''`),
      ...Object.entries(map.rowsWhere).map(
        ([header, values]) => `${cell(header)} in (${values.map((value) => literal(value)).join(", ")})`
      )
    ];
    return `${terms.length > 0 ? `coalesce(${terms.join(" and ")}, false)` : "true"} as m${index}`;
  });
}

function constantText(value: string | number | boolean | undefined): string | null {
  return value === undefined ? null : String(value);
}

function readCsvCall(path: string, scan: CsvScan, delimiter: string): string {
  const columns = scan.header.map((_, index) => `${identifier(`h${index}`)}: 'VARCHAR'`).join(", ");
  return `read_csv(${literal(path)}, auto_detect = false, header = true, columns = {${columns}},
      delim = ${literal(delimiter)}, quote = '"', escape = '"', nullstr = '', strict_mode = true,
      null_padding = false, max_line_size = 33554432)`;
}

/** Reads the file again for its bad cells: only files with rejects pay for it. */
async function findRejects(
  engine: Engine,
  text: string,
  label: string,
  typed: readonly LandingColumn[],
  scan: CsvScan
): Promise<Reject[]> {
  const parts = typed.flatMap(({sql, header, cell}) =>
    sql.bad
      ? [
          `select record, ${literal(header)} as "column", ${cell} as value, ${literal(sql.expected)} as expected
           from numbered where ${sql.bad}`
        ]
      : []
  );
  const rows = await engine.rows<{record: bigint; column: string; value: string | null; expected: string}>(
    `with numbered as materialized (select row_number() over () as record, * from ${text})
     select distinct * from (${parts.join(" union all ")}) order by record, "column" limit ${MAX_REJECTS}`
  );
  return rows.map(({record, column, value, expected}) => ({
    file: label,
    line: scan.lineOf(Number(record)),
    column,
    value,
    reason: `expected ${expected}`
  }));
}

function refuse(label: string, problems: ConstructorParameters<typeof WeirError>[1]["problems"] = []): never {
  throw new WeirError(`${label} cannot be read; nothing was changed`, {exitCode: EXIT.data, problems});
}
