/** The track record of verdicts on partners, in words for beside them. */
import {count} from "../components/format.js";
import type {MeasureKey} from "../slices/partners/compare/measures.js";
import type {FalseOfAlike, VerdictRecord} from "../slices/partners/recordShape.js";
import {alikeNear, isKnownUnsure} from "../slices/partners/saidVerdict.js";
import {COMPARE_RECORD} from "../slices/partners/verdictRecord.js";
import {SURE} from "../slices/shrunkenRates.js";

const MADE_UP = "on made-up firms where the truth is known";

/** Of Partner benchmark. Right ones are rounded down to whole verdicts of a hundred, so that no 100 of 100 is said of 199 of 200; false ones up. */
export function verdictRecordWords({right, told, ...none}: VerdictRecord): string {
  const rights = Math.floor((100 * right) / told);
  return `On made-up firms where the truth is known, such verdicts were right ${rights} of 100 times; where no partner differed from another, one was given in ${wrongs(none)} of 100 comparisons.`;
}

/** Of one figure of How you compare: "right 270 of 276", "not judged". */
export function figureRecordWords(key: MeasureKey, {figures} = COMPARE_RECORD): string {
  const record = figures[key];
  if (!record) return "not judged";
  return `right ${count(record.right)} of ${count(record.told)}${isKnownUnsure(record) ? ": not told" : ""}`;
}

/** What the figures beside the verdicts are, and how often a group of this size is told one that is false. */
export function compareRecordWords(partners: number, record = COMPARE_RECORD): string {
  const near = alikeNear(partners, record);
  return `Beside a verdict stands how often such verdicts on the figure were right ${MADE_UP}; where that is known to be less than ${Math.round(100 * SURE)}%, none is told. In groups of ${near.partners} where no partner differed from another, one was given in ${wrongs(near)} of 100 comparisons of a win rate.`;
}

function wrongs({falseTold, alike}: FalseOfAlike): number {
  return Math.ceil((100 * falseTold) / alike);
}
