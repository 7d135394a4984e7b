/**
 * What became of the deals that entered each stage. Deals still there are shown, never dropped: a rate over finished
 * stays alone would call them neither won nor lost.
 */

import {median} from "./evaluate.js";
import {cell, type FactTable} from "./facts.js";
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
  /** Median days of the stays that ended; null when none has. */
  medianDays: number | null;
  /** Median days so far of those still there. */
  medianDaysOpen: number | null;
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
    return {
      stage,
      entered: stays.length,
      counts,
      rate: ended > 0 ? counts.forward / ended : null,
      interval: rateInterval(counts.forward, ended),
      medianDays: medianDays(
        entries,
        stays.filter((row) => cell(entries, "move", row) !== "still there")
      ),
      medianDaysOpen: medianDays(entries, byMove.get("still there") ?? [])
    };
  });
}

function medianDays(entries: FactTable, rows: readonly number[]): number | null {
  const days = rows
    .map((row) => cell(entries, "stage_days", row))
    .filter((value) => value !== null)
    .map(Number)
    .sort((a, b) => a - b);
  return days.length > 0 ? median(days) : null;
}
