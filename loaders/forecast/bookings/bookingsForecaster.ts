/** What every forecaster of bookings is: what was known on a day in, the distribution of what will be won in each window out. */
import type {Span} from "../history/calendar.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";

/** What is counted: money won in base currency, or the number of deals won. */
export type Measure = "amount" | "wins";

/** How a method came to be in the comparison. */
export type Family = "naive" | "series" | "field" | "model" | "combined";

export interface ForecastOptions {
  measure: Measure;
  seed: number;
}

export interface WindowForecast {
  /** Expected value in the window, in the unit of the measure; not negative. */
  mean: number;
  /** Quantiles at LEVELS, not decreasing, not negative; null when the method states a number without its uncertainty. */
  quantiles: Float64Array | null;
}

export interface BookingsForecaster {
  /** Stable name, used in tables and stored results. */
  name: string;
  family: Family;
  /**
   * Forecasts each window: what will be won on its days after `history.asOf` (days up to then are over and not counted).
   * Uses nothing but the history; the same history, windows and options give the same bits.
   * @returns one forecast a window, or null when the history does not hold what the method needs
   */
  forecast(
    history: PipelineHistory,
    windows: readonly Span[],
    options: ForecastOptions
  ): readonly WindowForecast[] | null;
}
