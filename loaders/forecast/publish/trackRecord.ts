/** The backtest as a page shows it: every method at every horizon, over time, and how reliable what it called its quantiles was. */
import type {
  ChanceBin,
  Followed,
  Reliability,
  SliceHeld,
  TrackRecordData,
  TrackSeries
} from "../../../src/slices/trackRecord.ts";
import {independentOutcomes} from "../backtest/calibrate.ts";
import {SHOWN} from "../backtest/combine.ts";
import type {ForecastRow} from "../backtest/forecastRow.ts";
import type {Score} from "../backtest/score.ts";
import {type ScoredSlice, type SliceScore, scoreSlices} from "../backtest/scoreSlices.ts";
import {TARGETS, targetsAt} from "../backtest/targets.ts";
import {dailyWon} from "../bookings/dailyWon.ts";
import {isoOf} from "../history/calendar.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import {LEVELS} from "../numeric/quantiles.ts";
import {heldBy, interval, places} from "./heldBy.ts";
import {RUN_RATE, SAME_DAYS} from "./sliceBacktest.ts";

/** At most about so many askings of a method and kind are drawn. */
const MOST_ASKINGS = 64;

const NONE_OVER =
  "No forecast of a past day has an outcome yet: the first is asked after half a year of closed deals, and its first outcome is known within four weeks.";

/**
 * @param rows of the whole backtest, calibrated, the shown forecast among them
 * @param scores of the same rows
 * @param slices as {@link slicesHeld} makes them
 */
export function trackRecord(
  {
    history,
    rows,
    currency,
    reason
  }: {history: PipelineHistory; rows: readonly ForecastRow[]; currency: string; reason: string | null},
  scores: readonly Score[],
  chances: TrackRecordData["chances"],
  slices: TrackRecordData["slices"]
): TrackRecordData {
  const kinds = TARGETS.map(({kind}) => kind).filter((kind) => rows.some((row) => row.kind === kind));
  const groups = grouped(rows);
  const origins = [...new Set(rows.map(({origin}) => origin))].sort((a, b) => b - a);
  const every = Math.max(1, Math.ceil(origins.length / MOST_ASKINGS));
  const drawn = new Set(origins.filter((_, i) => i % every === 0));
  const wonBefore = beforeAsking(history);
  return {
    asOf: isoOf(history.asOf),
    currency,
    reason: reason ?? (scores.length > 0 ? null : NONE_OVER),
    kinds,
    scores: [...scores],
    held: kinds.map((kind) => {
      const over = (groups.get(`${kind}|${SHOWN}`) ?? []).filter(({actual}) => actual !== null);
      return {
        kind,
        ...heldBy(over.map((row) => ({...interval(row), actual: row.actual}))),
        nIndependent: Math.round(10 * independentOutcomes(over)) / 10
      };
    }),
    series: [...groups.values()].flatMap((list) => {
      const kept = list.filter(({origin, quantiles}) => quantiles && drawn.has(origin));
      return kept.length > 0 ? [seriesOf(kept, wonBefore)] : [];
    }),
    reliability: [...groups.values()].flatMap((list) => reliabilityOf(list) ?? []),
    chances,
    followed: kinds.flatMap((kind) => followedOf(kind, groups, kinds)),
    slices,
    stepDays: origins.length > 1 ? (origins[0]! - origins[1]!) * every : 7
  };
}

/** How often the own bands of the shown forecast's slices held. */
export function slicesHeld(rows: readonly ScoredSlice[]): SliceHeld[] {
  const scores = scoreSlices(rows.filter(({method}) => method !== RUN_RATE));
  const keyOf = ({kind, dimension, value}: SliceScore) => JSON.stringify([kind, dimension, value]);
  const naive = new Map(
    scores.flatMap((score) => (score.method === SAME_DAYS ? [[keyOf(score), score] as const] : []))
  );
  const rounded = (value: number | null) => (value === null ? null : places(value));
  return scores.flatMap((score) => {
    const {kind, dimension, label, value, n, nIndependent, held80, heldLow, heldHigh} = score;
    if (score.method !== SHOWN || held80 === null) return [];
    return [
      {
        kind,
        dimension,
        label,
        value,
        n,
        nIndependent: Math.round(10 * nIndependent) / 10,
        held80: places(held80),
        lo: places(heldLow!),
        hi: places(heldHigh!),
        wape: rounded(score.wape),
        naiveWape: rounded(naive.get(keyOf(score))?.wape ?? null),
        naiveHeld: rounded(naive.get(keyOf(score))?.held80 ?? null)
      }
    ];
  });
}

