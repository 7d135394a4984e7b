/**
 * The combination of all methods, and the forecast that is shown: decided on each day from outcomes known by then. Few
 * quarters have ended at any time, so what a method has shown for other windows counts too until there are enough of its
 * own ("horizons pooled when few").
 */
import {crps, LEVELS, monotone} from "../numeric/quantiles.ts";
import {calibrate, cautious, independentOutcomes} from "./calibrate.ts";
import type {ForecastRow} from "./forecastRow.ts";

export const COMBINATION = "combination";
export const SHOWN = "shown forecast";

/**
 * Methods that share the weight before there is any past to weigh them by, and keep an advantage until there is much of it:
 * the deals from below and the calendar from above err for different reasons. The advantage is on the logarithm of the loss
 * and weighs as much as so many independent outcomes.
 */
const FIRST_MEMBERS = ["deal by deal", "same days last quarter"];
const FIRST_ADVANTAGE = 0.3;
const FIRST_OUTCOMES = 10;
const MOST_MEMBERS = 5;
/** A method takes part while its past loss is at most so many times the least. */
const NEAR = 1.6;
/** A single method is shown in place of the combination when its past loss is at most this share of the combination's. */
const SWITCH = 0.7;
const LEAST_TO_SWITCH = 4;
/** So many outcomes of its own weigh as much as what a method has shown for all other windows. */
const PRIOR_OUTCOMES = 20;
/** Weight of an outcome relative to the next newer one. */
const FADE = 0.98;

/**
 * Weights go by past loss to minus a power that grows with the past: of a few months luck tells as much as merit, after years a method
 * that lags behind a growing firm is known by it. The power for each year of outcomes, and its bounds.
 */
const POWER = {aYear: 10, least: 5, most: 12};

type Past = (kind: string, method: string) => readonly ForecastRow[];

/**
 * Calibrates every method prequentially and adds the combination and the shown forecast. The outcome of a row is used
 * from the day its window has ended.
 * @param raw forecasts as the methods made them, in any order
 * @returns calibrated rows by day of asking: each method's, then {@link COMBINATION} and {@link SHOWN}
 */
export function combine(raw: readonly ForecastRow[]): ForecastRow[] {
  const before = new Store();
  const after = new Store();
  const found: ForecastRow[] = [];
  const byOrigin = groupBy(raw, ({origin}) => String(origin));
  for (const asked of [...byOrigin.values()].sort((a, b) => a[0]!.origin - b[0]!.origin)) {
    const {origin} = asked[0]!;
    const rawPast: Past = (kind, method) => before.over(kind, method, origin);
    const donePast: Past = (kind, method) => after.over(kind, method, origin);
    const bare = new Map<ForecastRow, ForecastRow>();
    const mended = asked.flatMap((row): ForecastRow[] => {
      const past = rawPast(row.kind, row.method);
      const better = calibrate(row, past);
      if (!better) return [];
      const own = {...row, ...cautious(better, past)};
      bare.set(own, {...row, ...better});
      return [own];
    });
    const kinds = [...new Set(asked.map(({kind}) => kind))];
    const losses = pooledLosses([...new Set(mended.map(({method}) => method)), COMBINATION], kinds, donePast);
    const mixedRaw: ForecastRow[] = [];
    const finished: ForecastRow[] = [];
    // Several windows asked on one day do not know of each other's outcome.
    for (const here of groupBy(mended, ({kind, from, to}) => `${kind}:${from}:${to}`).values()) {
      const {kind} = here[0]!;
      const lossOf = (method: string) => losses.get(`${kind}|${method}`) ?? null;
      const seen = donePast(kind, COMBINATION);
      // Caution once, of the whole: its members' would be counted again.
      const combined = average(
        here.map((row) => bare.get(row)!),
        lossOf,
        powerAfter(seen)
      );
      const past = rawPast(kind, COMBINATION);
      const mixed = {...combined, ...cautious(calibrate(combined, past)!, past)};
      mixedRaw.push(combined);
      finished.push(...here, mixed);
      const shown = choose([...here, mixed], lossOf, seen);
      found.push(...here, mixed, {...shown, method: SHOWN, family: "combined"});
    }
    for (const row of [...asked, ...mixedRaw]) before.add(row);
    for (const row of finished) after.add(row);
  }
  return found;
}

/** Rows by kind and method, in order of asking. */
class Store {
  private readonly rows = new Map<string, ForecastRow[]>();

  add(row: ForecastRow): void {
    const key = `${row.kind}|${row.method}`;
    const list = this.rows.get(key);
    if (list) list.push(row);
    else this.rows.set(key, [row]);
  }

  /** Rows whose windows had ended by a day and whose outcome is known. */
  over(kind: string, method: string, day: number): ForecastRow[] {
    return (this.rows.get(`${kind}|${method}`) ?? []).filter(({to, actual}) => to <= day && actual !== null);
  }
}

