/** The days on which publishing will ask for a fitted deal model: known before anything is forecast, so that they are fitted beside that. */
import {targetsAt} from "../backtest/targets.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import {refitDay} from "./askDeals.ts";
import {MOVE_REFIT_DAYS, movesSince} from "./moves.ts";
import {QUARTER_KINDS, samePoint} from "./publishForecast.ts";

/** Past quarters on which single deals and slices are asked again; each costs a fit. */
export const MOST_POINTS = 8;

/**
 * Days of fits, ascending. Of a day that is not among them, because a build before this one asked on it, the model is fitted when its turn comes.
 * @param days on which the backtest asks
 */
export function modelDays(history: PipelineHistory, days: readonly number[]): number[] {
  const {asOf, firstMonth} = history;
  const over = days.flatMap((origin) => {
    const {window} = targetsAt(origin, firstMonth).find(({kind}) => kind === QUARTER_KINDS[0])!;
    return window.to <= asOf ? [{origin, to: window.to}] : [];
  });
  const points = samePoint(over, 0, history).slice(-MOST_POINTS);
  const moved = [...days.filter((day) => day > movesSince(asOf)), asOf];
  return [
    ...new Set([
      ...points.map(({origin}) => origin),
      ...moved.map((day) => refitDay(asOf, day, MOVE_REFIT_DAYS))
    ])
  ].sort((a, b) => a - b);
}
