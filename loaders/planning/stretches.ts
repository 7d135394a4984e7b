/** Which weeks of winning are asked of each resource: by month of need, the next 13 and 26 weeks, and those to be decided before the win. */
import {middleOf, monthsAhead, weeksToDecide} from "../../src/slices/material/placing.ts";
import {DECIDE_WEEKS, PLAN_WEEKS} from "../../src/slices/material/planningData.ts";
import type {Resources} from "./resources.ts";
import type {Weeks} from "./simulateDemand.ts";

export const WINDOWS = [13, PLAN_WEEKS] as const;

export interface Stretches {
  /** Months ahead of the as-of day's of the first month in which a deal won from now on needs its material. */
  firstMonth: number;
  nMonths: number;
  /** By resource: the months, then WINDOWS, then DECIDE_WEEKS (none for sums, centres and materials without lead time). */
  of: Weeks[][];
}

export function stretchesOf(
  asOf: number,
  materialDays: number,
  resources: Pick<Resources, "n">,
  leadDays: readonly (number | null)[]
): Stretches {
  const monthOf = (week: number) => monthsAhead(middleOf(week, asOf) + materialDays, asOf);
  const months: Weeks[] = [];
  const firstMonth = monthOf(1);
  for (let week = 1; week <= PLAN_WEEKS; week++) {
    const at = monthOf(week) - firstMonth;
    if (months[at]) months[at].to = week;
    else months[at] = {from: week, to: week};
  }
  const windows = WINDOWS.map((to) => ({from: 1, to}));
  return {
    firstMonth,
    nMonths: months.length,
    of: Array.from({length: resources.n}, (_, r) => {
      const lead = leadDays[r] ?? null;
      const decide =
        lead === null
          ? []
          : DECIDE_WEEKS.map((weeks) => ({
              from: 1,
              to: weeksToDecide(lead, materialDays, 7 * weeks, PLAN_WEEKS)
            }));
      return [...months, ...windows, ...decide];
    })
  };
}
