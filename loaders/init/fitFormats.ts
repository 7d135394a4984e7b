/**
 * The formats that a file's dates, times and numbers need declared. A format is taken when it reads every cell of the
 * column, or all but few; where another gives the same cells other values (03/04/2024), that is a question for a person.
 */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {ANY_SIGN, currencyOfSign, SHARED_SIGNS, signOf} from "../sources/amountSigns.ts";
import type {LandingColumn} from "../sources/landingColumns.ts";
import {ALL_TRAITS} from "../sources/textTraits.ts";
import {typedColumn} from "../sources/typedColumn.ts";
import {EPOCH_MS, LOCAL_DAY} from "../sources/typedTimes.ts";
import {type CanonicalTableName, type ColumnType, canonicalTable} from "../workspace/canonicalTables.ts";
import type {ColumnSpec, FileFormat, Workspace} from "../workspace/schema.ts";

export type FormatKind = "date" | "timestamp" | "number";

export interface ColumnFormat {
  column: LandingColumn;
  kind: FormatKind;
  /** What to declare; empty when the cells have the usual form, undefined when no format reads nearly all. */
  format: FileFormat | undefined;
  /** Others that fit too, to different values: a question for a person. */
  doubtful: FileFormat[];
  /** How they fit, where it is not every value. */
  fit?: "fit nearly every value";
  /** Of amounts, where a row can say its currency: those that signs and codes name, the commonest first. */
  currencies?: string[];
  /** Signs that several currencies have, and how many amounts carry each. */
  shared?: {sign: string; n: number}[];
}

const DAYS = [
  "%Y-%m-%d",
  "%d.%m.%Y",
  "%d/%m/%Y",
  "%m/%d/%Y",
  "%d-%m-%Y",
  "%m-%d-%Y",
  "%Y/%m/%d",
  "%d/%m/%y",
  "%m/%d/%y",
  "%d.%m.%y",
  "%d %b %Y",
  "%b %d, %Y"
];
/** How a time is written behind its day, and what the end of such a cell looks like. */
const CLOCKS: Readonly<Record<string, string>> = {
  " %H:%M": "[^,] \\d{1,2}:\\d{1,2}$",
  " %H:%M:%S": "[^,] \\d{1,2}:\\d{1,2}:\\d{1,2}$",
  " %I:%M %p": "[^,] \\d{1,2}:\\d{1,2} [AaPp][Mm]$",
  ", %I:%M %p": ", \\d{1,2}:\\d{1,2} [AaPp][Mm]$",
  " %I:%M:%S %p": "[^,] \\d{1,2}:\\d{1,2}:\\d{1,2} [AaPp][Mm]$",
  ", %H:%M": ", \\d{1,2}:\\d{1,2}$",
  " %H:%M:%S.%f": " \\d{1,2}:\\d{1,2}:\\d{1,2}\\.\\d+$",
  "T%H:%M:%S": "T\\d{1,2}:\\d{1,2}:\\d{1,2}$"
};
const NUMBERS: readonly FileFormat[] = [
  {thousands: ","},
  {decimal: ",", thousands: "."},
  {decimal: ","},
  {decimal: ",", thousands: " "},
  {thousands: "'"}
];
/** Distinct cells that a format is first tried on. */
const SAMPLE = 200;
/** Share of a column's filled cells that may be faults. */
export const FEW = 0.05;
/** Of the sample's, among which a fault that stands in few cells is a larger share. */
const HALF = 0.5;

/** What kind of format a column's cells have; undefined for those that have none. */
function formatKind({type, spec: {read_as}}: Pick<LandingColumn, "type" | "spec">): FormatKind | undefined {
  const read: ColumnType = read_as ?? type;
  if (read === "date" || read === "timestamp") return read;
  return read === "money" || read === "number" || read === "integer" ? "number" : undefined;
}

