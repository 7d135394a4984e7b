/**
 * From a table as exported (all text) to columns a model may use: numbers and dates are recognised, what names each row for itself is
 * left out, and so is what looks to be known only after the outcome. Everything left out is named with the reason.
 */
import type {PropensityColumn, PropensityRow} from "./columns.ts";

export type TextRow = Readonly<Record<string, string | null | undefined>>;

export interface GuessedTable {
  rows: PropensityRow[];
  columns: PropensityColumn[];
  leftOut: {column: string; why: string}[];
}

const MISSING = new Set([
  "",
  "select",
  "na",
  "n/a",
  "nan",
  "null",
  "none",
  "-",
  "--",
  "?",
  "#n/a",
  "(blank)"
]);
/** More different numbers than this are a quantity; fewer are kinds. */
const FEW_VALUES = 12;
/** Share of values that must read as a number (or date) for the column to be one. */
const MOST = 0.98;
const LONG_TEXT = 40;
const MOST_WORDS = 300;
const ENDED =
  /(^|[^a-z])(clos(e|ed|ing)|won|win|lost|loss|outcome|result|converted|conversion|decided|decision|ended|end)([^a-z]|$)/i;
const REASON = /reason|disqualif|churned|is_?won|is_?closed/i;
const OWN_NAME = /(^|[^a-z])(id|uuid|guid|key|number|no|nr|code|ref|url|e-?mail|phone)$/i;
/** A column alone tells outcomes apart this well: nothing known beforehand does. */
const TELLS_ALL = 0.985;
const TELLS_MUCH = 0.9;
const LEAST_TO_TELL = 100;

/** Reads a table. @param keep columns that are used whatever they look like */
export function guessColumns(
  rows: readonly TextRow[],
  y: ArrayLike<number>,
  keep: readonly string[] = []
): GuessedTable {
  const names = Object.keys(rows[0] ?? {});
  const read = new Map<string, PropensityRow[string][]>();
  const columns: PropensityColumn[] = [];
  const leftOut: GuessedTable["leftOut"] = [];
  const dates = new Map<string, (number | null)[]>();
  const spaced = (name: string) => name.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ");
  for (const name of names) {
    const values = rows.map((row) => {
      const text = row[name]?.trim() ?? "";
      return MISSING.has(text.toLowerCase()) ? null : text;
    });
    const found = kindOf(values);
    const isKept = keep.includes(name);
    const why = isKept ? null : (unusable(spaced(name), values, found) ?? leaking(spaced(name), found, y));
    if (why) leftOut.push({column: name, why});
    else if (found.kind === "date") dates.set(name, found.values);
    else {
      columns.push({name, kind: found.kind});
      read.set(name, found.values);
    }
  }
  for (const [name, days] of dates) addDate(name, days);
  const list = [...dates];
  list.forEach(([a, from], i) => {
    for (const [b, to] of list.slice(i + 1))
      add(
        `days from ${a} to ${b}`,
        "number",
        from.map((day, r) => (day === null || to[r] === null ? null : Math.round(to[r]! - day)))
      );
  });
  return {
    rows: rows.map((_, r) => Object.fromEntries([...read].map(([name, values]) => [name, values[r]]))),
    columns,
    leftOut
  };

  function add(name: string, kind: PropensityColumn["kind"], values: PropensityRow[string][]): void {
    if (new Set(values).size < 2) return;
    columns.push({name, kind});
    read.set(name, values);
  }

  function addDate(name: string, days: (number | null)[]): void {
    const part = (of: (date: Date) => number) =>
      days.map((day) => (day === null ? null : of(new Date(day * 86_400_000))));
    add(name, "number", days);
    add(
      `${name}: month`,
      "category",
      part((date) => date.getUTCMonth() + 1)
    );
    add(
      `${name}: weekday`,
      "category",
      part((date) => date.getUTCDay())
    );
    add(
      `${name}: day of month`,
      "number",
      part((date) => date.getUTCDate())
    );
  }
}

type Found =
  | {kind: "number" | "date"; values: (number | null)[]}
  | {kind: "category"; values: (string | null)[]};

/** What the values are: money with its signs and separators and percents are numbers; years alone are not dates. */
function kindOf(values: (string | null)[]): Found {
  const known = values.filter((value) => value !== null);
  const different = new Set(known).size;
  const readAs = (read: (text: string) => number | null): (number | null)[] | null => {
    const found = values.map((value) => (value === null ? null : read(value)));
    const n = found.filter((value) => value !== null).length;
    return n > 0 && n >= MOST * known.length ? found : null;
  };
  if (different > FEW_VALUES) {
    const numbers = readAs(numberOf);
    if (numbers) return {kind: "number", values: numbers};
  }
  if (different > 2) {
    const days = readAs(dayOfText(known));
    if (days) return {kind: "date", values: days};
  }
  return {kind: "category", values};
}

