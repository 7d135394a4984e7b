/** How the field forecasts today: the reps' commit, category roll-up, weighted pipeline, stage rates, closed + open + new. */
import type {Span} from "../history/calendar.ts";
import {CATEGORIES, closings, LOST, NO_DAY, type PipelineHistory, WON} from "../history/pipelineHistory.ts";
import type {BookingsForecaster, Measure, WindowForecast} from "./bookingsForecaster.ts";
import {observedFrom} from "./dailyWon.ts";
import {
  everyFewWeeks,
  hasAmounts,
  hasCloseDates,
  openNow,
  pastRates,
  samePointOfQuarter,
  stateValue
} from "./pastWindows.ts";

const COMMIT = CATEGORIES.indexOf("commit");

/** Whether an open deal says it will close in the window; one overdue says so for the window that comes next. */
function isDue(history: PipelineHistory, span: number, {from, to}: Span, asOf: number): boolean {
  const due = history.closeOn[span]!;
  return due !== NO_DAY && due <= to && (due >= from || (due <= asOf && from <= asOf + 1));
}

function field(
  name: string,
  of: (history: PipelineHistory, window: Span, measure: Measure) => number | null
): BookingsForecaster {
  return {
    name,
    family: "field",
    forecast(history, windows, {measure}) {
      if (measure === "amount" && !hasAmounts(history)) return null;
      const found: WindowForecast[] = [];
      for (const {from, to} of windows) {
        const value = of(history, {from: Math.max(from, history.asOf + 1), to}, measure);
        if (value === null || !Number.isFinite(value)) return null;
        found.push({mean: Math.max(0, value), quantiles: null});
      }
      return found;
    }
  };
}

/** Everything the reps have in commit with a close date in the window. */
export const repCommit = field("rep commit", (history, window, measure) => {
  const open = openNow(history);
  if (!hasCloseDates(history) || !history.category.includes(COMMIT)) return null;
  return open
    .filter(({span}) => history.category[span] === COMMIT && isDue(history, span, window, history.asOf))
    .reduce((sum, {span}) => sum + stateValue(history, span, measure), 0);
});

/** Due deals by category, each category at the share of it that was won in earlier windows. */
export const categoryRollUp = field("category roll-up", (history, window, measure) => {
  if (!hasCloseDates(history)) return null;
  const past = everyFewWeeks(history, window, observedFrom(history));
  if (past.length < 2) return null;
  const {rate} = pastRates(history, past, measure, CATEGORIES.length, (span, then) =>
    isDue(history, span, then.window, then.asOf) ? history.category[span]! : -1
  );
  return openNow(history)
    .filter(({span}) => isDue(history, span, window, history.asOf))
    .reduce((sum, {span}) => {
      const share = rate[history.category[span]!] ?? 0;
      return sum + (Number.isNaN(share) ? 0 : share) * stateValue(history, span, measure);
    }, 0);
});

/**
 * Amount times the stage's probability of the CRM for deals due in the window. Without probabilities the win rate so far;
 * without close dates spread evenly over the mean cycle of won deals.
 */
export const weightedPipeline = field("weighted pipeline", (history, window, measure) => {
  const {outcome, closedOn} = closings(history);
  let [won, closed, days] = [0, 0, 0];
  for (let d = 0; d < history.nDeals; d++) {
    if (outcome[d] === WON || outcome[d] === LOST) closed++;
    if (outcome[d] !== WON) continue;
    won++;
    days += closedOn[d]! - history.createdOn[d]!;
  }
  if (won === 0) return null;
  const share = Math.min(1, (window.to - window.from + 1) / Math.max(1, days / won));
  const dated = hasCloseDates(history);
  return openNow(history).reduce((sum, {span}) => {
    const probability = history.stages[history.stage[span]!]?.probability ?? won / closed;
    const part = dated ? (isDue(history, span, window, history.asOf) ? 1 : 0) : share;
    return sum + part * probability * stateValue(history, span, measure);
  }, 0);
});

/** Open amount by stage at the share won from that stage at the same point of earlier quarters, plus what came new then. */
export const stageRates = field("stage rates, same point of quarter", (history, window, measure) =>
  byStage(history, measure, samePointOfQuarter(history, window, observedFrom(history)))
);

/** Won so far + open by stage at its usual rate + new, rates over all earlier windows of the length. */
export const openAndNew = field("closed + open + new", (history, window, measure) =>
  byStage(history, measure, everyFewWeeks(history, window, observedFrom(history)))
);

function byStage(
  history: PipelineHistory,
  measure: Measure,
  past: ReturnType<typeof everyFewWeeks>
): number | null {
  if (past.length < 2) return null;
  const {rate, fromNew} = pastRates(
    history,
    past,
    measure,
    history.stages.length,
    (span) => history.stage[span]!
  );
  return openNow(history).reduce((sum, {span}) => {
    const share = rate[history.stage[span]!] ?? 0;
    return sum + (Number.isNaN(share) ? 0 : share) * stateValue(history, span, measure);
  }, fromNew);
}

export const FIELD_FORECASTERS: readonly BookingsForecaster[] = [
  repCommit,
  categoryRollUp,
  weightedPipeline,
  stageRates,
  openAndNew
];
