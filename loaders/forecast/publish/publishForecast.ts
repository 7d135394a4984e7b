/** The forecast of this quarter and the next, with what it is made of, its slices, and how often such a forecast held. */
import type {
  FanPoint,
  ForecastData,
  OtherMethod,
  PastForecast,
  QuarterForecast
} from "../../../src/slices/forecast.ts";
import {chanceAbove} from "../../../src/slices/quantileLevels.ts";
import {COMBINATION, SHOWN} from "../backtest/combine.ts";
import type {ForecastRow} from "../backtest/forecastRow.ts";
import {type Score, scoreRows} from "../backtest/score.ts";
import {targetsAt} from "../backtest/targets.ts";
import {dailyWon} from "../bookings/dailyWon.ts";
import {FIELD_FORECASTERS} from "../bookings/fieldMethods.ts";
import {simulate} from "../deals/projectDeals.ts";
import {fiscalPeriod, isoOf, type Span} from "../history/calendar.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import {LEVELS, levelIndex, monotone, quantilesOf} from "../numeric/quantiles.ts";
import {chanceWithin, type DealAsking, freshWithin} from "./askDeals.ts";
import {cents, heldBy, interval, places} from "./heldBy.ts";

export interface PublishInput {
  history: PipelineHistory;
  /** Calibrated rows of the whole backtest, the last asking on the as-of day. */
  rows: readonly ForecastRow[];
  withheld: readonly string[];
  /** Open deals that are not scored because no day of creation is known. */
  nUndated: number;
  currency: string;
  seed: number;
  dealNames: ReadonlyMap<string, string>;
  /** What open deals state, at the rate of the as-of day, as every other page shows it; the model values them at the rate of their last change. */
  amounts: ReadonlyMap<string, number>;
  /** Quota by first day of the fiscal quarter. */
  quotas: ReadonlyMap<number, number>;
  quarterLabel: (firstDay: number) => string;
}

export const QUARTER_KINDS = ["rest of the quarter", "the quarter after"] as const;
export type QuarterKind = (typeof QUARTER_KINDS)[number];
const MOST_PAST = 16;
/** A past asking is "at the same point" when it lies within so many days of it. */
const SAME_POINT_DAYS = 4;
const FAN_PATHS = 1000;

/**
 * Puts the forecast together. With too little history it says what is missing instead.
 * @param now the deal model asked on the as-of day; null when there is none
 * @param slicesOf the slices of a quarter's shown forecast
 */
export function publishForecast(
  input: PublishInput,
  scores: readonly Score[],
  now: DealAsking | null,
  slicesOf: (kind: QuarterKind, shown: ForecastRow) => QuarterForecast["slices"]
): ForecastData {
  const {history, rows, currency, withheld, nUndated} = input;
  const quarters = isPriced(history)
    ? QUARTER_KINDS.flatMap((kind, ahead) => quarterForecast(input, scores, kind, ahead, now, slicesOf) ?? [])
    : [];
  const shown = rows.filter(
    ({method, actual, quantiles}) => method === SHOWN && actual !== null && quantiles
  );
  const model = now?.model.outcomes;
  return {
    asOf: isoOf(history.asOf),
    currency,
    reason: quarters.length > 0 ? null : missing(history),
    quarters,
    verdicts: scores.flatMap(({kind, method, verdict}) => (method === SHOWN ? [{kind, verdict}] : [])),
    held: heldBy(shown.map((row) => ({...interval(row), actual: row.actual}))),
    withheld: [...withheld],
    nUndated,
    fitted: model ? {nDeals: model.nDeals, nWon: model.nWon, nLost: model.nLost} : null
  };
}

/** Whether any deal was won at a price: else every forecast of money would be 0. */
function isPriced(history: PipelineHistory): boolean {
  return dailyWon(history, "amount").between(-1e9, history.asOf) !== 0;
}

function missing(history: PipelineHistory): string {
  const won = dailyWon(history, "wins").between(-1e9, history.asOf);
  if (won > 0 && !isPriced(history))
    return "A forecast of money needs amounts, and none of the deals won states one.";
  return `A forecast needs closings of some months; the exports have ${won} won ${won === 1 ? "deal" : "deals"}.`;
}

