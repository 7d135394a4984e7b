/** Which verdicts on partners are told, by how often such verdicts were right where the truth is known. */
import {rateInterval} from "../rateInterval.js";
import {SURE} from "../shrunkenRates.js";
import type {ComparedMeasure, Verdict} from "./compare/comparePeers.js";
import type {AlikeGroups, CompareRecord, RightOfTold} from "./recordShape.js";
import {COMPARE_RECORD} from "./verdictRecord.js";

/** A verdict as the page says it; "withheld" is a side that is not told. */
export type SaidVerdict = Verdict | "withheld";

/**
 * Whether verdicts with this record are known to be right less often than the chance that they stand for: their share is below it, and the upper
 * end of the share's 95% interval too. Of a figure that was not judged nothing is known.
 */
export function isKnownUnsure(record: RightOfTold | undefined): boolean {
  if (!record || record.told === 0) return false;
  return rateInterval(record.right, record.told)!.hi < SURE;
}

/** The verdict on one figure, or that it is withheld. Null where there is none. */
export function saidVerdict(
  {key, verdict}: Pick<ComparedMeasure, "key" | "verdict">,
  {figures}: Pick<CompareRecord, "figures"> = COMPARE_RECORD
): SaidVerdict | null {
  const isSide = verdict === "above" || verdict === "below";
  return isSide && isKnownUnsure(figures[key]) ? "withheld" : verdict;
}

/** Of the group sizes that were judged the one next to this; of two as near the larger, where more verdicts are false. */
export function alikeNear(partners: number, {alike}: CompareRecord = COMPARE_RECORD): AlikeGroups {
  const off = (each: AlikeGroups) => Math.abs(each.partners - partners);
  return alike.reduce((near, each) => (off(each) <= off(near) ? each : near));
}
