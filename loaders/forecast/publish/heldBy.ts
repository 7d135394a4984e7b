import type {Held, Interval} from "../../../src/slices/forecast.ts";
import type {ForecastRow} from "../backtest/forecastRow.ts";
import {levelIndex} from "../numeric/quantiles.ts";

/** The intervals of a forecast that states its uncertainty, in cents, with what was already won added. */
export function interval({mean, quantiles}: Pick<ForecastRow, "mean" | "quantiles">, plus = 0): Interval {
  const at = (level: number) => cents(plus + quantiles![levelIndex(level)]!);
  return {
    mean: cents(plus + mean),
    median: at(0.5),
    low50: at(0.25),
    high50: at(0.75),
    low80: at(0.1),
    high80: at(0.9),
    low95: at(0.025),
    high95: at(0.975)
  };
}

/** How often outcomes that are known lay inside the intervals. */
export function heldBy(past: readonly (Interval & {actual: number | null})[]): Held {
  const over = past.filter(({actual}) => actual !== null);
  const inside = (low: "low50" | "low80" | "low95", high: "high50" | "high80" | "high95") =>
    over.filter((each) => each.actual! >= each[low] && each.actual! <= each[high]).length;
  return {
    n: over.length,
    inside50: inside("low50", "high50"),
    inside80: inside("low80", "high80"),
    inside95: inside("low95", "high95")
  };
}

/** How long ago a stated date was. */
export function passed(days: number): string {
  return `close date passed ${days} ${days === 1 ? "day" : "days"} ago`;
}

export function cents(value: number): number {
  return Math.round(value * 100) / 100;
}

export function places(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
