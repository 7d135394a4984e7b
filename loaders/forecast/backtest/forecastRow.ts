import type {Family} from "../bookings/bookingsForecaster.ts";

/** One forecast of one method for one window, and what came of it. */
export interface ForecastRow {
  /** Day of asking: nothing later was known. */
  origin: number;
  /** Name of the target; forecasts of a kind are compared with each other. */
  kind: string;
  from: number;
  to: number;
  method: string;
  family: Family;
  mean: number;
  /** At LEVELS; null for a number without its uncertainty. */
  quantiles: Float64Array | null;
  /** What was won in the window; null while it is not over. */
  actual: number | null;
}
