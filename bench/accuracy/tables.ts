/**
 * Any table of closed deals or leads under the same code and defaults: ten folds, every row predicted by a model that has not
 * seen it, beside the overall rate and a plain ridge regression on the same folds.
 */
import {existsSync} from "node:fs";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {literal} from "../../loaders/engine/sqlText.ts";
import {
  codeColumns,
  encode,
  type PropensityColumn,
  type PropensityRow
} from "../../loaders/forecast/propensity/columns.ts";
import {fitPropensity, predict} from "../../loaders/forecast/propensity/fitPropensity.ts";
import {guessColumns} from "../../loaders/forecast/propensity/guessColumns.ts";
import {fitRidge, logistic, ridgeScore} from "../../loaders/forecast/propensity/learners.ts";
import {concernNumber, Rng} from "../../loaders/twins/random/rng.ts";
import {bootstrapSd, type PropensityScore, scoreChances} from "./propensityMetrics.ts";

export interface Table {
  rows: PropensityRow[];
  columns: PropensityColumn[];
  leftOut: {column: string; why: string}[];
  y: number[];
  /** When each row began, if it was asked for. */
  order?: number[];
}

export interface TableScores {
  n: number;
  won: number;
  /** Log-loss and AUC are of the newest three tenths when rows are ordered in time, else of ten folds. */
  protocol: "ten folds" | "newest three tenths";
  columns: readonly string[];
  /** What was not used, and why. */
  leftOut: readonly {column: string; why: string}[];
  ours: PropensityScore;
  sd: {auc: number; logLoss: number};
  ridge: PropensityScore;
  /** Log-loss of giving every row the rate of the others. */
  rateLogLoss: number;
}

const FOLDS = 10;
const LEAST_ROWS = 50;

export interface TableQuestion {
  file: string;
  /** SQL over the columns, all text: 1 for won, 0 for lost, null for neither. */
  outcome: string;
  /** Columns that may be used; all that look usable when absent. */
  use?: readonly string[];
  leaveOut?: readonly string[];
  /** Used although they look like identifiers or leaks. */
  keep?: readonly string[];
  /** A column of dates or numbers: older rows then foretell the newest three tenths. */
  time?: string;
}

/**
 * Reads a CSV as text and decides what may be used of it ({@link guessColumns}).
 * @throws {Error} saying which file, column or expression is wrong
 */
export async function readTable({
  file,
  outcome,
  use,
  leaveOut = [],
  keep = [],
  time
}: TableQuestion): Promise<Table> {
  if (!existsSync(file)) throw new Error(`no such file: ${file}`);
  const engine = await openDuckDb(":memory:");
  try {
    const table = `read_csv(${literal(file)}, all_varchar = true, header = true, sample_size = -1)`;
    const names = (await engine.rows<{column_name: string}>(`describe select * from ${table}`)).map(
      ({column_name}) => column_name
    );
    for (const name of [...(use ?? []), ...leaveOut, ...keep, ...(time ? [time] : [])])
      if (!names.includes(name)) throw new Error(`${file} has no column ${name}; it has ${names.join(", ")}`);
    const found = await engine
      .rows<Record<string, string | number | null>>(
        `select *, cast(${outcome} as integer) as weir_outcome from ${table}`
      )
      .catch((error: Error) => {
        throw new Error(
          `--won ${outcome}: ${error.message.split("\n")[0]}. Columns (all text): ${names.join(", ")}`
        );
      });
    const odd = found.find(({weir_outcome: value}) => value !== null && value !== 0 && value !== 1);
    if (odd) throw new Error(`--won ${outcome}: expected 1, 0 or null, got ${odd["weir_outcome"]}`);
    const closed = found.filter((row) => row["weir_outcome"] !== null);
    const y = closed.map((row) => Number(row["weir_outcome"]));
    const asked = use ?? names.filter((name) => !leaveOut.includes(name));
    const text = closed.map((row) =>
      Object.fromEntries(asked.map((name) => [name, row[name] as string | null]))
    );
    const guessed = guessColumns(text, y, [...(use ?? []), ...keep]);
    const moments = time
      ? guessColumns(
          closed.map((row) => ({[time]: row[time] as string | null})),
          [],
          [time]
        )
      : null;
    if (time && moments!.columns[0]?.kind !== "number")
      throw new Error(`--time ${time}: its values read as neither dates nor numbers`);
    return {
      ...guessed,
      y,
      ...(moments ? {order: moments.rows.map((row) => Number(row[time!] ?? Number.NaN))} : {})
    };
  } finally {
    engine.close();
  }
}

