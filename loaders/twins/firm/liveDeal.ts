/** Lets a deal live until it is won, lost, asleep, or the exports are made. */
import type {Day} from "../calendar/days.ts";
import type {Rng} from "../random/rng.ts";
import type {DealLife, Move} from "./deal.ts";
import {CAUSE, type DealWalk, type Multipliers} from "./dealWalk.ts";

/** The life of a deal that begins in stage 0 on `startDay`. */
export function liveDeal(
  walk: DealWalk,
  multipliers: Multipliers,
  startDay: Day,
  exportDay: Day,
  rng: Rng
): DealLife {
  const moves: Move[] = [];
  walk.stage = 0;
  walk.day = startDay;
  for (;;) {
    const cause = walk.next(multipliers, exportDay, rng);
    if (cause === CAUSE.advance || cause === CAUSE.back) {
      moves.push({day: walk.day, stage: walk.stage});
      continue;
    }
    const outcome =
      cause === CAUSE.won ? "won" : cause === CAUSE.lost ? "lost" : cause === CAUSE.stuck ? "stuck" : "open";
    return {moves, outcome, outcomeDay: walk.day, stage: walk.stage};
  }
}
