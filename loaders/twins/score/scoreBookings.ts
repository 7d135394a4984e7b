/** How far forecasts of bookings are from what was to be expected, and from what came. */
import type {TrueBookings} from "./readTruth.ts";

export interface BookingsForecast {
  as_of: string;
  /** YYYY-MM. */
  month: string;
  mean_usd: number;
  /** An 80 % interval; null when the method states none. */
  p10_usd: number | null;
  p90_usd: number | null;
}

export interface BookingsScore {
  n: number;
  /** Sum of absolute differences to the expected bookings, over their sum. */
  wape_to_expected: number;
  /** Sum of differences over the sum of expected bookings. */
  bias_to_expected: number;
  /** Mean over rows of the interval's width over the true 80 % interval's; null without intervals. 1 is right. */
  relative_width_80: number | null;
}

/**
 * Scores forecasts of total bookings on the truth of the same as-of day and month.
 * @throws {RangeError} when no forecast is of a day and month that the truth knows.
 */
export function scoreBookings(
  forecasts: readonly BookingsForecast[],
  truth: readonly TrueBookings[]
): BookingsScore {
  const known = new Map(
    truth.filter(({part}) => part === "total").map((row) => [`${row.as_of} ${row.month}`, row])
  );
  const pairs = forecasts.flatMap((forecast) => {
    const expected = known.get(`${forecast.as_of} ${forecast.month}`);
    return expected ? [{forecast, expected}] : [];
  });
  if (pairs.length === 0) throw new RangeError("scoreBookings requires a forecast that the truth knows of");
  let total = 0;
  let error = 0;
  let difference = 0;
  const widths: number[] = [];
  for (const {forecast, expected} of pairs) {
    total += expected.mean_usd;
    error += Math.abs(forecast.mean_usd - expected.mean_usd);
    difference += forecast.mean_usd - expected.mean_usd;
    const width = expected.p90_usd - expected.p10_usd;
    if (forecast.p10_usd !== null && forecast.p90_usd !== null && width > 0)
      widths.push((forecast.p90_usd - forecast.p10_usd) / width);
  }
  return {
    n: pairs.length,
    wape_to_expected: error / total,
    bias_to_expected: difference / total,
    relative_width_80:
      widths.length > 0 ? widths.reduce((sum, width) => sum + width, 0) / widths.length : null
  };
}