function numberOf(text: string): number | null {
  const bare = text.replace(/[$€£¥%\s]/g, "").replace(/^\((.*)\)$/, "-$1");
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(",", "") : bare;
  const number = plain === "" ? Number.NaN : Number(plain);
  return Number.isFinite(number) ? number : null;
}

/** Days since 1970 of ISO dates and of d/m/y or m/d/y, whichever all values allow (month first when both do). */
function dayOfText(known: readonly string[]): (text: string) => number | null {
  const SLASHED = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T].*)?$/;
  const firsts = known.map((text) => Number(SLASHED.exec(text)?.[1] ?? 0));
  const dayFirst = firsts.some((first) => first > 12);
  return (text) => {
    const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}).*)?$/.exec(text);
    if (iso) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    const slashed = SLASHED.exec(text);
    if (!slashed) return null;
    const [a, b, year] = [Number(slashed[1]), Number(slashed[2]), Number(slashed[3])];
    return valid(year < 100 ? 2000 + year : year, dayFirst ? b : a, dayFirst ? a : b);
  };
}

function valid(year: number, month: number, day: number): number | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1900 || year > 2200) return null;
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** Why a column says nothing that holds for other rows. */
function unusable(
  name: string,
  values: readonly (string | null)[],
  {kind, values: read}: Found
): string | null {
  const known = values.filter((value) => value !== null);
  const different = new Set(known).size;
  if (different === 0) return "empty";
  if (different === 1 && known.length === values.length) return "the same in every row";
  if (kind === "category" && different > Math.max(FEW_VALUES, known.length / 2))
    return "a word of its own for most rows: an identifier or free text";
  if (kind === "category" && different > MOST_WORDS / 10 && meanLength(known) > LONG_TEXT) return "free text";
  const isCount = kind === "number" && read.every((value) => value === null || Number.isInteger(value));
  if (
    isCount &&
    different >= MOST * known.length &&
    different > FEW_VALUES &&
    (OWN_NAME.test(name) || isRun(read))
  )
    return "a number of its own for every row: an identifier";
  return null;
}

function meanLength(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length);
}

/** Numbers that go up by one from row to row, as row numbers do. */
function isRun(values: readonly (string | number | null)[]): boolean {
  let steps = 0;
  for (let i = 1; i < values.length; i++) if (Number(values[i]) - Number(values[i - 1]) === 1) steps++;
  return steps > 0.9 * values.length;
}

/** Why a column looks to be known only after the outcome. */
function leaking(name: string, found: Found, y: ArrayLike<number>): string | null {
  const tells = y.length < LEAST_TO_TELL ? 0.5 : alone(found, y);
  const byName = ENDED.test(name) || REASON.test(name);
  if (tells >= TELLS_ALL)
    return `tells won from lost by itself (AUC ${tells.toFixed(3)}): known only after the outcome`;
  if (byName && (found.kind === "date" || REASON.test(name) || tells >= TELLS_MUCH))
    return "by its name known only after the outcome";
  const missing = y.length < LEAST_TO_TELL ? 0.5 : missingTells(found, y);
  if (missing >= TELLS_MUCH) return "filled in for one outcome only: known only after the outcome";
  return null;
}

/** AUC of a column alone: the rate of each of its kinds (numbers in twentieths), each row left out of its own. */
function alone({kind, values}: Found, y: ArrayLike<number>): number {
  let keyOf = (value: string | number | null): string => String(value);
  if (kind !== "category") {
    const sorted = values.filter((value) => value !== null).sort((a, b) => Number(a) - Number(b)) as number[];
    const cuts = Array.from({length: 19}, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / 20)]!);
    keyOf = (value) =>
      value === null ? "missing" : String(cuts.filter((cut) => Number(value) >= cut).length);
  }
  const sums = new Map<string, {won: number; n: number}>();
  const keys = values.map(keyOf);
  keys.forEach((key, i) => {
    const sum = sums.get(key) ?? {won: 0, n: 0};
    sums.set(key, {won: sum.won + y[i]!, n: sum.n + 1});
  });
  const rate = Array.from(y, (value) => value).reduce((sum, value) => sum + value, 0) / y.length;
  return auc(
    keys.map((key, i) => {
      const {won, n} = sums.get(key)!;
      return (won - y[i]! + rate) / n;
    }),
    y
  );
}

function missingTells({values}: Found, y: ArrayLike<number>): number {
  const tells = auc(
    values.map((value) => (value === null ? 0 : 1)),
    y
  );
  return Math.max(tells, 1 - tells);
}

function auc(scores: readonly number[], y: ArrayLike<number>): number {
  const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let [ranks, won] = [0, 0];
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j + 1 < order.length && scores[order[j + 1]!] === scores[order[i]!]) j++;
    for (let k = i; k <= j; k++)
      if (y[order[k]!] === 1) {
        ranks += (i + j) / 2 + 1;
        won++;
      }
    i = j + 1;
  }
  return (ranks - (won * (won + 1)) / 2) / Math.max(1, won * (order.length - won));
}