function groupBy(
  rows: readonly ForecastRow[],
  keyOf: (row: ForecastRow) => string
): Map<string, ForecastRow[]> {
  const groups = new Map<string, ForecastRow[]>();
  for (const row of rows) {
    const list = groups.get(keyOf(row));
    if (list) list.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** CRPS over what was won, past forecasts weighted by how new they are; null without any. */
function loss(past: readonly ForecastRow[]): number | null {
  let [sum, total] = [0, 0];
  past.forEach((row, i) => {
    if (!row.quantiles) return;
    const weight = faded(past.length - 1 - i);
    sum += weight * crpsOf(row, row.quantiles);
    total += weight * row.actual!;
  });
  return total > 0 ? sum / total : null;
}

const powers: number[] = [];

/** FADE to a power, which is asked again on every later day. */
function faded(power: number): number {
  while (powers.length <= power) powers.push(FADE ** powers.length);
  return powers[power]!;
}

const knownLosses = new WeakMap<ForecastRow, number>();

/** A row whose outcome is known is past on every later day. */
function crpsOf(row: ForecastRow, quantiles: Float64Array): number {
  let found = knownLosses.get(row);
  if (found === undefined) {
    found = crps(row.actual!, quantiles);
    knownLosses.set(row, found);
  }
  return found;
}

/**
 * Loss of each method for each kind relative to the methods' geometric mean, drawn towards the same over all kinds while
 * the kind's own outcomes are few. Keys "kind|method".
 */
function pooledLosses(methods: readonly string[], kinds: readonly string[], past: Past): Map<string, number> {
  const own = new Map<string, {logRatio: number; n: number}>();
  const all = new Map<string, {sum: number; n: number}>();
  for (const kind of kinds) {
    const known = methods.flatMap((method) => {
      const rows = past(kind, method);
      const value = loss(rows);
      return value === null || value <= 0
        ? []
        : [{method, log: Math.log(value), n: independentOutcomes(rows)}];
    });
    // The yardstick is the same for methods that began later, which have fewer rows.
    const centre = known.reduce((sum, {log}) => sum + log, 0) / Math.max(1, known.length);
    for (const {method, log, n} of known) {
      own.set(`${kind}|${method}`, {logRatio: log - centre, n});
      const sums = all.get(method) ?? {sum: 0, n: 0};
      all.set(method, {sum: sums.sum + n * (log - centre), n: sums.n + n});
    }
  }
  const pooled = new Map<string, number>();
  for (const kind of kinds)
    for (const method of methods) {
      const everywhere = all.get(method);
      if (!everywhere || everywhere.n <= 0) continue;
      const {logRatio, n} = own.get(`${kind}|${method}`) ?? {logRatio: 0, n: 0};
      // The combination begins as that of the first members and is judged like them.
      const advantage = FIRST_MEMBERS.includes(method) || method === COMBINATION ? FIRST_ADVANTAGE : 0;
      const prior = (everywhere.sum - FIRST_OUTCOMES * advantage) / (everywhere.n + FIRST_OUTCOMES);
      pooled.set(
        `${kind}|${method}`,
        Math.exp((n * logRatio + PRIOR_OUTCOMES * prior) / (n + PRIOR_OUTCOMES))
      );
    }
  return pooled;
}

/** How far past loss is trusted after outcomes in order of asking. */
function powerAfter(past: readonly ForecastRow[]): number {
  if (past.length === 0) return POWER.least;
  const years = (past.at(-1)!.to - past[0]!.origin) / 365;
  return Math.min(POWER.most, Math.max(POWER.least, POWER.aYear * years));
}

/** Weighted mean of quantiles, weights by past loss to minus a power. */
function average(
  rows: readonly ForecastRow[],
  lossOf: (method: string) => number | null,
  power: number
): ForecastRow {
  const known = rows
    .flatMap((row) => {
      const past = lossOf(row.method);
      return past === null ? [] : [{row, past}];
    })
    .sort((a, b) => a.past - b.past);
  const first = rows.filter(({method}) => FIRST_MEMBERS.includes(method));
  const start = first.length > 0 ? first : rows;
  const members =
    known.length >= 2
      ? known.filter(({past}) => past <= NEAR * known[0]!.past).slice(0, MOST_MEMBERS)
      : start.map((row) => ({row, past: 1}));
  const total = members.reduce((sum, {past}) => sum + past ** -power, 0);
  const quantiles = new Float64Array(LEVELS.length);
  let mean = 0;
  for (const {row, past} of members) {
    const weight = past ** -power / total;
    mean += weight * row.mean;
    for (let i = 0; i < LEVELS.length; i++) quantiles[i]! += weight * row.quantiles![i]!;
  }
  return {...rows[0]!, method: COMBINATION, family: "combined", mean, quantiles: monotone(quantiles)};
}

/** The combination, unless the deal model alone or a naive method has clearly erred less so far. */
function choose(
  rows: readonly ForecastRow[],
  lossOf: (method: string) => number | null,
  past: readonly ForecastRow[]
): ForecastRow {
  const combined = rows.find(({method}) => method === COMBINATION)!;
  const own = lossOf(COMBINATION);
  if (own === null || independentOutcomes(past) < LEAST_TO_SWITCH) return combined;
  const best = rows
    .filter(({method, family}) => (family === "naive" || family === "model") && lossOf(method) !== null)
    .reduce((a, b) => (lossOf(b.method)! < lossOf(a.method)! ? b : a), combined);
  return lossOf(best.method)! < SWITCH * own ? best : combined;
}
