/** What a partner truly adds to a deal. */
import type {Day} from "../calendar/days.ts";
import type {Partner} from "./cast.ts";

/** What a training of the partner's people adds, at most three times. */
export const TRAINING_EFFECT = 0.1;

/** The partner's log hazard ratio on pull on a day: its own, and what training has added by then. */
export function partnerEffect({effect, trainedDays}: Partner, day: Day): number {
  let n = 0;
  for (const trained of trainedDays) if (trained <= day) n++;
  return effect + TRAINING_EFFECT * Math.min(3, n);
}
