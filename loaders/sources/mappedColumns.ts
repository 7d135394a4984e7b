/** What a file's maps ask of its columns: each wanted (header, type, declarations) once, shared by the maps. */
import {type CanonicalTableName, type ColumnType, canonicalTable} from "../workspace/canonicalTables.ts";
import type {ColumnSpec, FileMap, FileSpec, Workspace} from "../workspace/schema.ts";
import {ANY_SIGN, currencyOfSign} from "./amountSigns.ts";

/** One typed column of a landing table. */
export interface MappedColumn {
  /** Its name in the landing table: c0, c1, ... */
  landing: string;
  /** `table.column`, for messages. */
  target: string;
  type: ColumnType;
  spec: ColumnSpec;
  /** Of a currency: the amounts of its map, whose signs say it too. */
  amounts?: readonly MappedColumn[];
}

/** A map with each canonical column resolved to a landing column or a constant. */
export interface ResolvedMap {
  table: CanonicalTableName;
  /** Canonical column (or x_<custom attribute>) to the landing column that holds it. */
  columns: {name: string; type: ColumnType; column: MappedColumn}[];
  distinct: boolean;
  rowsWith: string[];
  rowsWhere: Record<string, string[]>;
  rowsStarting: Record<string, string[]>;
  rowsUnless: Record<string, string[]>;
}

export interface MappedFile {
  columns: MappedColumn[];
  maps: ResolvedMap[];
}

/** The long form of a column mapping. */
export function columnSpec(spec: FileMap["columns"][string]): ColumnSpec {
  return typeof spec === "string" ? {column: spec} : spec;
}

/** Resolves all maps of a file. Custom attributes become columns named x_<name>. */
export function mappedColumns(file: FileSpec, config: Workspace): MappedFile {
  const columns: MappedColumn[] = [];
  const byContent = new Map<string, MappedColumn>();
  const {currency_sign: sign, signs} = file.format;
  const saysCurrency =
    sign !== undefined && (sign === ANY_SIGN || currencyOfSign(sign, "USD", sign, signs) !== undefined);
  const maps = file.maps.map((map) => {
    const table = map.table as CanonicalTableName;
    const mapped = ([name, given]: [string, FileMap["columns"][string]], amounts?: MappedColumn[]) => {
      const spec = columnSpec(given);
      const type = columnType(table, name, config);
      const content = JSON.stringify([type, spec, amounts?.map(({landing}) => landing)]);
      let column = byContent.get(content);
      if (!column) {
        column = {
          landing: `c${columns.length}`,
          target: `${table}.${name}`,
          type,
          spec,
          ...(amounts ? {amounts} : {})
        };
        byContent.set(content, column);
        columns.push(column);
      }
      return {name: name in canonicalTable(table).columns ? name : `x_${name}`, type, column};
    };
    const {currency, ...others} = map.columns;
    const rest = Object.entries(others).map((each) => mapped(each));
    // A custom attribute's money is not what the row is worth.
    const amounts = rest.flatMap(({name, type, column}) =>
      type === "money" && name in canonicalTable(table).columns && column.spec.column !== undefined
        ? [column]
        : []
    );
    const isSigned = saysCurrency && amounts.length > 0 && "currency" in canonicalTable(table).columns;
    const own = currency ?? (isSigned ? {} : undefined);
    return {
      table,
      columns:
        own === undefined ? rest : [...rest, mapped(["currency", own], isSigned ? amounts : undefined)],
      distinct: map.distinct,
      rowsWith: map.rows_with ?? [],
      rowsWhere: map.rows_where ?? {},
      rowsStarting: map.rows_starting ?? {},
      rowsUnless: map.rows_unless ?? {}
    };
  });
  return {columns, maps};
}

function columnType(table: CanonicalTableName, column: string, config: Workspace): ColumnType {
  const canonical = canonicalTable(table).columns[column];
  if (canonical) return canonical;
  const custom = config.custom_attributes.find((each) => each.table === table && each.name === column);
  if (!custom) throw new Error(`${table}.${column} is neither canonical nor a custom attribute`);
  return custom.type as ColumnType;
}

/** A header that is looked for in a file. */
export interface WantedHeader {
  header: string;
  aliases: string[];
  /** Names it may have instead, tried in order when neither it nor an alias is there. */
  fallbacks: string[];
  optional: boolean;
}

/** The headers that the maps need, with the names they may have and whether they may be missing. */
export function wantedHeaders(mapped: MappedFile, {headers = {}}: Pick<FileSpec, "headers">): WantedHeader[] {
  const wanted = new Map<string, WantedHeader>();
  const want = (header: string, aliases: string[], optional: boolean) => {
    const known = wanted.get(header);
    wanted.set(header, {
      header,
      aliases: [...new Set([...(known?.aliases ?? []), ...aliases])],
      fallbacks: headers[header] ?? [],
      optional: optional && (known?.optional ?? true)
    });
  };
  for (const {spec} of mapped.columns)
    for (const header of [spec.column, spec.and])
      if (header !== undefined)
        want(header, header === spec.column ? (spec.aliases ?? []) : [], spec.optional ?? false);
  for (const map of mapped.maps) {
    for (const header of [...Object.keys(map.rowsWhere), ...Object.keys(map.rowsStarting)])
      want(header, [], false);
    // Without the column no record has it filled: an optional one leaves the map without rows.
    for (const header of map.rowsWith) want(header, [], wanted.get(header)?.optional ?? false);
    for (const header of Object.keys(map.rowsUnless)) want(header, [], true);
  }
  return [...wanted.values()];
}
