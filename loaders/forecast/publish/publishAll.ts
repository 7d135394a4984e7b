/** From a history and its backtest to everything that pages show of the forecast. */
import type {DataPriceData} from "../../../src/slices/dataPrice.ts";
import type {DealScoresData} from "../../../src/slices/dealScores.ts";
import type {ForecastData} from "../../../src/slices/forecast.ts";
import type {SliceDimension} from "../../../src/slices/forecastSlices.ts";
import {gapsOf, type MovesData} from "../../../src/slices/moves.ts";
import type {TrackRecordData} from "../../../src/slices/trackRecord.ts";
import {SHOWN} from "../backtest/combine.ts";
import type {ForecastRow} from "../backtest/forecastRow.ts";
import {targetsAt} from "../backtest/targets.ts";
import {type DealModel, fitDealModel} from "../deals/projectDeals.ts";
import {fiscalPeriod, isoOf} from "../history/calendar.ts";
import {closings, type PipelineHistory, WON} from "../history/pipelineHistory.ts";
import {amountsByStage, datesByDue, WordsRecorder} from "./amountsAndDates.ts";
import {askDeals, chanceWithin, type DealAsking} from "./askDeals.ts";
import {PriceRecorder} from "./dataPrice.ts";
import {dealScores} from "./dealScores.ts";
import {type EarlierBuild, MoveRecorder, moveDays} from "./moves.ts";
import {
  type PublishInput,
  publishForecast,
  QUARTER_KINDS,
  roundedScores,
  samePointRows
} from "./publishForecast.ts";
import {type SliceCodes, sliceDimensions} from "./sliceCodes.ts";
import {
  drawWins,
  type PastSlices,
  recordOf,
  sliceForecast,
  slicePaths,
  stretchOf,
  wonBySlice
} from "./sliceForecast.ts";
import {chanceBins, trackRecord} from "./trackRecord.ts";

/** Past quarters on which single deals and slices are asked again; each costs a fit. */
const MOST_POINTS = 8;
const CHANCE_WEEKS = 13;
const MOVE_REFIT_DAYS = 45;

export interface Published {
  forecast: ForecastData;
  track_record: TrackRecordData;
  forecast_moves: MovesData;
  deal_scores: DealScoresData;
  data_price: DataPriceData;
}

/**
 * Everything, in one pass over the past days that need the deal model anew.
 * @param builds what earlier builds said, newest first
 * @param fitted the model of a history: fitted now, or read where it is stored
 * @throws {Error} when a split does not add up
 */
