/** How each kind of rep keeps the CRM: the numbers behind the words. */
import type {Habit} from "./cast.ts";

export interface HabitNumbers {
  /** Factor on the time a deal is said to need. */
  closeOptimism: number;
  /** Factor on early estimates of the amount. */
  amountOptimism: number;
  /** Chance that the deal is entered only when it is well under way. */
  lateEntry: number;
  /** Days until a loss is entered, mean. */
  lossDelay: number;
  /** Moves wait for the next review (or the end of the deal). */
  waitsForReview: boolean;
  /** Days an overdue close date is left standing, mean. */
  overdueDelay: number;
  /** Steps added to the stage's forecast category, by open stage from the end: [last, last but one]. */
  categoryShift: readonly [number, number];
}

export const HABIT_NUMBERS: Record<Habit, HabitNumbers> = {
  plain: habit(1, 1.05, 0, 3, false, 4, [0, 0]),
  sandbagger: habit(1.5, 0.85, 0.4, 2, false, 3, [-2, -1]),
  happy_ears: habit(0.55, 1.2, 0, 12, false, 3, [0, 1]),
  never_updates: habit(1, 1.05, 0, 35, true, 30, [0, 0]),
  quarter_pusher: habit(0.9, 1.05, 0, 4, false, 2, [0, 1])
};

function habit(
  closeOptimism: number,
  amountOptimism: number,
  lateEntry: number,
  lossDelay: number,
  waitsForReview: boolean,
  overdueDelay: number,
  categoryShift: [number, number]
): HabitNumbers {
  return {
    closeOptimism,
    amountOptimism,
    lateEntry,
    lossDelay,
    waitsForReview,
    overdueDelay,
    categoryShift
  };
}
