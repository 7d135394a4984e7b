/** What every forecaster of one series of numbers is: past values in, sample paths of the next ones out. */

export interface SeriesInput {
  /** Past values, oldest first, equally spaced in time; finite. May be empty. */
  y: Float64Array;
  /** Values in a season: 13 for weeks in a quarter, 4 for quarters in a year; 1 for none. */
  season: number;
  /** How many values ahead. */
  horizon: number;
  seed: number;
  nPaths?: number;
}

export interface SeriesForecast {
  /** Expected value of each step ahead, in the unit of y; `horizon` long. */
  mean: Float64Array;
  /** Sample paths, row-major, `nPaths` x `horizon`: sums over steps are quantiles of sums over a row. */
  paths: Float64Array;
  nPaths: number;
}

export interface SeriesForecaster {
  /** Stable name, used in tables and stored results. */
  name: string;
  /** How many values it needs before it can say anything. */
  needs(season: number): number;
  /**
   * Forecasts `horizon` steps, or null when there are fewer values than it needs.
   * Deterministic: the same input and seed give the same bits.
   */
  forecast(input: SeriesInput): SeriesForecast | null;
}

/** Paths a forecast has when nobody says how many. */
export const DEFAULT_PATHS = 1000;
