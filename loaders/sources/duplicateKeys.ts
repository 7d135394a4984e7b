/** Rows of a canonical table that share a key: an error each, with the lines of both. */
import type {Engine} from "../engine/engine.ts";
import {identifier} from "../engine/sqlText.ts";
import type {Problem} from "../weirError.ts";
import {type CanonicalTableName, canonicalTable} from "../workspace/canonicalTables.ts";
import {scanCsv} from "./scanCsv.ts";
import {sourceTable} from "./sourceTables.ts";

interface Duplicate {
  key: string;
  file: string;
  record: number;
  first_file: string;
  first_record: number;
}

const MAX_DUPLICATES = 1000;

/** `files` gives path and delimiter by the name a row carries in source_file. */
export async function duplicateKeys(
  engine: Engine,
  name: CanonicalTableName,
  files: ReadonlyMap<string, {path?: string; delimiter: string}>
): Promise<Problem[]> {
  const {key} = canonicalTable(name);
  if (key.length === 0) return [];
  const columns = key.map(identifier).join(", ");
  const duplicates = await engine.rows<Duplicate>(`
    select concat_ws(', ', ${key.map((column) => `coalesce(${identifier(column)}::varchar, '')`).join(", ")}) as key,
      source_file as file, source_record::integer as record, first_file, first_record::integer as first_record
    from (
      select *, row_number() over same as nth,
        first_value(source_file) over same as first_file, first_value(source_record) over same as first_record
      from ${sourceTable(name)}
      window same as (partition by ${columns} order by source_file, source_record)
    ) where nth > 1 order by 2, 3 limit ${MAX_DUPLICATES}`);
  const lineOf = lineFinder(files);
  return Promise.all(
    duplicates.map(async (duplicate) => ({
      what: `the ${name} occurs twice; the first is at ${duplicate.first_file}:${await lineOf(duplicate.first_file, duplicate.first_record)}`,
      file: duplicate.file,
      line: await lineOf(duplicate.file, duplicate.record),
      field: key.join(", "),
      value: duplicate.key,
      expected: `each ${key.join(", ")} once`,
      fix: "remove one of them from the export"
    }))
  );
}

/** Lines are only known to a scan of the file, so each file named in an error is scanned once. */
function lineFinder(files: ReadonlyMap<string, {path?: string; delimiter: string}>) {
  const scans = new Map<string, ReturnType<typeof scanCsv>>();
  return async (file: string, record: number): Promise<number> => {
    const {path, delimiter} = files.get(file) ?? {};
    if (!path) return record;
    if (!scans.has(file)) scans.set(file, scanCsv(path, {delimiter}));
    const result = await scans.get(file)!;
    return result.ok ? result.scan.lineOf(record) : record + 1;
  };
}
