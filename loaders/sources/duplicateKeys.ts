/** Rows of a canonical table that share a key: an error each, with the lines of both. */
import {rmSync} from "node:fs";
import {join} from "node:path";
import type {Engine} from "../engine/engine.ts";
import {identifier} from "../engine/sqlText.ts";
import type {Problem} from "../weirError.ts";
import {type CanonicalTableName, canonicalTable} from "../workspace/canonicalTables.ts";
import type {FileFormat} from "../workspace/schema.ts";
import {openText} from "./openText.ts";
import {sourceTable} from "./sourceTables.ts";

interface Duplicate {
  key: string;
  file: string;
  record: number;
  first_file: string;
  first_record: number;
}

const MAX_DUPLICATES = 1000;

export interface KnownFile {
  path: string | undefined;
  format: FileFormat;
}

/** `files` gives path and format by the name a row carries in source_file; `scratch` is a folder for plain copies. */
export async function duplicateKeys(
  engine: Engine,
  name: CanonicalTableName,
  files: ReadonlyMap<string, KnownFile>,
  scratch: string
): Promise<Problem[]> {
  const {key} = canonicalTable(name);
  if (key.length === 0) return [];
  const columns = key.map(identifier).join(", ");
  // Most tables have none, and to say so takes the keys alone.
  const [doubled] = await engine.rows(
    `select 1 from ${sourceTable(name)} group by ${columns} having count(*) > 1 limit 1`
  );
  if (!doubled) return [];
  const duplicates = await engine.rows<Duplicate>(`
    select concat_ws(', ', ${key.map((column) => `coalesce(${identifier(column)}::varchar, '')`).join(", ")}) as key,
      source_file as file, source_record::integer as record, first_file, first_record::integer as first_record
    from (
      select *, row_number() over same as nth,
        first_value(source_file) over same as first_file, first_value(source_record) over same as first_record
      from ${sourceTable(name)}
      window same as (partition by ${columns} order by source_file, source_record)
    ) where nth > 1 order by 2, 3 limit ${MAX_DUPLICATES}`);
  const lineOf = lineFinder(engine, files, scratch);
  const problems: Problem[] = [];
  for (const duplicate of duplicates)
    problems.push({
      what: `the ${name} occurs twice; the first is at ${duplicate.first_file}:${await lineOf(duplicate.first_file, duplicate.first_record)}`,
      file: duplicate.file,
      line: await lineOf(duplicate.file, duplicate.record),
      field: key.join(", "),
      value: duplicate.key,
      expected: `each ${key.join(", ")} once`,
      fix:
        duplicate.file === duplicate.first_file
          ? "remove one of them from the export"
          : "list under files in workspace.yaml only the newer of two exports of the same rows; else remove one of them"
    });
  return problems;
}

/** Lines are only known to a scan of the file, so each file named in an error is scanned once. */
function lineFinder(engine: Engine, files: ReadonlyMap<string, KnownFile>, scratch: string) {
  const lines = new Map<string, Promise<(record: number) => number>>();
  const find = async (file: string): Promise<(record: number) => number> => {
    const {path, format} = files.get(file) ?? {};
    if (!path || !format) return (record) => record;
    const copy = join(scratch, `lines.${process.pid}.utf8.csv.tmp`);
    try {
      return (await openText(engine, path, format, copy)).lineOf;
    } finally {
      rmSync(copy, {force: true});
    }
  };
  return async (file: string, record: number): Promise<number> => {
    if (!lines.has(file)) lines.set(file, find(file));
    return (await lines.get(file)!)(record);
  };
}