export function publishAll(
  input: PublishInput,
  builds: readonly EarlierBuild[] = [],
  fitted: (history: PipelineHistory) => DealModel | null = fitDealModel
): Published {
  const {history, rows, currency, seed, dealNames} = input;
  const scores = roundedScores(rows, seed);
  const points = samePointRows(rows, QUARTER_KINDS[0], 0, history).slice(-MOST_POINTS);
  const codes = sliceDimensions(history);
  const words = new WordsRecorder(history);
  const prices = new PriceRecorder(history, seed);
  const chances: {said: number; came: boolean}[] = [];
  const pastSlices = new Map(QUARTER_KINDS.map((kind) => [kind, codes.map((): PastSlices[] => [])]));
  for (const asking of askDeals(
    history,
    points.map(({origin}) => origin),
    1,
    fitted
  )) {
    words.add(asking);
    prices.add(asking);
    chances.push(...chancesOf(history, asking));
    for (const [kind, pasts] of pastSlices) {
      const shown = rows.find(
        (row) => row.origin === asking.day && row.kind === kind && row.method === SHOWN
      );
      if (shown?.quantiles && shown.actual !== null) addSlices(history, asking, codes, shown, pasts, seed);
    }
  }
  const moves = new MoveRecorder(history, rows, builds);
  let now: DealAsking | null = null;
  for (const asking of askDeals(
    history,
    [...new Set([...moveDays(history, rows, builds), history.asOf])],
    MOVE_REFIT_DAYS,
    fitted
  )) {
    moves.add(asking);
    if (asking.day === history.asOf) now = asking;
  }
  const asked = now;
  const forecast = publishForecast(input, scores, asked, (kind, shown) => {
    if (!asked) return [];
    const {window, period} = targetsAt(history.asOf, history.firstMonth).find(
      (target) => target.kind === kind
    )!;
    const wins = drawWins(asked, window, seed);
    return codes.map((code, i): SliceDimension => {
      const past = pastSlices.get(kind)![i]!;
      const slices = sliceForecast(slicePaths(asked, code, wins, period), code, shown, stretchOf(past));
      return {key: code.key, label: code.label, slices, record: recordOf(past)};
    });
  });
  const [quarter] = forecast.quarters;
  const about = {currency, reason: forecast.reason, dealNames};
  const told = moves.data({...about, label: quarter?.label ?? "", target: quarter?.target ?? null});
  const gaps = gapsOf(told);
  if (gaps.length > 0) throw new Error(`why the forecast moved does not add up: ${gaps.join("; ")}`);
  const bins = chanceBins(chances);
  return {
    forecast,
    track_record: trackRecord(
      {...input, reason: forecast.reason},
      scores,
      bins ? {weeks: CHANCE_WEEKS, ...bins} : null
    ),
    forecast_moves: told,
    deal_scores: {
      asOf: isoOf(history.asOf),
      currency,
      reason: asked ? null : "Chances of single deals need at least ten won deals in the exports.",
      quarter: quarter ? {label: quarter.label, to: quarter.to} : null,
      ...(asked ? dealScores(asked, dealNames) : {weeks: [], nWhole: 0, base: 0, words: [], deals: []}),
      amounts: {byStage: amountsByStage(history), past: words.amountsPast},
      dates: {byDue: datesByDue(history), past: words.datesPast}
    },
    data_price: prices.data(asked, {
      ...about,
      asOf: isoOf(history.asOf),
      quarter: quarter?.label ?? null,
      reason: forecast.reason ?? "Prices need at least ten won deals in the exports."
    })
  };
}

/** Chances given to open deals, and whether they were won in time, where that time is over. */
function chancesOf(
  history: PipelineHistory,
  {day, known, projection}: DealAsking
): {said: number; came: boolean}[] {
  const end = day + 7 * CHANCE_WEEKS;
  if (end > history.asOf) return [];
  const {outcome, closedOn} = closings(history);
  const indexOf = new Map(history.dealIds.map((id, d) => [id, d]));
  return projection.open.map((deal) => {
    const d = indexOf.get(known.dealIds[deal.state.deal]!)!;
    return {
      said: chanceWithin(deal, day, {from: day + 1, to: end}),
      came: outcome[d] === WON && closedOn[d]! > day && closedOn[d]! <= end
    };
  });
}

/** Each dimension's slices as they would have been shown on a past day, what came, and the same days of the last quarter over. */
function addSlices(
  history: PipelineHistory,
  asking: DealAsking,
  codes: readonly SliceCodes[],
  shown: ForecastRow,
  pasts: PastSlices[][],
  seed: number
): void {
  const {day, known} = asking;
  const {window, period} = targetsAt(day, history.firstMonth).find(({kind}) => kind === shown.kind)!;
  const wins = drawWins(asking, window, seed);
  const back = shown.kind === QUARTER_KINDS[0] ? -1 : -2;
  const shift = period.to - fiscalPeriod(period.to, "quarter", history.firstMonth, back).to;
  codes.forEach((code, i) => {
    const earlier = pasts[i]!.filter(({to}) => to <= day);
    const slices = sliceForecast(slicePaths(asking, code, wins, period), code, shown, stretchOf(earlier));
    const before = wonBySlice(known, code, {from: window.from - shift, to: window.to - shift});
    pasts[i]!.push({
      to: period.to,
      slices,
      actual: wonBySlice(history, code, period),
      naive: before.map((value, at) => value + slices[at]!.wonSoFar)
    });
  });
}
