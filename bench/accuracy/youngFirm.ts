/** Histories with less in them: a firm that is young, or one whose exports hold no more than beginnings and ends. */

import type {ForecastRow} from "../../loaders/forecast/backtest/forecastRow.ts";
import {allForecasters} from "../../loaders/forecast/backtest/runBacktest.ts";
import type {Measure} from "../../loaders/forecast/bookings/bookingsForecaster.ts";
import {dailyWon} from "../../loaders/forecast/bookings/dailyWon.ts";
import {buildHistory, type SpanRow} from "../../loaders/forecast/history/buildHistory.ts";
import type {Span} from "../../loaders/forecast/history/calendar.ts";
import {
  CATEGORIES,
  knownAt,
  NO_DAY,
  type PipelineHistory
} from "../../loaders/forecast/history/pipelineHistory.ts";

const OUTCOMES = ["open", "won", "lost", "gone"] as const;

/** What would be known of a history by `asOf` if no deal that closed before `from` had ever been recorded. */
export function youngFirm(history: PipelineHistory, from: number, asOf: number): PipelineHistory {
  return rebuilt(knownAt(history, asOf), (spans) => {
    const last = spans.at(-1)!;
    return last.outcome !== "open" && last.from < from ? [] : spans;
  });
}

/** Without stages, close dates, categories and changes of amounts: beginnings and ends alone. */
export function onlyOutcomes(history: PipelineHistory): PipelineHistory {
  return rebuilt(history, (spans) =>
    spans
      .filter(({outcome}, i) => i === 0 || outcome !== spans[i - 1]!.outcome)
      .map((span) => ({
        ...span,
        stage: span.outcome === "open" ? "open" : span.outcome === "won" ? "won" : "lost",
        amount: span.outcome === "open" ? spans[0]!.amount! : span.amount!,
        closeOn: null,
        category: null
      }))
  );
}

function rebuilt(history: PipelineHistory, keep: (spans: SpanRow[]) => SpanRow[]): PipelineHistory {
  const rows: SpanRow[] = [];
  for (let d = 0; d < history.nDeals; d++) {
    const spans: SpanRow[] = [];
    for (let s = history.spanStart[d]!; s < history.spanStart[d + 1]!; s++)
      spans.push({
        deal: history.dealIds[d]!,
        from: history.from[s]!,
        outcome: OUTCOMES[history.outcome[s]!]!,
        stage: history.stages[history.stage[s]!]?.id ?? null,
        amount: Number.isNaN(history.amount[s]!) ? null : history.amount[s]!,
        closeOn: history.closeOn[s]! === NO_DAY ? null : history.closeOn[s]!,
        owner: history.owners[history.owner[s]!] ?? null,
        category: CATEGORIES[history.category[s]!] ?? null
      });
    rows.push(...keep(spans));
  }
  const plain = rows.some(({stage}) => stage === "open");
  const words = Object.entries(history.attributes).map(
    ([name, {codes, words: list}]) =>
      [name, new Map(history.dealIds.map((id, d) => [id, list[codes[d]!] ?? null]))] as const
  );
  return buildHistory({
    rows,
    stages: plain
      ? (["open", "won", "lost"] as const).map((kind, i) => ({
          id: kind,
          name: kind,
          order: i + 1,
          kind,
          probability: kind === "open" ? null : kind === "won" ? 1 : 0
        }))
      : history.stages,
    attributes: Object.fromEntries(words),
    labels: Object.fromEntries(Object.entries(history.attributes).map(([name, {label}]) => [name, label])),
    asOf: history.asOf,
    firstMonth: history.firstMonth
  });
}

/** Asks every method at the end of each window about the next `horizon` ones. */
export function askWindows(
  history: PipelineHistory,
  {
    windows,
    horizon,
    first,
    measure
  }: {windows: readonly Span[]; horizon: number; first: number; measure: Measure}
): ForecastRow[] {
  const won = dailyWon(history, measure);
  const forecasters = allForecasters(28);
  const rows: ForecastRow[] = [];
  for (let index = first; index < windows.length - 1; index++) {
    const origin = windows[index]!.to;
    const known = knownAt(history, origin);
    const ahead = windows.slice(index + 1, index + 1 + horizon);
    for (const {name, family, forecast} of forecasters)
      forecast(known, ahead, {measure, seed: index})?.forEach(({mean, quantiles}, step) => {
        const {from, to} = ahead[step]!;
        rows.push({
          origin,
          kind: `step ${step + 1}`,
          from,
          to,
          method: name,
          family,
          mean,
          quantiles,
          actual: won.between(from, to)
        });
      });
  }
  return rows;
}
