/** What the Overview says of the quarters to come: the published forecast without its deals and its past. */
import type {ForecastData, QuarterForecast} from "./forecast.js";

export type QuarterOutlook = Pick<
  QuarterForecast,
  "label" | "mean" | "low80" | "high80" | "target" | "targetChance" | "held" | "parts"
>;

/** The outlook of each forecast quarter. */
export function outlookOf({quarters}: Pick<ForecastData, "quarters">): QuarterOutlook[] {
  return quarters.map(({label, mean, low80, high80, target, targetChance, held, parts}) => ({
    label,
    mean,
    low80,
    high80,
    target,
    targetChance,
    held,
    parts
  }));
}

/** That of a period; null where the forecast does not hold for what is shown: another period, or a part of the deals. */
export function outlookFor(
  outlook: readonly QuarterOutlook[],
  period: string,
  filters: Readonly<Record<string, readonly string[]>>
): QuarterOutlook | null {
  if (Object.values(filters).some((chosen) => chosen.length > 0)) return null;
  return outlook.find(({label}) => label === period) ?? null;
}
