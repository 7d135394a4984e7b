/** Days of the firm's year on which the CRM is edited for reasons other than the deals. */
import {type Day, monthEnd, monthOf, monthStart, weekday, workdayBefore} from "../calendar/days.ts";

/** The eve of the first monthly review after `day`: reviews are on each month's second Tuesday. */
export function nextReviewEve(day: Day): Day {
  const month = monthOf(day);
  const eve = reviewEve(month);
  return eve > day ? eve : reviewEve(month + 1);
}

/** The first clean-up after `day`: operations closes dead deals on the last workday of January and of July. */
export function nextCleanUp(day: Day): Day {
  for (let month = monthOf(day); ; month++) {
    if (month % 6 !== 0) continue;
    const cleanUp = workdayBefore(monthEnd(monthStart(month)));
    if (cleanUp > day) return cleanUp;
  }
}

function reviewEve(month: number): Day {
  const first = monthStart(month);
  const toTuesday = (2 - weekday(first) + 7) % 7;
  return first + toTuesday + 6;
}
