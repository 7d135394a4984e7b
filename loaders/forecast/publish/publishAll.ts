/** From a history and its backtest to everything that pages show of the forecast. */
import type {DataPriceData} from "../../../src/slices/dataPrice.ts";
import type {DealScoresData} from "../../../src/slices/dealScores.ts";
import type {ForecastData} from "../../../src/slices/forecast.ts";
import type {SliceDimension} from "../../../src/slices/forecastSlices.ts";
import {gapsOf, type MovesData} from "../../../src/slices/moves.ts";
import type {TrackRecordData} from "../../../src/slices/trackRecord.ts";
import {targetsAt} from "../backtest/targets.ts";
import {type DealModel, fitDealModel} from "../deals/projectDeals.ts";
import {factorEffects} from "../effects/factorEffects.ts";
import {isoOf} from "../history/calendar.ts";
import {closings, type PipelineHistory, WON} from "../history/pipelineHistory.ts";
import {amountsByStage, datesByDue, WordsRecorder} from "./amountsAndDates.ts";
import {askDeals, chanceWithin, type DealAsking} from "./askDeals.ts";
import {PriceRecorder} from "./dataPrice.ts";
import {dealScores} from "./dealScores.ts";
import {MOST_POINTS} from "./modelDays.ts";
import {type EarlierBuild, MOVE_REFIT_DAYS, MoveRecorder, moveDays} from "./moves.ts";
import {
  type PublishInput,
  publishForecast,
  QUARTER_KINDS,
  roundedScores,
  samePointRows
} from "./publishForecast.ts";
import {SliceRecorder} from "./sliceBacktest.ts";
import {sliceDimensions} from "./sliceCodes.ts";
import {drawWins, recordOf, sliceForecast, slicePaths, stretchOf} from "./sliceForecast.ts";
import {chanceBins, slicesHeld, trackRecord} from "./trackRecord.ts";

const CHANCE_WEEKS = 13;

/** Told first how many days will be asked of, gives what is told each of them. */
export type OnDays = (n: number) => (day: number) => void;

export interface Published {
  forecast: ForecastData;
  track_record: TrackRecordData;
  forecast_moves: MovesData;
  /** The same of the quarter after. */
  forecast_moves_next: MovesData;
  deal_scores: DealScoresData;
  data_price: DataPriceData;
}

/**
 * Everything, in one pass over the past days that need the deal model anew.
 * @param builds what earlier builds said, newest first
 * @param fitted the model of a history: fitted now, or read where it is stored
 * @param onDays hears of the days that are asked of
 * @throws {Error} when a split does not add up
 */
export function publishAll(
  input: PublishInput,
  builds: readonly EarlierBuild[] = [],
  fitted: (history: PipelineHistory) => DealModel | null = fitDealModel,
  onDays: OnDays = () => () => {}
): Published {
  const {history, rows, currency, seed, dealNames, amounts} = input;
  const scores = roundedScores(rows, seed);
  const points = samePointRows(rows, QUARTER_KINDS[0], 0, history).slice(-MOST_POINTS);
  const codes = sliceDimensions(history);
  const words = new WordsRecorder(history);
  const prices = new PriceRecorder(history, seed);
  const chances: {said: number; came: boolean}[] = [];
  const movedOn = [...new Set([...moveDays(history, rows, builds), history.asOf])];
  const onDay = onDays(points.length + movedOn.length);
  const slices = new SliceRecorder(history, rows, codes, seed);
  for (const asking of askDeals(
    history,
    points.map(({origin}) => origin),
    1,
    fitted
  )) {
    onDay(asking.day);
    words.add(asking);
    prices.add(asking);
    for (const chance of chancesOf(history, asking)) chances.push(chance);
    slices.add(asking);
  }
  const moves = QUARTER_KINDS.map((kind) => new MoveRecorder(history, rows, builds, kind));
  let now: DealAsking | null = null;
  for (const asking of askDeals(history, movedOn, MOVE_REFIT_DAYS, fitted)) {
    onDay(asking.day);
    for (const each of moves) each.add(asking);
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
      const past = slices.pasts(kind)[i]!;
      const cut = sliceForecast(slicePaths(asked, code, wins, period), code, shown, stretchOf(past));
      return {key: code.key, label: code.label, slices: cut, record: recordOf(past)};
    });
  });
  const [quarter] = forecast.quarters;
  const about = {currency, reason: forecast.reason, dealNames, amounts};
  const quarterOf = (recorder: MoveRecorder | undefined) =>
    forecast.quarters.find(({to}) => to === (recorder && isoOf(recorder.quarter.to)));
  const [told, toldNext] = moves.map((each, i) => {
    const {label = "", target = null} = quarterOf(each) ?? {};
    const data = each.data({...about, label, target, after: quarterOf(moves[i + 1])?.label ?? null});
    const gaps = gapsOf(data);
    if (gaps.length > 0) throw new Error(`why the forecast moved does not add up: ${gaps.join("; ")}`);
    return data;
  }) as [MovesData, MovesData];
  const bins = chanceBins(chances);
  const noneOpen = asked?.projection.open.length === 0 ? `No deal is open${undatedToo(input)}.` : null;
  return {
    forecast,
    track_record: trackRecord(
      {...input, reason: forecast.reason},
      scores,
      bins ? {weeks: CHANCE_WEEKS, ...bins} : null,
      slicesHeld(slices.rows)
    ),
    forecast_moves: told,
    forecast_moves_next: toldNext,
    deal_scores: {
      asOf: isoOf(history.asOf),
      currency,
      reason: asked ? noneOpen : "Chances of single deals need at least ten won deals in the exports.",
      quarter: quarter ? {label: quarter.label, to: quarter.to} : null,
      noQuarter: forecast.reason,
      ...(asked
        ? dealScores(asked, dealNames, amounts)
        : {weeks: [], nWhole: 0, base: 0, words: [], deals: []}),
      held: bins && {weeks: CHANCE_WEEKS, n: chances.length, error: bins.error},
      amounts: {byStage: amountsByStage(history), past: words.amountsPast},
      dates: {byDue: datesByDue(history), past: words.datesPast},
      effects: factorEffects(history)
    },
    data_price: prices.data(quarter && !noneOpen ? asked : null, {
      ...about,
      asOf: isoOf(history.asOf),
      quarter: quarter?.label ?? null,
      reason: forecast.reason ?? noneOpen ?? "Prices need at least ten won deals in the exports."
    })
  };
}

function undatedToo({nUndated}: PublishInput): string {
  return nUndated > 0
    ? " but those whose day of creation the exports do not say, and they are not scored"
    : "";
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
