/** What a file's columns need declared so that every cell can be read: formats of dates and numbers, or leaving one out. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {ANY_SIGN, SHARED_SIGNS, signIn} from "../sources/amountSigns.ts";
import {type LandingColumn, landingColumns} from "../sources/landingColumns.ts";
import {columnSpec, mappedColumns, wantedHeaders} from "../sources/mappedColumns.ts";
import {matchHeader} from "../sources/matchHeader.ts";
import {resolveFile} from "../sources/resolveFile.ts";
import {LOCAL_DAY} from "../sources/typedTimes.ts";
import {canonicalTable} from "../workspace/canonicalTables.ts";
import type {ColumnSpec, FileFormat, FileSpec, Workspace} from "../workspace/schema.ts";
import type {ChosenFile} from "./chooseFiles.ts";
import {
  type ColumnFormat,
  FEW,
  type FormatKind,
  fitFormats,
  hasCurrency,
  mayDiffer,
  said
} from "./fitFormats.ts";
import {quotaPeriod} from "./quotaPeriod.ts";

export interface FittedFile {
  spec: FileSpec;
  /** Said in the file's comments: a guess, a column left out, a question. */
  notes: string[];
  /** Columns of a canonical table that the file fills. */
  filled: {table: string; column: string}[];
  /** Where no column says currencies, those that signs and codes of its amounts name, the commonest first. */
  currencies: string[];
}

const KINDS = ["date", "timestamp", "number"] as const;

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
  const filled = await filledColumns(engine, file, spec, config);
  const formats = await fitFormats(engine, filled, file.source!.sql, spec.format, config);
  for (const kind of KINDS) {
    const declared = declare(
      spec,
      kind,
      formats.filter((each) => each.kind === kind),
      amendable(file, spec, config)
    );
    spec = declared.spec;
    notes.push(...declared.notes);
  }
  const hasColumn = filled.some(({target}) => target.endsWith(".currency"));
  const currencies = hasColumn ? [] : [...new Set(formats.flatMap((each) => each.currencies ?? []))];
  notes.push(...sharedSigns(formats, spec.format));
  if (currencies.length > 1)
    notes.push(
      `QUESTION: amounts are in ${currencies.join(", ")}, as their cells say: each row is in the currency of its amounts, and $ is the base currency if that is a dollar, else USD. Is that right?`
    );
  if (await writesUtc(engine, file, filled)) {
    spec = {...spec, format: {...spec.format, time_zone: "UTC"}};
    notes.push("times without an offset are UTC, as interfaces and warehouse copies write them");
  }
  // Amounts whose sign is asked about are not left out: the build stops at them until it is said.
  const asked =
    spec.format.currency_sign === ANY_SIGN
      ? formats.flatMap(({shared = [], column}) => (shared.length > 0 ? [column.header] : []))
      : [];
  const left = await leaveOut(engine, file, spec, config, asked);
  return {
    spec: left.spec,
    notes: [...notes, ...left.notes],
    filled: await filledTables(engine, file, left.spec, config),
    currencies
  };
}

/** Asks what signs mean that several currencies have: under `any` nothing is built until it is said, alone one is the base currency's. */
function sharedSigns(formats: readonly ColumnFormat[], {currency_sign}: FileFormat): string[] {
  const counts = new Map<string, number>();
  for (const {shared = []} of formats)
    for (const {sign, n} of shared) counts.set(sign, (counts.get(sign) ?? 0) + n);
  if (counts.size === 0) return [];
  const each = [...counts].map(([sign, n]) => `${sign} (${n} amounts: ${SHARED_SIGNS[sign]!.join(", ")})`);
  const meant = [...counts.keys()].map((sign) => `${JSON.stringify(sign)}: ${SHARED_SIGNS[sign]![0]}`);
  const until =
    currency_sign === ANY_SIGN
      ? "until then the build stops at them"
      : "until then they are taken to be in base_currency, unless a column says another";
  return [
    `QUESTION: which currency is ${each.join(" and ")}? Write it into this file's format, such as signs: {${meant.join(", ")}}; ${until}`
  ];
}

const TIME_WITHOUT_OFFSET = "\\d{4}-\\d{2}-\\d{2}[ T]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?";

/** Reports, whose headers are words for people, are in their reader's zone; what programs export is in UTC. */
async function writesUtc(
  engine: Engine,
  {recognition, source}: ChosenFile,
  columns: readonly LandingColumn[]
): Promise<boolean> {
  const times = columns.filter(
    ({type, spec}) => type === "timestamp" || spec.date === LOCAL_DAY || spec.read_as === "date"
  );
  if (times.length === 0 || recognition.found.some((header) => header.includes(" "))) return false;
  const terms = times.map(
    ({cell}) =>
      `regexp_full_match(trim(${cell}), ${literal(TIME_WITHOUT_OFFSET)}) and right(trim(${cell}), 8) <> '00:00:00'`
  );
  const [row] = await engine.rows<{has: boolean | null}>(
    `select bool_or(${terms.map((term) => `(${term})`).join(" or ")}) as has from ${source!.sql}`
  );
  return row!.has === true;
}

