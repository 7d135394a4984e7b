/** ARR of single customers on any day, from what they gained and lost. Money in cents. */
import type {FactTable} from "../facts.js";
import {centsAt, dayAt, numberAt, wordAt} from "../partners/columns.js";

/** One customer's ARR as steps: from each of `days` on it is the level beside it. */
export interface AccountLevels {
  account: number;
  days: number[];
  levels: number[];
  /** Sum of the steps agreed at signing up to that day, of a customer that stayed. */
  agreed: number[];
}

/** Levels of every customer of the rows, which are ordered by customer and day. */
export function accountLevels(changes: FactTable, rows: readonly number[]): AccountLevels[] {
  const found: AccountLevels[] = [];
  for (const row of rows) {
    const account = numberAt(changes, "account", row)!;
    if (found.at(-1)?.account !== account) found.push({account, days: [], levels: [], agreed: []});
    const current = found.at(-1)!;
    const day = dayAt(changes, "moved_on", row)!;
    const level = (current.levels.at(-1) ?? 0) + (centsAt(changes, "change", row) ?? 0);
    const step = wordAt(changes, "state", row) === "stays" ? (centsAt(changes, "step_arr", row) ?? 0) : 0;
    const agreed = (current.agreed.at(-1) ?? 0) + step;
    const last = current.days.length - 1;
    if (current.days[last] === day) {
      current.levels[last] = level;
      current.agreed[last] = agreed;
    } else {
      current.days.push(day);
      current.levels.push(level);
      current.agreed.push(agreed);
    }
  }
  return found;
}

/** Position of the last step on or before the day; -1 before the first. */
export function stepAt({days}: AccountLevels, day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** ARR at the end of a day. */
export function levelAt(levels: AccountLevels, day: number): number {
  return levels.levels[stepAt(levels, day)] ?? 0;
}
