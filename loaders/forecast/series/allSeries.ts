import {ets} from "./ets.ts";
import {mean, naive, runRate, seasonalNaive} from "./naive.ts";
import type {SeriesForecaster} from "./seriesForecaster.ts";
import {theta} from "./theta.ts";

/** Every method that looks at nothing but past values. */
export const SERIES_FORECASTERS: readonly SeriesForecaster[] = [
  naive,
  seasonalNaive,
  mean,
  runRate,
  ets,
  theta
];