/** One format for the file where all its columns of a kind have it, else one for each column that needs it. */
function declare(
  spec: FileSpec,
  kind: FormatKind,
  formats: readonly ColumnFormat[],
  maps: FileSpec["maps"]
): {spec: FileSpec; notes: string[]} {
  const notes = [...new Set(formats.flatMap(doubt))];
  const needed = formats.filter(({format}) => format !== undefined && Object.keys(format).length > 0);
  if (needed.length === 0) return {spec, notes};
  const distinct = new Map(needed.map(({format}) => [said(format!), format!]));
  const hasOwn = needed.some(({column: {spec}}) => (spec.date ?? spec.timestamp ?? LOCAL_DAY) !== LOCAL_DAY);
  const [only] = distinct.size === 1 && needed.length === formats.length && !hasOwn ? distinct.values() : [];
  if (only || kind === "number") {
    const signs = new Set(needed.flatMap(({format}) => format!.currency_sign ?? []));
    const format: FileFormat = only ?? Object.assign({}, ...distinct.values());
    if (signs.size > 1 && needed.every(({column}) => mayDiffer(column))) format.currency_sign = ANY_SIGN;
    if (notes.length === 0) notes.push(`the only ${kind} format that fits: ${said(format)}`);
    return {spec: {...spec, format: {...spec.format, ...format}}, notes};
  }
  const columns: NonNullable<FileSpec["columns"]> = {...spec.columns};
  let format: FileFormat = spec.format;
  for (const {column, format: fits, doubtful} of needed) {
    const name = column.target.split(".")[1]!;
    const own = ownSpec(maps, column);
    const declared = columns[name] ? columnSpec(columns[name]) : undefined;
    // One column of several headers is declared for the first of them; the file's format is for the others.
    if (own && (declared === undefined || declared.column === own.column))
      columns[name] = {...(declared ?? own), ...fits};
    else format = {...format, ...fits};
    if (doubtful.length === 0)
      notes.push(`${column.header}: the only ${kind} format that fits is ${said(fits!)}`);
  }
  return {spec: {...spec, format, ...(Object.keys(columns).length > 0 ? {columns} : {})}, notes};
}

function doubt({column, format, doubtful, fit}: ColumnFormat): string[] {
  if (format === undefined || doubtful.length === 0) return [];
  const taken = /^%d/.test(format.date ?? format.timestamp ?? "") ? "day first" : "the first";
  const all = [format, ...doubtful].map(said).join(" and ");
  const {thousands = ""} = format;
  const so = doubtful.some(({decimal}) => decimal === thousands) ? `: 1${thousands}500 is 1500, not 1.5` : "";
  return [
    `QUESTION: ${all} ${fit ?? "fit every value"} of ${column.header}; ${taken} is taken${so}. Is that right?`
  ];
}

/**
 * Few cells that nothing reads are declared to be empty, columns full of them are left out, so that the first build runs; what
 * a row needs is not.
 */
async function leaveOut(
  engine: Engine,
  file: ChosenFile,
  spec: FileSpec,
  config: Workspace,
  asked: readonly string[]
): Promise<{spec: FileSpec; notes: string[]}> {
  const columns: NonNullable<FileSpec["columns"]> = {...spec.columns};
  const notes: string[] = [];
  const maps = amendable(file, spec, config);
  for (const {column, n, nFilled, example} of await badCells(engine, file, spec, config)) {
    if (asked.includes(column.header)) continue;
    const [table = "", name = ""] = column.target.split(".");
    // What a row says of its currency is not guessed, and among others an amount in an unknown one is not read as nothing: the build stops.
    const own = column.amounts ? undefined : ownSpec(maps, column);
    const isNeeded = canonicalTable(table as never).required.includes(name);
    const short =
      SHORTENED.test(example) && column.type === "money" ? "; it is shortened; export it in full" : "";
    const what = `${n} of its ${nFilled} values are not ${column.sql.expected}, such as "${example}"${short}`;
    const values = own && !isNeeded && n <= FEW * nFilled ? await badValues(engine, file, column) : [];
    const isSigned = values.some((value) => column.type === "money" && signIn(value) !== undefined);
    if (isSigned && hasCurrency(column)) notes.push(cannotBeLeftOut(column, what));
    else if (values.length > 0) {
      const recode = Object.fromEntries(values.map((value) => [value, ""]));
      columns[name] = {
        ...columnSpec(columns[name] ?? own!),
        recode: {...own!.recode, ...recode}
      };
      const listed = values.map((value) => JSON.stringify(value)).join(", ");
      notes.push(
        `QUESTION: ${n} of the ${nFilled} values of ${column.header} are not ${column.sql.expected}: ${listed} ${n === 1 ? "is" : "are"} read as empty. What was meant?`
      );
    } else if (own && !isNeeded && isOnlyHeader(maps, name, own)) {
      columns[name] = null;
      notes.push(
        n === nFilled
          ? `${column.header} is left out: ${what}`
          : `QUESTION: ${column.header} is left out: ${what}. Mend or recode them and take it in again?`
      );
    } else notes.push(cannotBeLeftOut(column, what));
  }
  return {spec: Object.keys(columns).length > 0 ? {...spec, columns} : spec, notes};
}