function grouped(rows: readonly ForecastRow[]): Map<string, ForecastRow[]> {
  const groups = new Map<string, ForecastRow[]>();
  for (const row of rows) {
    const key = `${row.kind}|${row.method}`;
    const list = groups.get(key);
    if (list) list.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Won in the row's period up to its day of asking; nothing for windows that begin the day after. */
function beforeAsking(history: PipelineHistory): (row: ForecastRow) => number {
  const won = dailyWon(history, "amount");
  const known = new Map<string, number>();
  return ({origin, kind}) => {
    const key = `${kind}|${origin}`;
    let value = known.get(key);
    if (value === undefined) {
      const {period} = targetsAt(origin, history.firstMonth).find((target) => target.kind === kind)!;
      value = won.between(period.from, origin);
      known.set(key, value);
    }
    return value;
  };
}

function seriesOf(rows: readonly ForecastRow[], wonBefore: (row: ForecastRow) => number): TrackSeries {
  const all = rows.map((row) => ({row, plus: wonBefore(row), ...interval(row, wonBefore(row))}));
  const whole = (pick: (each: (typeof all)[number]) => number) => all.map((each) => Math.round(pick(each)));
  return {
    kind: rows[0]!.kind,
    method: rows[0]!.method,
    askedOn: rows.map(({origin}) => isoOf(origin)),
    to: rows.map(({to}) => isoOf(to)),
    mean: whole(({mean}) => mean),
    low80: whole(({low80}) => low80),
    high80: whole(({high80}) => high80),
    low95: whole(({low95}) => low95),
    high95: whole(({high95}) => high95),
    actual: all.map(({row, plus}) => (row.actual === null ? null : Math.round(plus + row.actual)))
  };
}

function reliabilityOf(rows: readonly ForecastRow[]): Reliability | null {
  const over = rows.filter(({actual, quantiles}) => actual !== null && quantiles);
  if (over.length < 5) return null;
  return {
    kind: over[0]!.kind,
    method: over[0]!.method,
    shares: LEVELS.map((_, i) =>
      places(over.filter(({actual, quantiles}) => actual! <= quantiles![i]!).length / over.length)
    ),
    n: over.length,
    nIndependent: Math.round(10 * independentOutcomes(over)) / 10
  };
}

/** The methods that the shown forecast of a kind was, the newest first. */
function followedOf(
  kind: string,
  groups: ReadonlyMap<string, ForecastRow[]>,
  kinds: readonly string[]
): Followed[] {
  if (!kinds.includes(kind)) return [];
  const others = [...groups].filter(([key]) => key.startsWith(`${kind}|`) && key !== `${kind}|${SHOWN}`);
  const byKey = new Map<string, string>();
  // The combination last: where a single method was chosen it has the same figures as that method.
  for (const [, list] of others)
    for (const row of list) {
      const key = identity(row);
      if (!byKey.has(key) || row.family !== "combined") byKey.set(key, row.method);
    }
  const counts = new Map<string, Followed>();
  for (const row of groups.get(`${kind}|${SHOWN}`) ?? []) {
    const method = byKey.get(identity(row)) ?? "combination";
    const found = counts.get(method) ?? {kind, method, n: 0, lastOn: ""};
    counts.set(method, {...found, n: found.n + 1, lastOn: isoOf(row.origin)});
  }
  return [...counts.values()].sort((a, b) =>
    a.lastOn < b.lastOn ? 1 : a.lastOn > b.lastOn ? -1 : b.n - a.n
  );
}

function identity({origin, mean, quantiles}: ForecastRow): string {
  return `${origin}|${mean}|${quantiles?.[2]}|${quantiles?.[18]}`;
}

/** Chances in bins of about as many deals each, with what came of them, and the mean gap between the two weighted by deals. */
export function chanceBins(
  deals: readonly {said: number; came: boolean}[],
  most = 10,
  least = 20
): {bins: ChanceBin[]; error: number} | null {
  if (deals.length < 2 * least) return null;
  const sorted = [...deals].sort((a, b) => a.said - b.said);
  const n = Math.min(most, Math.floor(sorted.length / least));
  const bins: ChanceBin[] = [];
  for (let i = 0; i < n; i++) {
    const bin = sorted.slice(Math.floor((i * sorted.length) / n), Math.floor(((i + 1) * sorted.length) / n));
    bins.push({
      from: places(bin[0]!.said),
      to: places(bin.at(-1)!.said),
      said: places(bin.reduce((sum, {said}) => sum + said, 0) / bin.length),
      came: places(bin.filter(({came}) => came).length / bin.length),
      n: bin.length
    });
  }
  const error = bins.reduce((sum, bin) => sum + bin.n * Math.abs(bin.said - bin.came), 0) / sorted.length;
  return {bins, error: places(error)};
}