/** Scores a table, or says why it cannot be. */
export function scoreTable({rows, columns, leftOut, y, order}: Table): TableScores | string {
  const won = y.reduce((sum, value) => sum + value, 0);
  if (columns.length === 0)
    return `no column to learn from: ${leftOut.map(({column, why}) => `${column} (${why})`).join("; ")}`;
  if (rows.length < LEAST_ROWS || Math.min(won, rows.length - won) < FOLDS)
    return `too few closed rows to judge by: ${rows.length}, of which ${won} won`;
  const fold = order ? newest(order) : stratified(y);
  const [ours, ridge, rate] = [
    new Float64Array(y.length),
    new Float64Array(y.length),
    new Float64Array(y.length)
  ];
  for (let held = 0; held < (order ? 1 : FOLDS); held++) {
    const inside = y.flatMap((_, i) => (fold[i] === held ? [] : [i]));
    const outside = y.flatMap((_, i) => (fold[i] === held ? [i] : []));
    const train: PropensityRow[] = inside.map((i) => rows[i]!);
    const test: PropensityRow[] = outside.map((i) => rows[i]!);
    const target = Float64Array.from(inside, (i) => y[i]!);
    const moments = order ? {order: inside.map((i) => order[i]!)} : {};
    const chances = predict(fitPropensity(train, columns, target, moments), test);
    const codings = codeColumns(train, columns);
    const plain = ridgeScore(
      fitRidge({codes: encode(train, codings), y: target}, codings, 1),
      encode(test, codings),
      test.length
    );
    const base = target.reduce((sum, value) => sum + value, 0) / target.length;
    outside.forEach((i, k) => {
      ours[i] = chances[k]!;
      ridge[i] = logistic(plain[k]!);
      rate[i] = base;
    });
  }
  const judged = y.flatMap((_, i) => (order && fold[i] !== 0 ? [] : [i]));
  const outcomes = judged.map((i) => y[i]!);
  const of = (chances: Float64Array) => judged.map((i) => chances[i]!);
  return {
    n: judged.length,
    won: outcomes.reduce((sum, value) => sum + value, 0),
    protocol: order ? "newest three tenths" : "ten folds",
    columns: columns.map(({name}) => name),
    leftOut,
    ours: scoreChances(of(ours), outcomes),
    sd: bootstrapSd(of(ours), outcomes, judged.map(String)),
    ridge: scoreChances(of(ridge), outcomes),
    rateLogLoss: scoreChances(of(rate), outcomes).logLoss
  };
}

/** Ten folds with the same share of won. */
function stratified(y: readonly number[]): Int32Array {
  const rng = new Rng().seed(1, concernNumber("table folds"));
  const fold = new Int32Array(y.length);
  y.map((value, i) => ({i, value, key: rng.next()}))
    .sort((a, b) => a.value - b.value || a.key - b.key)
    .forEach(({i}, at) => {
      fold[i] = at % FOLDS;
    });
  return fold;
}

/** Fold 0: the newest three tenths; rows of one moment stay together, rows without one are old. */
function newest(order: readonly number[]): Int32Array {
  const sorted = order.filter(Number.isFinite).sort((a, b) => a - b);
  const from = sorted[Math.floor(0.7 * sorted.length)]!;
  return Int32Array.from(order, (moment) => (moment >= from ? 0 : 1));
}
