/**
 * What became of the deals that entered each stage. Deals still there are shown, never dropped: a rate over finished
 * stays alone would call them neither won nor lost.
 */

import {cell, type FactTable} from "./facts.js";
import {daysUntilLeft, kaplanMeier} from "./kaplanMeier.js";
import {rateInterval} from "./rateInterval.js";
import {groupRows} from "./select.js";

export const MOVES = ["forward", "lost", "backward", "still there"] as const;
export type Move = (typeof MOVES)[number];

export interface StageConversion {
  stage: string;
  /** Stays that began in the selection: a deal that comes back counts again. */
  entered: number;
  counts: Record<Move, number>;
  /** forward / (forward + lost + backward); null when no stay has ended. */
  rate: number | null;
  /** 95% Wilson interval of the rate. */
  interval: {lo: number; hi: number} | null;
  /** Days by which half, three quarters and nine in ten have left; null when fewer have. Stays that last count. */
  medianDays: number | null;
  days75: number | null;
  days90: number | null;
}

/** One entry for each open stage, in the order given. */
export function stageConversion(
  entries: FactTable,
  rows: readonly number[],
  stages: readonly string[]
): StageConversion[] {
  const byStage = groupRows(entries, rows, "stage");
  return stages.flatMap((stage) => {
    const stays = byStage.get(stage);
    if (!stays) return [];
    const byMove = groupRows(entries, stays, "move");
    const counts = Object.fromEntries(MOVES.map((move) => [move, byMove.get(move)?.length ?? 0])) as Record<
      Move,
      number
    >;
    const ended = stays.length - counts["still there"];
    const curve = kaplanMeier(
      stays.map((row) => ({
        days: Number(cell(entries, "stage_days", row)),
        hasEnded: cell(entries, "move", row) !== "still there"
      }))
    );
    return {
      stage,
      entered: stays.length,
      counts,
      rate: ended > 0 ? counts.forward / ended : null,
      interval: rateInterval(counts.forward, ended),
      medianDays: daysUntilLeft(curve),
      days75: daysUntilLeft(curve, 0.75),
      days90: daysUntilLeft(curve, 0.9)
    };
  });
}
