/** Exact chances of a deal, from its true hazards: what a perfect forecaster would say. */
import type {Day} from "../calendar/days.ts";
import type {HazardTable, Multipliers} from "../firm/dealWalk.ts";
import type {Rhythm} from "../firm/rhythm.ts";

/** Chances, each 0..1. */
export interface Odds {
  /** Won at any time up to the end of the rhythm. */
  won: number;
  wonWithin: number;
  lostWithin: number;
  /** Asleep within: nobody has lost it, nobody will win it. */
  stuckWithin: number;
}

/**
 * Chances of a deal that is in open stage `stage` at the end of `day`: the same day-by-day rule as DealWalk, summed
 * over all ways instead of drawn. `within` is in days.
 */
export function dealOdds(
  hazards: HazardTable,
  rhythm: Rhythm,
  {pull, loss, isPushed}: Multipliers,
  stage: number,
  day: Day,
  within: number
): Odds {
  const n = hazards.advance.length;
  let here = new Float64Array(n);
  let next = new Float64Array(n);
  here[stage] = 1;
  const wonFactor = isPushed ? rhythm.wonPush : rhythm.won;
  const odds: Odds = {won: 0, wonWithin: 0, lostWithin: 0, stuckWithin: 0};
  let lost = 0;
  let stuck = 0;
  let isReached = false;
  for (let today = day + 1; today <= rhythm.last; today++) {
    const i = today - rhythm.first;
    const pace = rhythm.pace[i]!;
    if (pace > 0) {
      // By hand: calls of fill and set cost more than these few numbers.
      for (let s = 0; s < n; s++) next[s] = 0;
      let left = 0;
      for (let s = 0; s < n; s++) {
        const mass = here[s]!;
        if (mass < 1e-9) continue;
        const advance = hazards.advance[s]! * pull;
        const wonToday = hazards.won[s]! * pull * wonFactor[i]!;
        const lostToday = hazards.lost[s]! * loss * rhythm.lost[i]!;
        const back = hazards.back[s]!;
        const total = advance + wonToday + lostToday + back + hazards.stuck[s]!;
        const moved = mass * (1 - Math.exp(-total * pace));
        const share = moved / total;
        next[s]! += mass - moved;
        if (advance > 0) next[s + 1]! += share * advance;
        if (back > 0) next[s - 1]! += share * back;
        odds.won += share * wonToday;
        lost += share * lostToday;
        stuck += share * hazards.stuck[s]!;
        left += mass;
      }
      [here, next] = [next, here];
      if (left < 1e-6) break;
    }
    if (today === day + within) {
      isReached = true;
      odds.wonWithin = odds.won;
      odds.lostWithin = lost;
      odds.stuckWithin = stuck;
    }
  }
  if (!isReached) {
    odds.wonWithin = odds.won;
    odds.lostWithin = lost;
    odds.stuckWithin = stuck;
  }
  return odds;
}
