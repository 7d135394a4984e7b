/** How good forecasts were: errors, bias, intervals, and skill against the best naive method with its uncertainty. */
import {concernNumber, Rng} from "../../twins/random/rng.ts";
import type {Family} from "../bookings/bookingsForecaster.ts";
import {crps, levelIndex, quantileSorted} from "../numeric/quantiles.ts";
import {independentOutcomes} from "./calibrate.ts";
import type {ForecastRow} from "./forecastRow.ts";

export interface Score {
  kind: string;
  method: string;
  family: Family;
  /** Forecasts scored, and how many independent outcomes they amount to (windows overlap). */
  n: number;
  nIndependent: number;
  /** Sum of absolute errors over the sum of outcomes. */
  wape: number;
  /** Sum of errors over the sum of outcomes; above 0 is over-forecasting. */
  bias: number;
  /** Mean absolute error over that of the same days last quarter; null when those cannot be compared. */
  mase: number | null;
  /** CRPS over the mean outcome; null for numbers without uncertainty. */
  crps: number | null;
  /** Shares of outcomes inside the central intervals, 0..1. */
  coverage50: number | null;
  coverage80: number | null;
  coverage95: number | null;
  /** 1 - CRPS over that of the best naive method on the same days; above 0 is better. Null with too few outcomes to tell. */
  skill: number | null;
  skillLow: number | null;
  skillHigh: number | null;
  /** better or worse when the 90% interval of skill says so, else a tie. */
  verdict: "better" | "tie" | "worse" | "reference" | "not comparable";
}

const SEASONAL = "same days last quarter";
/** With 500 the ends of an interval moved by three points from seed to seed on average (two twins), and verdicts with them; with 4,000 by one. */
const RESAMPLES = 4000;
/** Below so many independent outcomes nothing is said of skill: twelve forecasts of one quarter err together, whatever their number. */
const LEAST_OUTCOMES = 5;

/**
 * Scores the rows whose windows are over, by kind and method. The best naive method is, in hindsight, the one with the least CRPS over
 * the windows that all naive methods answered which answered most: one that needs a year of history was not asked in a firm's first.
 */
export function scoreRows(rows: readonly ForecastRow[], seed: number): Score[] {
  const over = rows.filter(({actual}) => actual !== null);
  const kinds = [...new Set(over.map(({kind}) => kind))];
  return kinds.flatMap((kind) => {
    const here = over.filter((row) => row.kind === kind);
    const methods = [...new Set(here.map(({method}) => method))];
    const of = new Map(methods.map((method) => [method, here.filter((row) => row.method === method)]));
    const most = Math.max(...[...of.values()].map((list) => list.length));
    const naives = methods.filter(
      (method) => of.get(method)![0]!.family === "naive" && of.get(method)!.length >= 0.6 * most
    );
    const shared = (method: string) =>
      naives.reduce(
        (rows, other) => paired(rows, of.get(other)!).map(([row]) => row),
        of.get(method)! as readonly ForecastRow[]
      );
    const crpsOf = new Map(
      naives.map((method) => [method, relativeCrps(shared(method)) ?? Number.POSITIVE_INFINITY])
    );
    const naive = naives.sort((a, b) => crpsOf.get(a)! - crpsOf.get(b)!)[0];
    return methods.map((method) =>
      scoreMethod(of.get(method)!, of.get(SEASONAL) ?? [], of.get(naive ?? "") ?? [], seed)
    );
  });
}

function relativeCrps(rows: readonly ForecastRow[]): number | null {
  if (rows.some(({quantiles}) => !quantiles)) return null;
  const total = rows.reduce((sum, row) => sum + row.actual!, 0);
  return total > 0 ? rows.reduce((sum, row) => sum + crps(row.actual!, row.quantiles!), 0) / total : null;
}

