/** What a file's columns need declared so that every cell can be read: formats of dates and numbers, or leaving one out. */
import type {Engine} from "../engine/engine.ts";
import {type LandingColumn, landingColumns} from "../sources/landingColumns.ts";
import {mappedColumns, wantedHeaders} from "../sources/mappedColumns.ts";
import {matchHeader} from "../sources/matchHeader.ts";
import {resolveFile} from "../sources/resolveFile.ts";
import {LOCAL_DAY} from "../sources/typedTimes.ts";
import {canonicalTable} from "../workspace/canonicalTables.ts";
import type {FileFormat, FileSpec, Workspace} from "../workspace/schema.ts";
import type {ChosenFile} from "./chooseFiles.ts";
import {quotaPeriod} from "./quotaPeriod.ts";

export interface FittedFile {
  spec: FileSpec;
  /** Said in the file's comments: a guess, a column left out, a question. */
  notes: string[];
  /** Columns of a canonical table that the file fills. */
  filled: {table: string; column: string}[];
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
  "%d %b %Y",
  "%b %d, %Y"
];
const CLOCKS = ["", " %H:%M", " %H:%M:%S", " %I:%M %p", ", %I:%M %p", " %H:%M:%S.%f"];
const NUMBERS: Pick<FileFormat, "decimal" | "thousands" | "currency_sign">[] = [
  {thousands: ","},
  {decimal: ",", thousands: "."},
  {decimal: ","},
  {currency_sign: "$", thousands: ","},
  {currency_sign: "€", thousands: "."}
];

/** Declares what the file needs. @param config the workspace as far as it is known: its stages and its zone. */
export async function fitColumns(engine: Engine, file: ChosenFile, config: Workspace): Promise<FittedFile> {
  const {system, object} = file.recognition;
  let spec: FileSpec = {
    path: file.file,
    source: system.id,
    object: object.id,
    format: file.format,
    optional: false,
    reject_limit: 0,
    bounds: {records_fall: 0.5, records_rise: 3, amount_fall: 0.5, amount_rise: 3},
    maps: []
  };
  const notes: string[] = [];
  const period = await quotaPeriod(engine, file);
  if (period) {
    spec = {...spec, columns: {ends_on: period.spec}};
    notes.push(period.note);
  }
  for (const [kind, types, formats] of [
    ["date", ["date"], [LOCAL_DAY, ...DAYS].map((date) => ({date}))],
    [
      "timestamp",
      ["timestamp"],
      DAYS.flatMap((day) => CLOCKS.map((clock) => ({timestamp: `${day}${clock}`})))
    ],
    ["number", ["money", "number", "integer"], NUMBERS]
  ] as const) {
    const bad = (await badCells(engine, file, spec, config)).filter(({column}) =>
      (types as readonly string[]).includes(column.type)
    );
    if (bad.length === 0) continue;
    const fits: FileFormat[] = [];
    for (const format of formats) {
      const tried = {...spec, format: {...spec.format, ...format}};
      const names = new Set(bad.map(({column}) => column.target));
      const left = (await badCells(engine, file, tried, config)).filter(({column}) =>
        names.has(column.target)
      );
      if (left.length === 0) fits.push(format);
    }
    // A time in ISO form leaves no doubt about its day.
    const [first, ...others] = fits.some(({date}) => date === LOCAL_DAY) ? fits.slice(0, 1) : fits;
    if (!first) continue;
    const said = Object.values(first).join(" ");
    if (others.length === 0) notes.push(`the only ${kind} format that fits every value: ${said}`);
    else
      notes.push(
        `QUESTION: ${said} and ${others.map((each) => Object.values(each).join(" ")).join(", ")} both fit every value; ${isDayFirst(first) ? "day first" : "the first"} is taken. Is that right?`
      );
    spec = {...spec, format: {...spec.format, ...first}};
  }
  const left = await badCells(engine, file, spec, config);
  const columns: NonNullable<FileSpec["columns"]> = {...spec.columns};
  for (const {column, n, example} of left) {
    const [table = "", name = ""] = column.target.split(".");
    if (canonicalTable(table as never).required.includes(name)) continue;
    columns[name] = null;
    notes.push(
      `${column.header} is left out: ${n} of its values are not ${column.sql.expected}, such as "${example}"`
    );
  }
  if (Object.keys(columns).length > 0) spec = {...spec, columns};
  return {spec, notes, filled: await filledColumns(engine, file, spec, config)};
}

function isDayFirst({date, timestamp}: FileFormat): boolean {
  return (date ?? timestamp ?? "").startsWith("%d");
}

interface BadColumn {
  column: LandingColumn;
  n: number;
  example: string;
}

/** The columns with cells that cannot be read as they are declared. */
async function badCells(
  engine: Engine,
  file: ChosenFile,
  spec: FileSpec,
  config: Workspace
): Promise<BadColumn[]> {
  const columns = landed(file, spec, config).filter(({sql}) => sql.bad !== undefined);
  if (columns.length === 0) return [];
  const [row] = await engine.rows<Record<string, number | string>>(
    `select ${columns
      .map(
        ({sql, cell}, i) =>
          `(count(*) filter (where ${sql.bad}))::integer as n${i}, any_value(${cell}) filter (where ${sql.bad}) as e${i}`
      )
      .join(", ")} from ${file.source!.sql}`
  );
  return columns.flatMap((column, i) =>
    Number(row![`n${i}`]) > 0 ? [{column, n: Number(row![`n${i}`]), example: String(row![`e${i}`])}] : []
  );
}

async function filledColumns(
  engine: Engine,
  file: ChosenFile,
  spec: FileSpec,
  config: Workspace
): Promise<FittedFile["filled"]> {
  const columns = landed(file, spec, config);
  const [row] = await engine.rows<Record<string, boolean>>(
    `select ${columns
      .map(({cell}, i) => `coalesce(bool_or(${cell} <> ''), false) as f${i}`)
      .join(", ")} from ${file.source!.sql}`
  );
  const filled = new Set(columns.filter((_, i) => row![`f${i}`]).map(({landing}) => landing));
  const whole = resolved(file, spec, config);
  const mapped = mappedColumns(whole, config);
  const {positions} = matchHeader(file.source!.header, wantedHeaders(mapped, whole), {});
  const hasRows = mapped.maps.filter(({rowsWith}) => rowsWith.every((header) => positions.has(header)));
  const found: FittedFile["filled"] = [];
  for (const {table, columns: all} of hasRows)
    for (const {name, column} of all.filter(({column}) => filled.has(column.landing))) {
      const {value, recode} = column.spec;
      if (table !== "deal_event" || name !== "field") found.push({table, column: name});
      else if (value !== undefined) found.push({table, column: String(value)});
      else {
        const {cell} = columns.find(({landing}) => landing === column.landing)!;
        const fields = await engine.rows<{field: string}>(
          `select distinct ${cell} as field from ${file.source!.sql}`
        );
        for (const {field} of fields) found.push({table, column: recode?.[field] ?? field});
      }
    }
  return found;
}

function landed(file: ChosenFile, spec: FileSpec, config: Workspace): LandingColumn[] {
  const whole = resolved(file, spec, config);
  const mapped = mappedColumns(whole, config);
  const {positions} = matchHeader(file.source!.header, wantedHeaders(mapped, whole), {});
  return landingColumns(mapped, positions, config, whole, file.source!).filter(
    ({spec: {column}}) => column === undefined || positions.has(column)
  );
}

function resolved({recognition}: ChosenFile, spec: FileSpec, config: Workspace): FileSpec {
  return resolveFile(spec, recognition.object, config);
}
