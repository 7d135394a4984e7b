/**
 * How often verdicts on partners were right on made-up firms whose truth is known: written by `npx tsx bench/peerVerdicts.ts`, with
 * docs/partner-verdicts.md, and not edited by hand.
 */
import type {CompareRecord, VerdictRecord} from "./recordShape.js";

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
