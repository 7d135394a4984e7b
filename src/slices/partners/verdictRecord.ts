/**
 * How often verdicts on partners were right on made-up firms whose truth is known: written by `npx tsx bench/peerVerdicts.ts`, with
 * docs/partner-verdicts.md, and not edited by hand.
 */
import type {MeasureKey} from "./compare/measures.js";

/** Verdicts that were right, of those told. */
export interface RightOfTold {
  right: number;
  told: number;
}

/** Verdicts told, none of which can be right, of comparisons where no partner differs from another. */
export interface FalseOfAlike {
  falseTold: number;
  alike: number;
}

export type VerdictRecord = RightOfTold & FalseOfAlike;

/** False verdicts on the win rates of groups of so many partners. */
export type AlikeGroups = FalseOfAlike & {partners: number};

export interface CompareRecord {
  /** By figure; one that was not judged is left out. */
  figures: Partial<Record<MeasureKey, RightOfTold>>;
  /** From the smallest group to the largest. */
  alike: readonly AlikeGroups[];
}

/** Of How you compare. */
export const COMPARE_RECORD: CompareRecord = {
  figures: {
    win_rate: {right: 329, told: 337},
    cycle: {right: 67, told: 73},
    pushed: {right: 36, told: 53}
  },
  alike: [
    {partners: 6, falseTold: 7, alike: 306},
    {partners: 8, falseTold: 17, alike: 352},
    {partners: 12, falseTold: 14, alike: 252},
    {partners: 20, falseTold: 6, alike: 80}
  ]
};

/** Of Partner benchmark. */
export const BENCHMARK_RECORD: VerdictRecord = {
  right: 386,
  told: 400,
  falseTold: 53,
  alike: 1690
};
