/** The code that what is kept between builds depends on: when it changes, that is made anew. A test holds that all they import is in them. */

const BELOW = [
  "loaders/twins/random/rng.ts",
  "src/slices/filledIn.ts",
  "src/slices/normal.ts",
  "src/slices/numeric",
  "src/slices/quantileLevels.ts"
];

/** Fitted deal models. */
export const FIT_CODE: readonly string[] = [
  ...["deals", "history", "numeric"].map((folder) => `loaders/forecast/${folder}`),
  ...["dailyWon", "pastWindows"].map((file) => `loaders/forecast/bookings/${file}.ts`),
  ...["ets", "gaussianPaths", "seriesForecaster"].map((file) => `loaders/forecast/series/${file}.ts`),
  ...BELOW
];

/** Raw forecasts of past days. */
export const BACKTEST_CODE: readonly string[] = [
  ...["backtest", "bookings", "deals", "history", "numeric", "series"].map(
    (folder) => `loaders/forecast/${folder}`
  ),
  "src/slices/rateInterval.ts",
  ...BELOW
];

/** What pages read of the forecast. */
export const FORECAST_CODE: readonly string[] = [
  "loaders/forecast",
  ...["forecastSlices", "moves", "rateInterval"].map((file) => `src/slices/${file}.ts`),
  ...BELOW
];
