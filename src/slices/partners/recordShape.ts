/** How often verdicts on partners were right, as verdictRecord.ts holds it. */
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
