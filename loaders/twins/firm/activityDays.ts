/** Days on which the owner of a deal noted an activity. */
import {type Day, workdayAfter} from "../calendar/days.ts";
import type {Rng} from "../random/rng.ts";
import type {DealLife} from "./deal.ts";

/** Days between two noted activities of a rep who notes what happens. */
const GAP_DAYS = 15;
/** What is left of the activity once a deal has fallen asleep. */
const ASLEEP = 0.08;

/**
 * Workdays from `from` to `to` in order, at most 60. `care` is 1 for a rep who notes activities, less for one who
 * does not.
 */
export function activityDays(life: DealLife, from: Day, to: Day, care: number, rng: Rng): Day[] {
  const days: Day[] = [];
  const asleepFrom = life.outcome === "stuck" ? life.outcomeDay : to + 1;
  let day = from + Math.floor(rng.next() * 3);
  while (days.length < 60) {
    const workday = workdayAfter(day);
    if (workday > to) break;
    days.push(workday);
    const gap = (GAP_DAYS / care / (day >= asleepFrom ? ASLEEP : 1)) * rng.exponential();
    day = workday + 1 + Math.floor(gap);
  }
  return days;
}
