/** Ids that lost their leading zeros in some rows but kept them in others: seen by their lengths. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import type {Problem} from "../weirError.ts";
import {type CanonicalTableName, canonicalTable} from "../workspace/canonicalTables.ts";
import type {MappedFile} from "./mappedColumns.ts";
import type {TextSource} from "./textSource.ts";

/** Shorter codes such as 007 and 8 are left alone. */
const MIN_LENGTH = 4;

interface Mixed {
  record: number;
  value: string;
  padded: number;
}

/**
 * Looks at the key columns of ids only. When every id with a leading zero has one length, an all-digit id that is
 * shorter has lost its zeros. Columns with a declared `length` are checked by that.
 */
export async function droppedZeros(
  engine: Engine,
  parquet: string,
  {maps}: MappedFile,
  source: TextSource
): Promise<Omit<Problem, "file">[]> {
  const keys = new Map(
    maps.flatMap((map) =>
      map.columns
        .filter(({name, type}) => type === "id" && isKey(map.table as CanonicalTableName, name))
        .filter(({column: {spec}}) => spec.column !== undefined && spec.length === undefined)
        .map(({column}) => [column.landing, column.spec.column!] as const)
    )
  );
  const problems: Omit<Problem, "file">[] = [];
  for (const [landing, field] of keys) {
    const [mixed] = await engine.rows<Mixed>(`
      with digits as (
        select ${landing} as id, file_row_number + 1 as record, length(${landing}) as n, starts_with(${landing}, '0') as is_padded
        from read_parquet(${literal(parquet)}, file_row_number = true)
        where not _bad and regexp_full_match(${landing}, '\\d+')
      ),
      padded as (select max(n) as n, min(n) as least, count(*) as n_ids from digits where is_padded)
      select record::double as record, id as value, padded.n::double as padded
      from digits, padded
      where padded.n_ids > 0 and padded.n = padded.least and padded.n >= ${MIN_LENGTH} and not is_padded and digits.n < padded.n
      order by record limit 1`);
    if (mixed)
      problems.push({
        what: "an id that seems to have lost its leading zeros",
        line: source.lineOf(mixed.record),
        field,
        value: mixed.value,
        expected: `${mixed.padded} digits, as the ids with leading zeros have`,
        fix: "export again and do not save the file from a spreadsheet; if both lengths are right, declare length: [...] on the column"
      });
  }
  return problems;
}

function isKey(table: CanonicalTableName, column: string): boolean {
  const {key} = canonicalTable(table);
  return key.length === 1 && key[0] === column;
}