function scoreMethod(
  rows: readonly ForecastRow[],
  seasonal: readonly ForecastRow[],
  naive: readonly ForecastRow[],
  seed: number
): Score {
  const {kind, method, family} = rows[0]!;
  const total = rows.reduce((sum, row) => sum + row.actual!, 0);
  const per = (sum: number) => (total > 0 ? sum / total : Number.NaN);
  const inside = (level: number) => {
    if (rows.some(({quantiles}) => !quantiles)) return null;
    const [low, high] = [levelIndex((1 - level) / 2), levelIndex((1 + level) / 2)];
    return (
      rows.filter(({actual, quantiles}) => actual! >= quantiles![low]! && actual! <= quantiles![high]!)
        .length / rows.length
    );
  };
  const compared = paired(rows, seasonal);
  const seasonalError = compared.reduce((sum, [, other]) => sum + Math.abs(other.actual! - other.mean), 0);
  const skill = naive.length === 0 || naive[0]!.method === method ? null : skillOf(paired(rows, naive), seed);
  return {
    kind,
    method,
    family,
    n: rows.length,
    nIndependent: independentOutcomes(rows),
    wape: per(rows.reduce((sum, row) => sum + Math.abs(row.actual! - row.mean), 0)),
    bias: per(rows.reduce((sum, row) => sum + row.mean - row.actual!, 0)),
    mase:
      seasonalError > 0
        ? compared.reduce((sum, [row]) => sum + Math.abs(row.actual! - row.mean), 0) / seasonalError
        : null,
    crps: relativeCrps(rows),
    coverage50: inside(0.5),
    coverage80: inside(0.8),
    coverage95: inside(0.95),
    skill: skill?.value ?? null,
    skillLow: skill?.low ?? null,
    skillHigh: skill?.high ?? null,
    verdict:
      naive[0]?.method === method
        ? "reference"
        : !skill
          ? "not comparable"
          : skill.low > 0
            ? "better"
            : skill.high < 0
              ? "worse"
              : "tie"
  };
}

/** Rows of two methods for the same window asked on the same day. */
function paired(rows: readonly ForecastRow[], others: readonly ForecastRow[]): [ForecastRow, ForecastRow][] {
  const key = ({origin, from, to}: ForecastRow) => `${origin}:${from}:${to}`;
  const byKey = new Map(others.map((row) => [key(row), row]));
  return rows.flatMap((row) => {
    const other = byKey.get(key(row));
    return other ? [[row, other] as [ForecastRow, ForecastRow]] : [];
  });
}

/**
 * Skill and its 90% interval by a moving-block bootstrap over days of asking: neighbouring windows overlap and err
 * together, so they are drawn together, in blocks at least as long as a window. Null with too few independent outcomes.
 * @see Künsch 1989
 */
export function skillOf(
  pairs: readonly [ForecastRow, ForecastRow][],
  seed: number
): {value: number; low: number; high: number} | null {
  const scored = pairs.filter(([a, b]) => a.quantiles && b.quantiles);
  if (independentOutcomes(scored.map(([row]) => row)) < LEAST_OUTCOMES) return null;
  const origins = [...new Set(scored.map(([row]) => row.origin))].sort((a, b) => a - b);
  const sums = origins.map((origin) => {
    const here = scored.filter(([row]) => row.origin === origin);
    const sum = (side: 0 | 1) =>
      here.reduce((total, pair) => total + crps(pair[side].actual!, pair[side].quantiles!), 0);
    return [sum(0), sum(1)] as const;
  });
  const skill = (list: readonly (readonly [number, number])[]) => {
    const base = list.reduce((sum, [, b]) => sum + b, 0);
    return base > 0 ? 1 - list.reduce((sum, [a]) => sum + a, 0) / base : 0;
  };
  const step = Math.max(1, (origins.at(-1)! - origins[0]!) / (origins.length - 1));
  const days = scored.reduce((sum, [row]) => sum + row.to - row.origin, 0) / scored.length;
  const block = Math.min(Math.ceil(origins.length / 2), Math.max(1, Math.ceil(days / step)));
  const rng = new Rng().seed(seed, concernNumber("skill"));
  const draws = Float64Array.from({length: RESAMPLES}, () => {
    let [n, own, base] = [0, 0, 0];
    while (n < sums.length) {
      const start = rng.int(sums.length - block + 1);
      for (let at = start; at < start + block && n < sums.length; at++, n++) {
        own += sums[at]![0];
        base += sums[at]![1];
      }
    }
    return base > 0 ? 1 - own / base : 0;
  }).sort();
  return {value: skill(sums), low: quantileSorted(draws, 0.05), high: quantileSorted(draws, 0.95)};
}
