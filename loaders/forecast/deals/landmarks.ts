/**
 * Deals as they were seen on past days and what became of them in the weeks that followed: the rows the outcome model
 * is fitted on. A deal is seen on several days (landmarks), so that the model learns from the state of the day, not from
 * what the deal turned into.
 * @see van Houwelingen 2007, Dynamic prediction by landmarking in event history analysis
 */
import {observedFrom} from "../bookings/dailyWon.ts";
import {closings, LOST, type PipelineHistory, WON} from "../history/pipelineHistory.ts";
import {type DealState, stateOn} from "./dealFeatures.ts";

/** Weeks a landmark is followed for, and the farthest week the model speaks of. */
export const FOLLOWED_WEEKS = 26;

export interface Landmark extends DealState {
  /** Week of the closing after the day, from 1; 0 when it has not closed in the weeks seen. */
  closedWeek: number;
  outcome: number;
  /** Whole weeks seen after the day, at most FOLLOWED_WEEKS. */
  seenWeeks: number;
  /** Recency weight, 0..1. */
  weight: number;
}

export interface LandmarkOptions {
  /** At most about so many. */
  most?: number;
  /** Days in which the weight of a landmark halves. */
  halfLifeDays?: number;
}

const STRIDE_WEEKS = 4;

/** Landmarks of every deal, four weeks apart (farther when there are very many), the deals' weeks staggered. */
export function landmarks(
  history: PipelineHistory,
  {most = 24_000, halfLifeDays = 540}: LandmarkOptions = {}
): Landmark[] {
  const {asOf, nDeals, spanStart, from} = history;
  const now = closings(history);
  const seenFrom = observedFrom(history);
  const lifeEnd = (d: number) =>
    Math.min(asOf, now.outcome[d] === WON || now.outcome[d] === LOST ? now.closedOn[d]! : asOf);
  let total = 0;
  for (let d = 0; d < nDeals; d++)
    total += Math.max(0, (lifeEnd(d) - Math.max(seenFrom - 1, history.createdOn[d]!)) / 7 + 1);
  const stride = 7 * Math.max(STRIDE_WEEKS, Math.ceil(total / most));
  const found: Landmark[] = [];
  for (let d = 0; d < nDeals; d++) {
    // Days are counted back from the end, so that the newest complete weeks are always used.
    const shift = 7 * (1 + (((d * 2_654_435_761) >>> 8) % (stride / 7)));
    let span = spanStart[d + 1]! - 1;
    const born = history.createdOn[d]!;
    const first = Math.max(born, seenFrom - 1);
    // Deals to come are asked about on their first day: it is the last landmark, of as many deals as strides leave of weeks.
    const isBirthSeen = shift <= 7 * STRIDE_WEEKS;
    const before = (day: number) => (isBirthSeen && day > born && day - stride < born ? born : day - stride);
    for (let day = asOf - shift; day >= first; day = before(day)) {
      while (span > spanStart[d]! && from[span]! > day) span--;
      if (from[span]! > day) break;
      const state = stateOn(history, d, span, day);
      if (!state) continue;
      const seenWeeks = Math.min(FOLLOWED_WEEKS, Math.floor((asOf - day) / 7));
      // A deal that closed and was opened again later is followed up to its first closing.
      const closing = nextClosing(history, d, span);
      const closedWeek = closing ? Math.ceil((closing.day - day) / 7) : 0;
      const isSeen = closing !== null && closedWeek <= seenWeeks;
      found.push({
        ...state,
        closedWeek: isSeen ? Math.max(1, closedWeek) : 0,
        outcome: isSeen ? closing.outcome : 0,
        seenWeeks,
        weight: 0.5 ** ((asOf - day) / halfLifeDays)
      });
    }
  }
  return found;
}

function nextClosing(
  {outcome, from, spanStart}: PipelineHistory,
  deal: number,
  span: number
): {day: number; outcome: number} | null {
  for (let s = span + 1; s < spanStart[deal + 1]!; s++)
    if (outcome[s] === WON || outcome[s] === LOST) return {day: from[s]!, outcome: outcome[s]!};
  return null;
}
