/** Which cells of the rejected records are bad, and why. Only a file with rejects pays for the second look. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import type {ColumnType} from "../workspace/canonicalTables.ts";
import type {FileSpec, Workspace} from "../workspace/schema.ts";
import {explainCell} from "./explainCell.ts";
import type {LandingColumn} from "./landingColumns.ts";
import type {MissingValue} from "./readTyped.ts";
import {MAX_REJECTS, type Reject} from "./reject.ts";
import type {TextSource} from "./textSource.ts";
import type {UntakenStatus} from "./untakenStatus.ts";

export interface RejectSearch {
  engine: Engine;
  label: string;
  source: TextSource;
  columns: readonly LandingColumn[];
  missing: readonly MissingValue[];
  untaken?: UntakenStatus | undefined;
  config: Workspace;
  spec: FileSpec;
  /** The typed copy, whose `_bad` rows are looked up in the text. */
  into: string;
}

interface BadCell {
  record: number;
  kind: number;
  value: string | null;
}

/** The bad cells of the first records rejected, in the order of the file. */
export async function findRejects(search: RejectSearch): Promise<Reject[]> {
  const {engine, label, source, into, config, spec} = search;
  const kinds = cellKinds(search);
  const parts = kinds.map(
    ({bad, cell}, kind) => `select record, ${kind} as kind, ${cell} as value from numbered where ${bad}`
  );
  const cells = await engine.rows<BadCell>(
    `with numbered as materialized (
       select * from (select row_number() over () as record, * from ${source.sql}) where record in (
         select file_row_number + 1 from read_parquet(${literal(into)}, file_row_number = true)
         where _bad limit ${MAX_REJECTS}
       )
     )
     select record::double as record, kind, value from (${parts.join(" union all ")})
     order by record, kind limit ${MAX_REJECTS}`
  );
  const stages = config.pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => stage.id));
  const told = new Set<string>();
  return cells.flatMap(({record, kind, value}) => {
    const {header, type, expected, fix: own} = kinds[kind]!;
    // Two maps may read one column: its bad cell is told once.
    const key = `${record} ${header}`;
    if (told.has(key)) return [];
    told.add(key);
    const {what, fix} = explainCell(type, value, stages, spec.format);
    const reason = `${what ? `${what}; ` : ""}expected ${expected}`;
    return [{file: label, line: source.lineOf(record), column: header, value, reason, fix: own ?? fix}];
  });
}

interface CellKind {
  /** SQL of a boolean. */
  bad: string;
  header: string;
  cell: string;
  type: ColumnType;
  expected: string;
  /** What to do, where the text does not tell. */
  fix?: string;
}

function cellKinds({columns, missing, untaken, source}: RejectSearch): CellKind[] {
  const bad = columns.flatMap(({sql, header, cell, type}) =>
    sql.bad ? [{bad: sql.bad, header, cell, type, expected: sql.expected}] : []
  );
  const empty = missing.map(({bad, target, column: {header, cell, type}}) => ({
    bad,
    header,
    cell,
    type,
    expected: `a value: ${target} cannot be empty`
  }));
  const unnamed = source.header.flatMap((name, index) =>
    name.trim() === ""
      ? [
          {
            bad: `(h${index} is not null)`,
            header: `column ${index + 1}`,
            cell: `h${index}`,
            type: "text" as const,
            expected: "nothing: the column has no name and is declared empty"
          }
        ]
      : []
  );
  const statuses = untaken ? [{...untaken, type: "text" as const}] : [];
  return [...bad, ...empty, ...unnamed, ...statuses];
}
