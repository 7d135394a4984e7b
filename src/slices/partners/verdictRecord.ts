/**
 * How often verdicts on partners were right on made-up firms whose truth is known: written by `npx tsx bench/peerVerdicts.ts`, with
 * docs/partner-verdicts.md, and not edited by hand.
 */
import type {MeasureKey} from "./compare/measures.js";

export interface VerdictRecord {
  /** Verdicts that were right, of those told. */
  right: number;
  told: number;
  /** Verdicts told, none of which can be right, of comparisons where no partner differs from another. */
  falseTold: number;
  alike: number;
  /** The figure of which the smallest share was right. */
  least?: {key: MeasureKey; right: number; told: number};
}

/** Of How you compare. */
export const COMPARE_RECORD: VerdictRecord = {
  right: 432,
  told: 463,
  falseTold: 147,
  alike: 5002,
  least: {key: "pushed", right: 36, told: 53}
};

/** Of Partner benchmark. */
export const BENCHMARK_RECORD: VerdictRecord = {
  right: 386,
  told: 400,
  falseTold: 53,
  alike: 1690
};
