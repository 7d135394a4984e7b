/** From a history to the forecast that is published: quarters with their track record, methods compared, open deals scored. */
import type {
  DealScore,
  ForecastData,
  Held,
  Interval,
  PastForecast,
  QuarterForecast
} from "../../src/slices/forecast.ts";
import {chanceAbove} from "../../src/slices/quantileLevels.ts";
import {SHOWN} from "./backtest/combine.ts";
import type {ForecastRow} from "./backtest/forecastRow.ts";
import {type Score, scoreRows} from "./backtest/score.ts";
import {targetsAt} from "./backtest/targets.ts";
import {dailyWon} from "./bookings/dailyWon.ts";
import {expectedAmount} from "./deals/amounts.ts";
import {explainDeals, type Factor} from "./deals/outcomeModel.ts";
import {
  type DealModel,
  expectedByWeek,
  fitDealModel,
  type OpenDeal,
  type Projection,
  project
} from "./deals/projectDeals.ts";
import {fiscalPeriod, isoOf, type Span} from "./history/calendar.ts";
import {NO_DAY, type PipelineHistory} from "./history/pipelineHistory.ts";
import {levelIndex} from "./numeric/quantiles.ts";

export interface PublishInput {
  history: PipelineHistory;
  /** Calibrated rows of the whole backtest, the last asking on the as-of day. */
  rows: readonly ForecastRow[];
  withheld: readonly string[];
  currency: string;
  seed: number;
  dealNames: ReadonlyMap<string, string>;
  /** Quota by first day of the fiscal quarter. */
  quotas: ReadonlyMap<number, number>;
  quarterLabel: (firstDay: number) => string;
}

const WEEKS = 27;
const QUARTER_KINDS = ["rest of the quarter", "the quarter after"] as const;
const MOST_PAST = 16;
/** A past asking is "at the same point" when it lies within so many days of it. */
const SAME_POINT_DAYS = 4;

/** Puts everything together. With too little history it says what is missing instead of a forecast. */
export function publishForecast(input: PublishInput): ForecastData {
  const {history, rows, currency, seed, withheld} = input;
  const model = fitDealModel(history);
  const projection = model ? project(history, model, WEEKS) : null;
  const quarters = QUARTER_KINDS.flatMap(
    (kind, ahead) => quarterForecast(input, kind, ahead, model, projection) ?? []
  );
  const shown = rows.filter(
    ({method, actual, quantiles}) => method === SHOWN && actual !== null && quantiles
  );
  return {
    asOf: isoOf(history.asOf),
    currency,
    reason: quarters.length > 0 ? null : missing(history),
    quarters,
    scores: scoreRows(rows, seed).map(rounded),
    held: heldBy(shown.map((row) => ({...interval(row, 0), actual: row.actual}))),
    deals: model && projection ? dealScores(input, model, projection) : [],
    withheld: [...withheld],
    fitted: model
      ? {nDeals: model.outcomes.nDeals, nWon: model.outcomes.nWon, nLost: model.outcomes.nLost}
      : null
  };
}

function missing(history: PipelineHistory): string {
  const won = dailyWon(history, "wins").between(-1e9, history.asOf);
  return `A forecast needs closings of some months; the exports have ${won} won ${won === 1 ? "deal" : "deals"}.`;
}