function quarterForecast(
  {history, rows, quotas, quarterLabel, seed}: PublishInput,
  scores: readonly Score[],
  kind: QuarterKind,
  ahead: number,
  asked: DealAsking | null,
  slicesOf: (kind: QuarterKind, shown: ForecastRow) => QuarterForecast["slices"]
): QuarterForecast | null {
  const {asOf, firstMonth} = history;
  const target = targetsAt(asOf, firstMonth).find((each) => each.kind === kind)!;
  const now = rows.filter((row) => row.origin === asOf && row.kind === kind);
  const shown = now.find(({method}) => method === SHOWN);
  if (!shown?.quantiles) return null;
  const won = dailyWon(history, "amount");
  const wonSoFar = won.between(target.period.from, asOf);
  // A combination of one method is no choice of that method.
  const same = now.filter(({method, mean}) => method !== SHOWN && mean === shown.mean);
  const followed = same.find(({method}) => method === COMBINATION) ?? same[0];
  const quota = quotas.get(target.period.from) ?? null;
  const past = pastForecasts(rows, kind, ahead, history, quarterLabel);
  const whole = interval(shown, wonSoFar);
  return {
    label: quarterLabel(target.period.from),
    from: isoOf(target.period.from),
    to: isoOf(target.period.to),
    wonSoFar,
    ...whole,
    quantiles: Array.from(shown.quantiles, (value) => cents(wonSoFar + value)),
    method: followed?.method ?? SHOWN,
    target: quota,
    targetChance: quota === null ? null : chanceAbove(shown.quantiles, quota - wonSoFar),
    parts: asked ? partsOf(asked, target.window, wonSoFar, whole.mean) : [],
    others: othersOf(now, history, target.window, wonSoFar, scores),
    wonBy: ahead === 0 ? wonBy(won, target.period.from, asOf) : [],
    fan: asked ? fanOf(asked, target.window, wonSoFar, shown, seed) : [],
    slices: slicesOf(kind, shown),
    past,
    held: heldBy(past)
  };
}

/** The shown forecasts of past quarters asked at the same point, the closest asking of each quarter, oldest first. */
export function samePointRows(
  rows: readonly ForecastRow[],
  kind: string,
  ahead: number,
  history: PipelineHistory
): ForecastRow[] {
  const over = rows.filter((row) => row.method === SHOWN && row.kind === kind && row.actual !== null);
  return samePoint(over, ahead, history);
}

/** Of askings about quarters that are over, the closest of each to where the quarter is now, oldest first. */
export function samePoint<T extends Pick<ForecastRow, "origin" | "to">>(
  askings: readonly T[],
  ahead: number,
  {asOf, firstMonth}: PipelineHistory
): T[] {
  const left = (row: T) => row.to - row.origin;
  const nowLeft = fiscalPeriod(asOf + 1, "quarter", firstMonth, ahead).to - asOf;
  const closest = new Map<number, T>();
  for (const row of askings) {
    if (Math.abs(left(row) - nowLeft) > SAME_POINT_DAYS) continue;
    const best = closest.get(row.to);
    if (!best || Math.abs(left(row) - nowLeft) < Math.abs(left(best) - nowLeft)) closest.set(row.to, row);
  }
  return [...closest.values()].sort((a, b) => a.origin - b.origin);
}

/** Forecasts of past quarters asked at the same point, the closest asking of each quarter. */
function pastForecasts(
  rows: readonly ForecastRow[],
  kind: string,
  ahead: number,
  history: PipelineHistory,
  quarterLabel: (firstDay: number) => string
): PastForecast[] {
  const {firstMonth} = history;
  const won = dailyWon(history, "amount");
  return samePointRows(rows, kind, ahead, history)
    .slice(-MOST_PAST)
    .map((row) => {
      const period = fiscalPeriod(row.to, "quarter", firstMonth);
      const before = won.between(period.from, row.origin);
      return {
        label: quarterLabel(period.from),
        askedOn: isoOf(row.origin),
        ...interval(row, before),
        actual: before + row.actual!
      };
    });
}

/** Won by the end of each day of a period so far, a point a week and the last day; the day before it first. */
function wonBy(won: ReturnType<typeof dailyWon>, from: number, asOf: number): QuarterForecast["wonBy"] {
  const days: number[] = [];
  for (let day = asOf; day > from - 1; day -= 1) days.unshift(day);
  return [from - 1, ...days].map((day) => ({on: isoOf(day), value: cents(won.between(from, day))}));
}

/**
 * The way to the quarter's end by week: the deal model's paths, each quantile scaled so that it ends where the shown
 * forecast does.
 */
