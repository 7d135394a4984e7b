/** A Parquet file as text: every column cast to text, so that its values are checked like those of any other file. */
import {closeSync, openSync, readSync} from "node:fs";
import type {Engine} from "../engine/engine.ts";
import {identifier, literal} from "../engine/sqlText.ts";
import type {FileFormat} from "../workspace/schema.ts";
import {BadFile} from "./badFile.ts";
import {MAX_BYTES} from "./openBytes.ts";
import type {TextSource} from "./textSource.ts";
import {ALL_TRAITS} from "./textTraits.ts";

/** @throws {BadFile} when it is not Parquet, is damaged, too large, or has columns of bytes. */
export async function readParquet(engine: Engine, path: string, format: FileFormat): Promise<TextSource> {
  if (magic(path) !== "PAR1")
    throw new BadFile({
      what: "the file is not Parquet",
      expected: "a file that starts with PAR1",
      fix: "export again, or declare format: {kind: ...} for what it is"
    });
  const file = `read_parquet(${literal(path)})`;
  const maxBytes = format.max_megabytes ? format.max_megabytes * 1e6 : MAX_BYTES;
  const {columns, nRecords, nBytes} = await described(engine, path, file);
  if (nBytes > maxBytes)
    throw new BadFile({
      what: "the file is too large",
      value: `${nBytes} bytes unpacked`,
      expected: `at most ${maxBytes} bytes, unpacked`,
      fix: "split the export, or declare format: {max_megabytes: ...} in workspace.yaml"
    });
  const binary = columns.find(({type}) => /BLOB|BIT/.test(type));
  if (binary)
    throw new BadFile({
      what: "a column of bytes",
      field: binary.name,
      value: binary.type,
      expected: "text, numbers, dates",
      fix: "export it as text, or leave it out"
    });
  const cells = columns.map(({name}, index) => `nullif(${identifier(name)}::varchar, '') as h${index}`);
  return {
    sql: `(select ${cells.join(", ")} from ${file})`,
    header: columns.map(({name}) => name),
    nHeader: 0,
    nRecords,
    traits: columns.map(() => ALL_TRAITS),
    lineOf: (record) => record
  };
}

async function described(
  engine: Engine,
  path: string,
  file: string
): Promise<{columns: {name: string; type: string}[]; nRecords: number; nBytes: number}> {
  try {
    const columns = await engine.rows<{name: string; type: string}>(
      `select column_name as name, column_type as type from (describe from ${file})`
    );
    const [size] = await engine.rows<{n: number; bytes: number}>(
      `select (select count(*) from ${file})::double as n,
        (select coalesce(sum(total_uncompressed_size), 0) from parquet_metadata(${literal(path)}))::double as bytes`
    );
    return {columns, nRecords: size!.n, nBytes: size!.bytes};
  } catch (error) {
    throw new BadFile({
      what: "the Parquet file is damaged",
      value: (error as Error).message.split("\n")[0]!,
      expected: "a whole Parquet file",
      fix: "export or download it again"
    });
  }
}

function magic(path: string): string {
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(4);
    readSync(file, head, 0, 4, 0);
    return head.toString("latin1");
  } finally {
    closeSync(file);
  }
}