function quarterForecast(
  {history, rows, quotas, quarterLabel}: PublishInput,
  kind: (typeof QUARTER_KINDS)[number],
  ahead: number,
  model: DealModel | null,
  projection: Projection | null
): QuarterForecast | null {
  const {asOf, firstMonth} = history;
  const target = targetsAt(asOf, firstMonth).find((each) => each.kind === kind)!;
  const now = rows.filter((row) => row.origin === asOf && row.kind === kind);
  const shown = now.find(({method}) => method === SHOWN);
  if (!shown?.quantiles) return null;
  const won = dailyWon(history, "amount");
  const wonSoFar = won.between(target.period.from, asOf);
  const followed = now.find(
    ({method, mean, family}) =>
      method !== SHOWN && mean === shown.mean && (family === "combined" || method !== "combination")
  );
  const quota = quotas.get(target.period.from) ?? null;
  const past = pastForecasts(rows, kind, ahead, history, quarterLabel);
  const scores = scoreRows(
    rows.filter((row) => row.kind === kind),
    1
  );
  return {
    label: quarterLabel(target.period.from),
    from: isoOf(target.period.from),
    to: isoOf(target.period.to),
    wonSoFar,
    ...interval(shown, wonSoFar),
    quantiles: Array.from(shown.quantiles, (value) => cents(wonSoFar + value)),
    method: followed?.method ?? SHOWN,
    target: quota,
    targetChance: quota === null ? null : chanceAbove(shown.quantiles, quota - wonSoFar),
    parts: model && projection ? partsOf(history, target.window, wonSoFar, projection) : [],
    others: now
      .filter(({method}) => method !== SHOWN)
      .map(({method, mean}) => ({
        method,
        mean: wonSoFar + mean,
        wape: scores.find((score) => score.method === method)?.wape ?? null
      }))
      .sort((a, b) => (a.wape ?? 9) - (b.wape ?? 9)),
    past,
    held: heldBy(past)
  };
}

