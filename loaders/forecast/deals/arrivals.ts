/** How many deals will be created each week: level and place in the quarter, with growth that is drawn to none unless quarters tell it. */
import {weekOfQuarter} from "../history/calendar.ts";
import {OPEN, type PipelineHistory} from "../history/pipelineHistory.ts";
import {etsMean, fitEts} from "../series/ets.ts";

export interface Arrivals {
  /** Expected deals created in each week after the history's last day. */
  perWeek: Float64Array;
  /** Relative spread of the rate. */
  spread: number;
}

const LOOK_BACK_WEEKS = 104;
const BLOCK_WEEKS = 13;
/** Spread of growth a quarter among firms, as a logarithm. */
const GROWTH_PRIOR = 0.12;
/** How much of a week's growth the next one keeps. */
const DAMPING = 0.99;

/** Expected creations of the next `weeks` weeks; null with fewer than eight weeks of history. */
export function expectedArrivals(history: PipelineHistory, weeks: number): Arrivals | null {
  const {asOf, createdOn, nDeals, spanStart, outcome} = history;
  let firstDay = asOf;
  for (let d = 0; d < nDeals; d++) firstDay = Math.min(firstDay, createdOn[d]!);
  const n = Math.min(LOOK_BACK_WEEKS, Math.floor((asOf - firstDay + 1) / 7));
  if (n < 8) return null;
  const counts = new Float64Array(n);
  for (let d = 0; d < nDeals; d++) {
    const back = Math.floor((asOf - createdOn[d]!) / 7);
    if (back < n && outcome[spanStart[d]!] === OPEN) counts[n - 1 - back]! += 1;
  }
  const place = (week: number) => Math.min(12, weekOfQuarter(asOf + 7 * week - 3, history.firstMonth));
  const season = quarterRhythm(counts, (i) => place(i - n + 1));
  const plain = counts.map((count, i) => count / season[place(i - n + 1)]!);
  const growth = weeklyGrowth(plain);
  // Told in deals of today, so that the level of a firm that grows does not lag behind it.
  const today = plain.map((count, i) => count * Math.exp(growth * (n - 1 - i)));
  const fit = fitEts(today, 1, {trend: "none", season: false});
  const level = Math.max(0, etsMean(fit, 1, 1)[0]!);
  let grown = 0;
  const perWeek = Float64Array.from({length: weeks}, (_, h) => {
    grown += growth * DAMPING ** (h + 1);
    return level * season[place(h + 1)]! * Math.exp(grown);
  });
  const spread =
    level > 0
      ? (Math.sqrt(fit.sigma2) * (fit.alpha * Math.sqrt(weeks / 3) + 1 / Math.sqrt(weeks))) / level
      : 0;
  return {perWeek, spread: Math.min(0.6, spread)};
}

/** Growth of weekly counts as a logarithm a week, drawn to none the less surely blocks of 13 weeks tell it. */
function weeklyGrowth(counts: Float64Array): number {
  const blocks = Math.floor(counts.length / BLOCK_WEEKS);
  if (blocks < 3) return 0;
  const sums = Float64Array.from({length: blocks}, (_, b) => {
    const from = counts.length - (blocks - b) * BLOCK_WEEKS;
    return counts.subarray(from, from + BLOCK_WEEKS).reduce((sum, count) => sum + count, 0.5);
  });
  const total = sums.reduce((sum, w) => sum + w, 0);
  const meanT = sums.reduce((sum, w, b) => sum + w * b, 0) / total;
  const meanY = sums.reduce((sum, w) => sum + w * Math.log(w), 0) / total;
  const squares = sums.reduce((sum, w, b) => sum + w * (b - meanT) ** 2, 0);
  const slope = sums.reduce((sum, w, b) => sum + w * (b - meanT) * (Math.log(w) - meanY), 0) / squares;
  const misfit = sums.reduce((sum, w, b) => sum + w * (Math.log(w) - meanY - slope * (b - meanT)) ** 2, 0);
  const variance = Math.max(1, misfit / (blocks - 2)) / squares;
  return (slope * GROWTH_PRIOR ** 2) / (GROWTH_PRIOR ** 2 + variance) / BLOCK_WEEKS;
}

/** How the weeks of a quarter differ in creations: shrunk ratios to the mean, of mean 1. */
function quarterRhythm(counts: Float64Array, placeOf: (i: number) => number): Float64Array {
  const sums = new Float64Array(13);
  const weeks = new Float64Array(13);
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  counts.forEach((count, i) => {
    sums[placeOf(i)]! += count;
    weeks[placeOf(i)]! += 1;
  });
  if (mean <= 0) return new Float64Array(13).fill(1);
  const prior = 4;
  return sums.map((sum, w) => Math.max(0.2, (sum / mean + prior) / (weeks[w]! + prior)));
}