function fanOf(
  {day, model, projection}: DealAsking,
  window: Span,
  wonSoFar: number,
  shown: ForecastRow,
  seed: number
): FanPoint[] {
  const {weeks} = projection;
  const paths = simulate(projection, model, {measure: "amount", seed: seed + day, nPaths: FAN_PATHS});
  const days: number[] = [];
  for (let on = window.to; on > window.from - 1; on -= 7) days.unshift(on);
  const upTo = (on: number) => {
    const sums = new Float64Array(FAN_PATHS);
    for (let path = 0; path < FAN_PATHS; path++)
      for (let h = 0; h < weeks; h++) {
        const first = day + 7 * h + 1;
        const share = Math.max(0, Math.min(on, first + 6) - Math.max(window.from, first) + 1) / 7;
        if (share > 0) sums[path]! += share * paths[path * weeks + h]!;
      }
    return {quantiles: quantilesOf(sums), mean: sums.reduce((a, b) => a + b, 0) / FAN_PATHS};
  };
  const end = upTo(window.to);
  const scaled = (value: number, from: number, to: number, share: number) =>
    from > 0 ? (value / from) * to : share * to;
  const start = {mean: 0, quantiles: new Float64Array(LEVELS.length)};
  return [{on: window.from - 1, ...start}, ...days.map((on) => ({on, ...upTo(on)}))].map(
    ({on, mean, quantiles}) => {
      const share = (on - window.from + 1) / (window.to - window.from + 1);
      const row = {
        mean: scaled(mean, end.mean, shown.mean, share),
        quantiles: monotone(
          quantiles.map((value, i) => scaled(value, end.quantiles[i]!, shown.quantiles![i]!, share))
        )
      };
      const at = (level: number) => cents(wonSoFar + row.quantiles[levelIndex(level)]!);
      return {on: isoOf(on), ...interval(row, wonSoFar), low10: at(0.45), high10: at(0.55)};
    }
  );
}

/** What each method says of the window: its own number, and the interval that its past errors teach. */
function othersOf(
  now: readonly ForecastRow[],
  history: PipelineHistory,
  window: Span,
  wonSoFar: number,
  scores: readonly Score[]
): OtherMethod[] {
  // The field's own methods state a number that calibration changes: what they said themselves is asked again.
  const said = new Map(
    FIELD_FORECASTERS.flatMap(({name, forecast}) => {
      const answer = forecast(history, [window], {measure: "amount", seed: 1})?.[0];
      return answer ? [[name, answer.mean] as const] : [];
    })
  );
  return now
    .filter(({method, quantiles}) => method !== SHOWN && quantiles)
    .map((row) => {
      const score = scores.find(({method, kind}) => method === row.method && kind === row.kind);
      return {
        method: row.method,
        family: row.family,
        said: cents(wonSoFar + (said.get(row.method) ?? row.mean)),
        ...interval(row, wonSoFar),
        wape: score && Number.isFinite(score.wape) ? places(score.wape) : null,
        coverage80: score?.coverage80 ?? null
      };
    })
    .sort((a, b) => (a.wape ?? 9) - (b.wape ?? 9));
}

/** Won, open by stage, to come, and what other methods and past errors change: they sum to the shown mean, to the cent. */
function partsOf(
  {day, known, projection}: DealAsking,
  window: Span,
  wonSoFar: number,
  mean: number
): QuarterForecast["parts"] {
  const {stages} = known;
  const byStage = new Map<number, {value: number; n: number}>();
  for (const deal of projection.open) {
    const sum = byStage.get(deal.state.stage) ?? {value: 0, n: 0};
    sum.value += chanceWithin(deal, day, window) * deal.amount;
    sum.n++;
    byStage.set(deal.state.stage, sum);
  }
  const parts: QuarterForecast["parts"] = [
    ...(wonSoFar > 0 ? [{what: "Won so far", kind: "won" as const, value: cents(wonSoFar), n: null}] : []),
    ...[...byStage]
      .sort(([a], [b]) => (stages[b]?.order ?? 0) - (stages[a]?.order ?? 0))
      .map(([stage, {value, n}]) => ({
        what: `Open in ${stages[stage]?.name ?? "no known stage"}`,
        kind: "open" as const,
        value: cents(value),
        n,
        ...(stages[stage] ? {stage: stages[stage].name} : {})
      })),
    {
      what: "Not created yet",
      kind: "new" as const,
      value: cents(freshWithin(projection, day, window)),
      n: null
    }
  ];
  const left = cents(mean - parts.reduce((sum, {value}) => sum + value, 0));
  return [...parts, {what: "Adjustment: other methods, past errors", kind: "method", value: left, n: null}];
}

/** Scores as a page shows them: four places, null for what is not finite. */
export function roundedScores(rows: readonly ForecastRow[], seed: number): Score[] {
  return scoreRows(rows, seed).map((score) => {
    const entries = Object.entries(score).map(([key, value]) => [
      key,
      typeof value === "number" ? (Number.isFinite(value) ? places(value) : null) : value
    ]);
    return Object.fromEntries(entries) as Score;
  });
}