/** @param columns those whose cells are to be read, with at least one filled cell each; @param from SQL of the file. */
export async function fitFormats(
  engine: Engine,
  columns: readonly LandingColumn[],
  from: string,
  file: FileFormat,
  config: Workspace
): Promise<ColumnFormat[]> {
  const fitted: ColumnFormat[] = [];
  for (const column of columns) {
    const kind = formatKind(column);
    if (kind === undefined) continue;
    const read: Reading = {column, from, file, config};
    const [usual] = await meanings(engine, read, [{}]);
    if (usual !== undefined) fitted.push({column, kind, format: {}, doubtful: []});
    else if (kind !== "number")
      fitted.push({
        column,
        kind,
        ...(await onlyReading(engine, read, await timeFormats(engine, read, kind)))
      });
    else {
      const signs = await currencySigns(engine, column, from);
      const shared = signs.filter(({sign}) => SHARED_SIGNS[sign]);
      const sign = signs.length > 1 && mayDiffer(column) ? ANY_SIGN : signs[0]?.sign;
      const bare = NUMBERS;
      // What a shared sign means is asked; that amounts with one have the form of the others need not be.
      const meant = Object.fromEntries(shared.map(({sign: each}) => [each, SHARED_SIGNS[each]![0]!]));
      const tried = sign === ANY_SIGN && shared.length > 0 ? {signs: meant} : {};
      const formats = sign
        ? [{}, ...bare].map((format) => ({currency_sign: sign, ...tried, ...format}))
        : bare;
      const currencies = signs.flatMap(
        ({sign: each}) => currencyOfSign(each, config.base_currency, sign) ?? []
      );
      const reading = await onlyReading(engine, read, formats);
      fitted.push({
        column,
        kind,
        ...reading,
        ...(reading.format ? {format: withoutSigns(reading.format)} : {}),
        ...(shared.length > 0 ? {shared} : {}),
        ...(hasCurrency(column) ? {currencies: [...new Set(currencies)]} : {})
      });
    }
  }
  return fitted.map((each) => settled(each, fitted));
}

/** Whether amounts may be in several currencies: their row can say which, or they are a log's and in their deal's. */
export function mayDiffer(column: LandingColumn): boolean {
  return column.spec.read_as === "money" || hasCurrency(column);
}

/** Whether a row of the column's table can say the currency of its amounts. */
export function hasCurrency({target}: LandingColumn): boolean {
  return "currency" in canonicalTable(target.split(".")[0] as CanonicalTableName).columns;
}

function withoutSigns({signs: _, ...format}: FileFormat): FileFormat {
  return format;
}

/** Signs and codes of currencies in a column of amounts, the commonest first. */
async function currencySigns(
  engine: Engine,
  {cell}: LandingColumn,
  from: string
): Promise<{sign: string; n: number}[]> {
  const signs = await engine.rows<{sign: string; n: number}>(
    `select ${signOf(cell)} as sign, count(*)::integer as n from ${from} where ${cell} <> '' group by 1 order by 2 desc, 1`
  );
  return signs.filter(({sign}) => currencyOfSign(sign) ?? SHARED_SIGNS[sign]);
}

interface Reading {
  column: LandingColumn;
  from: string;
  file: FileFormat;
  config: Workspace;
}

/**
 * Formats that give every cell the same value are one; of them the first is taken. Where none reads every cell, the one that
 * reads the most is taken if it leaves out few: those cells are then the fault, not the format.
 */
async function onlyReading(
  engine: Engine,
  reading: Reading,
  formats: readonly FileFormat[]
): Promise<Pick<ColumnFormat, "format" | "doubtful" | "fit">> {
  const {taken: _, ...few} = {...reading.column, cell: "cell"};
  const tried = await meanings(engine, {...reading, column: few, from: sampleOf(reading)}, formats, HALF);
  const likely = formats.filter((_, i) => tried[i] !== undefined);
  const found = await meanings(engine, reading, likely, FEW);
  const fewestFirst = found
    .flatMap((meaning, i) => (meaning ? [{...meaning, format: likely[i]!}] : []))
    .sort((a, b) => a.nBad - b.nBad);
  const fitsAll = fewestFirst[0]?.nBad === 0;
  const readings = new Map<string, FileFormat>();
  for (const {values, format, nBad} of fewestFirst)
    if ((!fitsAll || nBad === 0) && !readings.has(values)) readings.set(values, format);
  const [format, ...doubtful] = readings.values();
  if (format) return {format, doubtful, ...(fitsAll ? {} : {fit: "fit nearly every value"})};
  return {format: undefined, doubtful: []};
}

/** SQL of the distinct cells, as `cell`, that have not the usual form. */
function sampleOf({column, from}: Reading): string {
  return `(select distinct cell from (select ${column.cell} as cell from ${from}
    where ${column.sql.bad ?? "true"} limit 20000) limit ${SAMPLE})`;
}

