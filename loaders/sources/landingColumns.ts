/** The columns of a file's typed copy, and which of its records each map takes. */
import {literal} from "../engine/sqlText.ts";
import type {FileSpec, Workspace} from "../workspace/schema.ts";
import {signedCurrency} from "./amountSigns.ts";
import type {MappedColumn, MappedFile, ResolvedMap} from "./mappedColumns.ts";
import type {TextSource} from "./textSource.ts";
import {ALL_TRAITS} from "./textTraits.ts";
import {typedColumn} from "./typedColumn.ts";
import {presentText, type TypedColumn} from "./typedText.ts";

/** A landing column with the SQL that fills it. */
export interface LandingColumn extends MappedColumn {
  header: string;
  /** SQL of its raw text. */
  cell: string;
  sql: TypedColumn;
  /** SQL of the records that its maps take; undefined when they take all. */
  taken?: string;
}

/**
 * Where each column's text is, and the SQL that types it. A cell is only bad in records that one of its maps takes: in a
 * change log the same column holds dates in one record and amounts in the next.
 */
export function landingColumns(
  mapped: MappedFile,
  positions: ReadonlyMap<string, number>,
  config: Workspace,
  file: FileSpec,
  source: TextSource
): LandingColumn[] {
  return mapped.columns.map((column) => {
    const landed = landingColumn(column, positions, config, file, source);
    const filters = mapped.maps
      .filter((map) => map.columns.some((each) => each.column === column))
      .map((map) => mapFilter(map, positions));
    if (filters.includes("true")) return landed;
    const taken = `(${filters.join(" or ")})`;
    if (landed.sql.bad === undefined) return {...landed, taken};
    return {...landed, taken, sql: {...landed.sql, bad: `(${taken} and ${landed.sql.bad})`}};
  });
}

function landingColumn(
  column: MappedColumn,
  positions: ReadonlyMap<string, number>,
  config: Workspace,
  file: FileSpec,
  source: TextSource
): LandingColumn {
  const {spec, type} = column;
  const position = spec.column === undefined ? undefined : positions.get(spec.column);
  const constant = spec.value === undefined ? null : String(spec.value);
  const second = spec.and === undefined ? undefined : positions.get(spec.and);
  const first = position === undefined ? `cast(${literal(constant)} as varchar)` : `h${position}`;
  const joined =
    second === undefined
      ? first
      : `trim(concat_ws(' ', nullif(trim(${first}), ''), nullif(trim(h${second}), '')))`;
  const cell =
    spec.if_empty === undefined ? joined : `coalesce(nullif(trim(${joined}), ''), ${literal(spec.if_empty)})`;
  const format = spec.column === undefined ? {} : file.format;
  const traits = position === undefined || cell !== first ? ALL_TRAITS : source.traits[position]!;
  const sql = typedColumn(type, cell, spec, {format, config, traits});
  const header = spec.column ?? "(constant)";
  if (column.amounts === undefined) return {...column, header, cell, sql};
  const amounts = column.amounts.map((amount) => landingColumn(amount, positions, config, file, source));
  const signed = amounts.map(
    (amount) =>
      presentText(amount.cell, amount.spec, {format: file.format, config, traits: ALL_TRAITS}).trimmed
  );
  return {
    ...column,
    header: [...(position === undefined ? [] : [header]), ...amounts.map((each) => each.header)].join(", "),
    cell: `concat_ws(' ', ${[cell, ...signed].join(", ")})`,
    sql: signedCurrency(sql, signed, config.base_currency, file.format.currency_sign ?? "", file.format.signs)
  };
}

/** The filters of a map look at the text, so their answers are taken here, one boolean column a map. */
export function mapFilter(
  {rowsWith, rowsWhere, rowsStarting, rowsUnless}: ResolvedMap,
  positions: ReadonlyMap<string, number>
): string {
  const cell = (header: string) => (positions.has(header) ? `h${positions.get(header)}` : "''");
  const among = (header: string, values: readonly string[]) =>
    values.length === 0
      ? "false"
      : `${cell(header)} in (${values.map((value) => literal(value)).join(", ")})`;
  const terms = [
    ...rowsWith.map((header) => `${cell(header)} <> ''`),
    ...Object.entries(rowsWhere).map(([header, values]) => among(header, values)),
    ...Object.entries(rowsStarting).map(
      ([header, starts]) =>
        `(${starts.map((start) => `starts_with(${cell(header)}, ${literal(start)})`).join(" or ")})`
    ),
    ...Object.entries(rowsUnless)
      .filter(([header]) => positions.has(header))
      .map(([header, values]) => `not coalesce(${among(header, values)}, false)`)
  ];
  return terms.length > 0 ? `coalesce(${terms.join(" and ")}, false)` : "true";
}
