/**
 * Deals that do not exist yet: how many will be created each week (level and place in the quarter, with overdispersion),
 * carried through the win curve of deals like those created of late.
 */
import {weekOfQuarter} from "../history/calendar.ts";
import {OPEN, type PipelineHistory} from "../history/pipelineHistory.ts";
import {etsMean, fitEts} from "../series/ets.ts";
import {type AmountModel, expectedAmount} from "./amounts.ts";
import {stateOn} from "./dealFeatures.ts";
import {type OutcomeModel, outcomeCurve} from "./outcomeModel.ts";

export interface NewBusiness {
  /** Expected wins by week after asOf from deals created after it. */
  wins: Float64Array;
  /** Expected value of them. */
  amount: Float64Array;
  /** Expected deals created a week. */
  arrivals: Float64Array;
  /** Relative spread of the arrival rate. */
  rateSpread: number;
  /** Amounts a new win may have, with their cumulative weights. */
  amounts: Float64Array;
  weights: Float64Array;
}

const SAMPLED = 80;
const RECENT_DAYS = 182;
const LOOK_BACK_WEEKS = 104;

/** Projects deals not yet created over the next `weeks` weeks; null without creations in the last year. */
export function projectNewBusiness(
  history: PipelineHistory,
  model: OutcomeModel,
  amountModel: AmountModel,
  weeks: number
): NewBusiness | null {
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
  const fit = fitEts(plain, 1, {trend: "none", season: false});
  const level = Math.max(0, etsMean(fit, 1, 1)[0]!);
  const arrivals = Float64Array.from({length: weeks}, (_, h) => level * season[place(h + 1)]!);
  const spread =
    level > 0
      ? (Math.sqrt(fit.sigma2) * (fit.alpha * Math.sqrt(weeks / 3) + 1 / Math.sqrt(weeks))) / level
      : 0;

  const recent: number[] = [];
  for (let d = nDeals - 1; d >= 0; d--)
    if (asOf - createdOn[d]! < RECENT_DAYS && outcome[spanStart[d]!] === OPEN) recent.push(d);
  if (recent.length === 0) return null;
  const step = Math.max(1, recent.length / SAMPLED);
  const sample = Array.from(
    {length: Math.min(SAMPLED, recent.length)},
    (_, i) => recent[Math.floor(i * step)]!
  );
  const wins = new Float64Array(weeks);
  const amount = new Float64Array(weeks);
  const value = Float64Array.from(sample, (d) => expectedAmount(history, amountModel, spanStart[d]!));
  const weights = new Float64Array(sample.length);
  sample.forEach((d, s) => {
    const span = spanStart[d]!;
    const born = stateOn(history, d, span, createdOn[d]!)!;
    for (let week = 1; week <= weeks; week++) {
      const day = asOf + 7 * week - 3;
      const shift = day - born.day;
      const curve = outcomeCurve(
        model,
        {
          ...born,
          day,
          bornOn: day,
          closeOn: born.closeOn < -1e9 ? born.closeOn : born.closeOn + shift,
          stageDays: 0
        },
        weeks - week + 1
      ).won;
      let before = 0;
      for (let m = 0; m < curve.length; m++) {
        const chance = (arrivals[week - 1]! * (curve[m]! - before)) / sample.length;
        before = curve[m]!;
        weights[s]! += chance;
        // Created in the middle of a week: the first seven days of a deal lie half in the next week.
        for (const [at, part] of [
          [week - 1 + m, 0.5],
          [week + m, 0.5]
        ] as const) {
          if (at >= weeks) continue;
          wins[at]! += part * chance;
          amount[at]! += part * chance * value[s]!;
        }
      }
    }
  });
  let running = 0;
  return {
    wins,
    amount,
    arrivals,
    rateSpread: Math.min(0.6, spread),
    amounts: value,
    weights: weights.map((weight) => {
      running += weight;
      return running;
    })
  };
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
