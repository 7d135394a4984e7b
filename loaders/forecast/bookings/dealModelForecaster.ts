/** The model of single deals, added up: each open deal's chance by week, amount at closing, and deals to come. */
import {type DealModel, expectedByWeek, fitDealModel, project, simulate} from "../deals/projectDeals.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import type {BookingsForecaster} from "./bookingsForecaster.ts";
import {weeksAhead, windowsOfPaths} from "./windowSums.ts";

const PATHS = 500;

/** The forecaster; `fitted` lets a caller keep a fitted model for several windows or refit less often. */
export function dealModelForecaster(
  fitted: (history: PipelineHistory) => DealModel | null = fitDealModel
): BookingsForecaster {
  return {
    name: "deal by deal",
    family: "model",
    forecast(history, windows, {measure, seed}) {
      const model = fitted(history);
      if (!model) return null;
      const weeks = weeksAhead(history.asOf, windows);
      const projection = project(history, model, weeks);
      const expected = expectedByWeek(projection, measure);
      const mean = expected.open.map((value, h) => value + expected.fresh[h]!);
      const paths = simulate(projection, model, {measure, seed, nPaths: PATHS});
      return windowsOfPaths(history.asOf, windows, {paths, weeks, mean});
    }
  };
}
