/** Quotas: what the firm plans a region to book in a quarter, shared among its reps, with a stretch. */
import {type Day, monthOf, monthStart} from "../calendar/days.ts";
import type {RegionName} from "../names/countries.ts";
import type {Rng} from "../random/rng.ts";
import type {Rep} from "./cast.ts";

export interface QuarterQuota {
  rep: number;
  /** First month of the quarter. */
  month: number;
  amountUsd: number;
}

/**
 * A quota for each rep and quarter in which the rep works at least a month, from the quarter of `first` to the one
 * of `last`. `plannedUsd` gives what the region is expected to book in the quarter that begins with a month.
 */
export function drawQuotas(
  reps: readonly Rep[],
  plannedUsd: (region: RegionName, month: number) => number,
  first: Day,
  last: Day,
  stretch: number,
  rng: Rng
): QuarterQuota[] {
  const quotas: QuarterQuota[] = [];
  for (let month = quarterOf(monthOf(first)); month <= monthOf(last); month += 3) {
    const from = monthStart(month);
    const to = monthStart(month + 3);
    const presence = reps.map((rep) => {
      const days = Math.min(rep.endDay ?? to, to) - Math.max(rep.startDay, from);
      return days >= 30 ? Math.min(1, days / (to - from)) : 0;
    });
    const total = new Map<RegionName, number>();
    for (const [i, rep] of reps.entries()) total.set(rep.region, (total.get(rep.region) ?? 0) + presence[i]!);
    for (const [i, rep] of reps.entries()) {
      if (presence[i] === 0) continue;
      const fair = (plannedUsd(rep.region, month) * presence[i]!) / total.get(rep.region)!;
      const amountUsd = Math.max(5000, Math.round((fair * stretch * rng.between(0.9, 1.1)) / 5000) * 5000);
      quotas.push({rep: rep.index, month, amountUsd});
    }
  }
  return quotas;
}

/** First month of the calendar quarter of a month. */
export function quarterOf(month: number): number {
  return month - (month % 3);
}
