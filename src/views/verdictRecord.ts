/** The track record of verdicts on partners, in words for beside them. */
import {COMPARED} from "../slices/partners/compare/measures.js";
import type {VerdictRecord} from "../slices/partners/verdictRecord.js";

/** Rounded down to whole verdicts of a hundred, so that no 100 of 100 is said of 199 of 200; false ones are rounded up. */
export function verdictRecordWords({right, told, falseTold, alike, least}: VerdictRecord): string {
  const fewest = least
    ? ` (fewest in ${COMPARED[least.key].label.toLowerCase()}: ${hundredths(least.right, least.told)})`
    : "";
  const wrongs = Math.ceil((100 * falseTold) / alike);
  return `On made-up firms where the truth is known, verdicts like these were right ${hundredths(right, told)} of 100 times${fewest}; where no partner differed from another, one was given in ${wrongs} of 100 comparisons.`;
}

function hundredths(part: number, all: number): number {
  return Math.floor((100 * part) / all);
}