function cannotBeLeftOut({header}: LandingColumn, what: string): string {
  return `QUESTION: ${header} cannot be left out: ${what}. The build will name them`;
}

interface BadColumn {
  column: LandingColumn;
  n: number;
  nFilled: number;
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
        ({sql, cell, taken = "true"}, i) =>
          `(count(*) filter (where ${sql.bad}))::integer as n${i},
          (count(*) filter (where ${taken} and ${cell} <> ''))::integer as f${i},
          any_value(${cell}) filter (where ${sql.bad}) as e${i}`
      )
      .join(", ")} from ${file.source!.sql}`
  );
  return columns.flatMap((column, i) =>
    Number(row![`n${i}`]) > 0
      ? [{column, n: Number(row![`n${i}`]), nFilled: Number(row![`f${i}`]), example: String(row![`e${i}`])}]
      : []
  );
}

/** The distinct cells of a column that cannot be read; none when they are too many to list. */
async function badValues(
  engine: Engine,
  {source}: ChosenFile,
  {cell, sql: {bad}}: LandingColumn
): Promise<string[]> {
  const rows = await engine.rows<{value: string}>(
    `select distinct ${cell} as value from ${source!.sql} where ${bad} order by 1 limit ${MOST_LISTED + 1}`
  );
  return rows.length > MOST_LISTED ? [] : rows.map(({value}) => value);
}

const MOST_LISTED = 20;
/** 71k, 1.2 Mio: the cents are lost, and who counts k as a thousand need not know what M is. */
const SHORTENED = /\d\s*(k|m|mm|mn|mio|tsd|bn)\b/i;

/** The columns with at least one filled cell in a record that a map takes. */
async function filledColumns(
  engine: Engine,
  file: ChosenFile,
  spec: FileSpec,
  config: Workspace
): Promise<LandingColumn[]> {
  const columns = landed(file, spec, config);
  const [row] = await engine.rows<Record<string, boolean>>(
    `select ${columns
      .map(({cell, taken = "true"}, i) => `coalesce(bool_or(${taken} and ${cell} <> ''), false) as f${i}`)
      .join(", ")} from ${file.source!.sql}`
  );
  return columns.filter((_, i) => row![`f${i}`]);
}

async function filledTables(
  engine: Engine,
  file: ChosenFile,
  spec: FileSpec,
  config: Workspace
): Promise<FittedFile["filled"]> {
  const columns = await filledColumns(engine, file, spec, config);
  const filled = new Set(columns.map(({landing}) => landing));
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
        const {cell} = landed(file, spec, config).find(({landing}) => landing === column.landing)!;
        const fields = await engine.rows<{field: string}>(
          `select distinct ${cell} as field from ${file.source!.sql}`
        );
        for (const {field} of fields) found.push({table, column: recode?.[field] ?? field});
      }
    }
  return found;
}

/** The maps whose columns can be declared one by one; a log has one time and one value, so the file's format will do. */
function amendable(file: ChosenFile, spec: FileSpec, config: Workspace): FileSpec["maps"] {
  const {maps} = resolved(file, spec, config);
  return maps.filter(({table}) => table === maps[0]!.table);
}

/** How one of these maps reads a column; undefined when none reads it. */
function ownSpec(maps: FileSpec["maps"], {target, spec}: LandingColumn): ColumnSpec | undefined {
  const [table, name = ""] = target.split(".");
  const specs = maps.flatMap((map) =>
    map.table === table && map.columns[name] !== undefined ? [columnSpec(map.columns[name])] : []
  );
  return specs.find(({column}) => column === spec.column);
}

/** Whether no other header fills the column, which leaving it out would take away with it. */
function isOnlyHeader(maps: FileSpec["maps"], name: string, own: ColumnSpec): boolean {
  const specs = maps.flatMap(({columns}) => (columns[name] === undefined ? [] : [columnSpec(columns[name])]));
  return specs.every(({column, value}) => value !== undefined || column === own.column);
}

function landed(file: ChosenFile, spec: FileSpec, config: Workspace): LandingColumn[] {
  const whole = resolved(file, spec, config);
  const mapped = mappedColumns(whole, config);
  const {positions} = matchHeader(file.source!.header, wantedHeaders(mapped, whole), {});
  return landingColumns(mapped, positions, config, whole, file.source!).filter(
    ({spec: {column}}) => column === undefined || positions.has(column)
  );
}

/** SQL of a log's time as the file is declared to write it; undefined for what is no log. */
export function timeCell(file: ChosenFile, spec: FileSpec, config: Workspace): string | undefined {
  return landed(file, spec, config).find(({target}) => target === "deal_event.at")?.sql.value;
}

function resolved({recognition}: ChosenFile, spec: FileSpec, config: Workspace): FileSpec {
  return resolveFile(spec, recognition.object, config);
}
