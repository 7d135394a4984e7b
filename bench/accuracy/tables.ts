/**
 * Any table of closed deals or leads under the same code and defaults: ten folds, every row predicted by a model that has not
 * seen it, beside the overall rate and a plain ridge regression on the same folds.
 */
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {
  codeColumns,
  encode,
  type PropensityColumn,
  type PropensityRow
} from "../../loaders/forecast/propensity/columns.ts";
import {fitPropensity, predict} from "../../loaders/forecast/propensity/fitPropensity.ts";
import {fitRidge, logistic, ridgeScore} from "../../loaders/forecast/propensity/learners.ts";
import {concernNumber, Rng} from "../../loaders/twins/random/rng.ts";
import {bootstrapSd, type PropensityScore, scoreChances} from "./propensityMetrics.ts";

export interface Table {
  rows: Record<string, string | null>[];
  columns: PropensityColumn[];
  y: number[];
}

export interface TableScores {
  n: number;
  won: number;
  columns: readonly string[];
  ours: PropensityScore;
  sd: {auc: number; logLoss: number};
  ridge: PropensityScore;
  /** Log-loss of giving every row the rate of the others. */
  rateLogLoss: number;
}

const FOLDS = 10;
const FEW_VALUES = 12;
const LEAST_ROWS = 50;

export interface TableQuestion {
  file: string;
  /** SQL over the columns, all text: 1 for won, 0 for lost, null for neither. */
  outcome: string;
  /** Columns that may be used; all but identifiers and constants when absent. */
  use?: readonly string[];
  leaveOut?: readonly string[];
}

/** Reads a CSV as text; a column whose values are all numbers, and more than a few, is one of numbers. */
export async function readTable({file, outcome, use, leaveOut = []}: TableQuestion): Promise<Table> {
  const engine = await openDuckDb(":memory:");
  try {
    const found = await engine.rows<Record<string, string | number | null>>(
      `select *, cast(${outcome} as integer) as weir_outcome
       from read_csv('${file.replaceAll("'", "''")}', all_varchar = true, header = true)`
    );
    const closed = found.filter((row) => row["weir_outcome"] !== null);
    const rows = closed.map(({weir_outcome: _, ...row}) => row as Record<string, string | null>);
    const names = use ?? Object.keys(rows[0] ?? {}).filter((name) => !leaveOut.includes(name));
    return {
      rows,
      columns: names.flatMap((name) => column(name, rows, use !== undefined)),
      y: closed.map((row) => Number(row["weir_outcome"]))
    };
  } finally {
    engine.close();
  }
}

function column(name: string, rows: Table["rows"], isAsked: boolean): PropensityColumn[] {
  const values = rows.flatMap((row) => (row[name] === null || row[name] === "" ? [] : [row[name]!]));
  const different = new Set(values).size;
  if (different < 2) return [];
  const isNumber = different > FEW_VALUES && values.every((value) => Number.isFinite(Number(value)));
  // A word of its own for every other row is an identifier.
  if (!isNumber && !isAsked && different > rows.length / 2) return [];
  return [{name, kind: isNumber ? "number" : "category"}];
}

/** Scores a table, or says why it cannot be. */
export function scoreTable({rows, columns, y}: Table): TableScores | string {
  const won = y.reduce((sum, value) => sum + value, 0);
  if (rows.length < LEAST_ROWS || Math.min(won, rows.length - won) < FOLDS)
    return `too few closed rows to judge by: ${rows.length}, of which ${won} won`;
  const rng = new Rng().seed(1, concernNumber("table folds"));
  const order = y
    .map((value, i) => ({i, value, key: rng.next()}))
    .sort((a, b) => a.value - b.value || a.key - b.key);
  const fold = new Int32Array(y.length);
  order.forEach(({i}, at) => {
    fold[i] = at % FOLDS;
  });
  const [ours, ridge, rate] = [
    new Float64Array(y.length),
    new Float64Array(y.length),
    new Float64Array(y.length)
  ];
  for (let held = 0; held < FOLDS; held++) {
    const inside = y.flatMap((_, i) => (fold[i] === held ? [] : [i]));
    const outside = y.flatMap((_, i) => (fold[i] === held ? [i] : []));
    const train: PropensityRow[] = inside.map((i) => rows[i]!);
    const test: PropensityRow[] = outside.map((i) => rows[i]!);
    const target = Float64Array.from(inside, (i) => y[i]!);
    const chances = predict(fitPropensity(train, columns, target), test);
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
  return {
    n: rows.length,
    won,
    columns: columns.map(({name}) => name),
    ours: scoreChances(ours, y),
    sd: bootstrapSd(
      ours,
      y,
      y.map((_, i) => String(i))
    ),
    ridge: scoreChances(ridge, y),
    rateLogLoss: scoreChances(rate, y).logLoss
  };
}