/** Forecasts of past quarters asked at the same point, the closest asking of each quarter. */
function pastForecasts(
  rows: readonly ForecastRow[],
  kind: string,
  ahead: number,
  history: PipelineHistory,
  quarterLabel: (firstDay: number) => string
): PastForecast[] {
  const {asOf, firstMonth} = history;
  const won = dailyWon(history, "amount");
  const left = (row: Pick<ForecastRow, "origin" | "to">) => row.to - row.origin;
  const nowLeft = fiscalPeriod(asOf + 1, "quarter", firstMonth, ahead).to - asOf;
  const closest = new Map<number, ForecastRow>();
  for (const row of rows) {
    if (row.method !== SHOWN || row.kind !== kind || row.actual === null) continue;
    if (Math.abs(left(row) - nowLeft) > SAME_POINT_DAYS) continue;
    const best = closest.get(row.to);
    if (!best || Math.abs(left(row) - nowLeft) < Math.abs(left(best) - nowLeft)) closest.set(row.to, row);
  }
  return [...closest.values()]
    .sort((a, b) => a.origin - b.origin)
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

/** The intervals of a forecast, with what was already won added. */
function interval({mean, quantiles}: Pick<ForecastRow, "mean" | "quantiles">, plus: number): Interval {
  const at = (level: number) => cents(plus + quantiles![levelIndex(level)]!);
  return {
    mean: cents(plus + mean),
    median: at(0.5),
    low50: at(0.25),
    high50: at(0.75),
    low80: at(0.1),
    high80: at(0.9),
    low95: at(0.025),
    high95: at(0.975)
  };
}

function heldBy(past: readonly (Interval & {actual: number | null})[]): Held {
  const over = past.filter(({actual}) => actual !== null);
  const inside = (low: "low50" | "low80" | "low95", high: "high50" | "high80" | "high95") =>
    over.filter((each) => each.actual! >= each[low] && each.actual! <= each[high]).length;
  return {
    n: over.length,
    inside50: inside("low50", "high50"),
    inside80: inside("low80", "high80"),
    inside95: inside("low95", "high95")
  };
}

/** Chance of a deal to be won within a window, from its weekly curve, days of a week counting alike. */
function chanceWithin({curve}: Pick<OpenDeal, "curve">, asOf: number, {from, to}: Span): number {
  const upTo = (days: number) => {
    if (days <= 0) return 0;
    const week = Math.min(curve.won.length - 1, Math.floor(days / 7));
    const before = week > 0 ? curve.won[week - 1]! : 0;
    return before + (curve.won[week]! - before) * Math.min(1, days / 7 - week);
  };
  return upTo(to - asOf) - upTo(from - 1 - asOf);
}

function partsOf(
  history: PipelineHistory,
  window: Span,
  wonSoFar: number,
  projection: Projection
): QuarterForecast["parts"] {
  const {asOf, stages} = history;
  const byStage = new Map<number, {value: number; n: number}>();
  for (const deal of projection.open) {
    const sum = byStage.get(deal.state.stage) ?? {value: 0, n: 0};
    sum.value += chanceWithin(deal, asOf, window) * deal.amount;
    sum.n++;
    byStage.set(deal.state.stage, sum);
  }
  const fresh = expectedByWeek(projection, "amount").fresh;
  let ofNew = 0;
  fresh.forEach((value, h) => {
    const first = asOf + 7 * h + 1;
    ofNew += (value * Math.max(0, Math.min(window.to, first + 6) - Math.max(window.from, first) + 1)) / 7;
  });
  return [
    ...(wonSoFar > 0 ? [{what: "Won so far", kind: "won" as const, value: cents(wonSoFar), n: null}] : []),
    ...[...byStage]
      .sort(([a], [b]) => (stages[b]?.order ?? 0) - (stages[a]?.order ?? 0))
      .map(([stage, {value, n}]) => ({
        what: `Open in ${stages[stage]?.name ?? "no known stage"}`,
        kind: "open" as const,
        value: cents(value),
        n
      })),
    {what: "Not created yet", kind: "new" as const, value: cents(ofNew), n: null}
  ];
}

function dealScores(
  {history, dealNames}: PublishInput,
  {outcomes, amounts}: DealModel,
  projection: Projection
): DealScore[] {
  const {asOf, firstMonth, dealIds, stages, owners} = history;
  const quarter = {from: asOf + 1, to: fiscalPeriod(asOf + 1, "quarter", firstMonth).to};
  const {factors} = explainDeals(
    outcomes,
    projection.open.map(({state}) => state)
  );
  return projection.open
    .map((deal, i): DealScore => {
      const {state, curve} = deal;
      const chance = chanceWithin(deal, asOf, quarter);
      const id = dealIds[state.deal]!;
      return {
        deal_id: id,
        deal_name: dealNames.get(id) ?? id,
        stage: stages[state.stage]?.name ?? null,
        owner: owners[state.owner] ?? null,
        amount: Number.isNaN(state.amount) ? null : state.amount,
        close_on: state.closeOn === NO_DAY ? null : isoOf(state.closeOn),
        p_quarter: places(chance),
        p_half_year: places(curve.won[25]!),
        p_lost: places(curve.lost[25]!),
        expected: cents(chance * expectedAmount(history, amounts, state.span)),
        why: inWords(factors[i]!),
        doubt: doubtOf(state.closeOn, asOf, quarter.to, chance, curve.won[25]!)
      };
    })
    .sort((a, b) => b.expected - a.expected);
}

/** The strongest parts of a score: "Stage: Negotiation (odds ×2.1); ...". */
export function inWords(factors: readonly Factor[], most = 3): string {
  const strongest = [...factors]
    .filter(
      ({effect, group}) =>
        Math.abs(effect) > 0.1 && group !== "Weeks ahead" && !group.startsWith("Week of the quarter")
    )
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
    .slice(0, most);
  if (strongest.length === 0) return "like the average open deal";
  return strongest
    .map(({what, effect}) => `${what} (odds ×${Math.exp(effect).toFixed(effect < -0.69 ? 2 : 1)})`)
    .join("; ");
}

function doubtOf(
  closeOn: number,
  asOf: number,
  quarterEnd: number,
  chance: number,
  half: number
): string | null {
  if (closeOn === NO_DAY) return "no close date";
  if (closeOn < asOf) return `its date passed ${asOf - closeOn} days ago`;
  if (closeOn <= quarterEnd && chance < 0.1) return "due this quarter, hardly ever won by then";
  return half < 0.05 ? "deals like this are hardly ever won" : null;
}

function rounded(score: Score): Score {
  const entries = Object.entries(score).map(([key, value]) => [
    key,
    typeof value === "number" ? (Number.isFinite(value) ? places(value) : null) : value
  ]);
  return Object.fromEntries(entries) as Score;
}

function places(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function cents(value: number): number {
  return Math.round(value * 100) / 100;
}