/**
 * The formats that a column's times could have: days alone, or with the clock that stands behind most of them. Each format
 * costs the planning of its query, so that those are not tried whose clock the cells do not have.
 */
async function timeFormats(
  engine: Engine,
  reading: Reading,
  kind: "date" | "timestamp"
): Promise<FileFormat[]> {
  const clocks = Object.entries(CLOCKS);
  const shares = clocks.map(
    ([, end], i) => `avg(regexp_matches(trim(cell), ${literal(end)})::integer)::double as s${i}`
  );
  const [row] = await engine.rows<Record<string, number | null>>(
    `select ${shares.join(", ")} from ${sampleOf(reading)}`
  );
  const told = clocks.flatMap(([clock], i) => ((row![`s${i}`] ?? 0) >= HALF ? [clock] : []));
  const ends = told.length > 0 ? told : [""];
  if (kind === "timestamp")
    return [EPOCH_MS, ...DAYS.flatMap((day) => ends.map((end) => day + end))].map((timestamp) => ({
      timestamp
    }));
  // A sheet or a CRM's report may write a clock beside the day: the day is what is written.
  return [LOCAL_DAY, EPOCH_MS, ...ends.flatMap((end) => DAYS.map((day) => day + end))].map((date) => ({
    date
  }));
}

interface Meaning {
  /** A number that tells the values a format gives all cells from those another gives. */
  values: string;
  /** Cells that it cannot read. */
  nBad: number;
}

/**
 * What each format makes of the cells; undefined when it cannot read more than the share `most` of them. A cell counts
 * only in records that one of its maps takes.
 */
async function meanings(
  engine: Engine,
  {column: {type, spec, cell, taken}, from, file, config}: Reading,
  formats: readonly FileFormat[],
  most = 0
): Promise<(Meaning | undefined)[]> {
  if (formats.length === 0) return [];
  const parts = formats.map((format, i) => {
    const {value, bad = "false"} = typedColumn(type, cell, withFormat(spec, format), {
      format: {...file, ...format},
      config,
      traits: ALL_TRAITS
    });
    const isBad = taken === undefined ? bad : `(${taken}) and ${bad}`;
    const isFilled = `${taken ?? "true"} and ${cell} <> ''`;
    return `(count(*) filter (where ${isBad}))::integer as n${i}, (count(*) filter (where ${isFilled}))::integer as f${i}, coalesce(sum(hash(${value})::hugeint) filter (where not (${isBad})), 0)::varchar as v${i}`;
  });
  const [row] = await engine.rows<Record<string, number | string>>(`select ${parts.join(", ")} from ${from}`);
  return formats.map((_, i) => {
    const nBad = Number(row![`n${i}`]);
    return nBad <= most * Number(row![`f${i}`]) ? {values: String(row![`v${i}`]), nBad} : undefined;
  });
}

/** A column's own declaration of its dates goes before the file's. */
function withFormat(spec: ColumnSpec, {date, timestamp}: FileFormat): ColumnSpec {
  return {...spec, ...(date ? {date} : {}), ...(timestamp ? {timestamp} : {})};
}

/** One export has one order of day and month: a column that leaves no doubt settles those that do. */
function settled(column: ColumnFormat, all: readonly ColumnFormat[]): ColumnFormat {
  if (column.format === undefined || column.doubtful.length === 0 || column.kind === "number") return column;
  const orders = new Set(
    all.flatMap(({format, doubtful}) => (format && doubtful.length === 0 ? (orderOf(format) ?? []) : []))
  );
  if (orders.size !== 1) return column;
  const left = [column.format, ...column.doubtful].filter((format) => orders.has(orderOf(format) ?? ""));
  return left.length === 1 ? {...column, format: left[0], doubtful: []} : column;
}

function orderOf({date, timestamp}: FileFormat): string | undefined {
  return /^%([dmY])[/.-]/.exec(date ?? timestamp ?? "")?.[1];
}

/** A format in words. */
export function said(format: FileFormat): string {
  return Object.entries(format)
    .map(([key, value]) => (key === "date" || key === "timestamp" ? String(value) : `${key} "${value}"`))
    .join(", ");
}
