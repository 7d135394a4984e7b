/**
 * Deals that do not exist yet: as many as are expected each week, carried through the win curves of deals like those created of late, at
 * the rates at which deals of the last two years came true.
 */
import {NO_DAY, OPEN, type PipelineHistory} from "../history/pipelineHistory.ts";
import {type AmountModel, expectedAmount} from "./amounts.ts";
import {expectedArrivals} from "./arrivals.ts";
import {stateOn} from "./dealFeatures.ts";
import {type CohortRatio, cohortRatios, ratioAt} from "./newCohorts.ts";
import {movedCurves, type OutcomeModel} from "./outcomeModel.ts";

export interface NewBusiness {
  /** Expected wins by week after asOf from deals created after it. */
  wins: Float64Array;
  /** Expected value of them. */
  amount: Float64Array;
  /** Mean amount of a week's wins over that of all: what closes soon after it was created is smaller. */
  scale: Float64Array;
  /** Expected deals created a week. */
  arrivals: Float64Array;
  /** Relative spread of the arrival rate. */
  rateSpread: number;
  /** What came of like deals over what is said at their birth, by weeks since then. */
  ratios: CohortRatio[];
  /** Amounts a new win may have, with their cumulative weights. */
  amounts: Float64Array;
  weights: Float64Array;
}

const SAMPLED = 80;
const RECENT_DAYS = 182;

/** Projects deals not yet created over the next `weeks` weeks; null without creations in the last year. */
export function projectNewBusiness(
  history: PipelineHistory,
  model: OutcomeModel,
  amountModel: AmountModel,
  weeks: number
): NewBusiness | null {
  const {asOf, createdOn, nDeals, spanStart, outcome} = history;
  const expected = expectedArrivals(history, weeks);
  if (!expected) return null;
  const arrivals = expected.perWeek;
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
  const ratios = cohortRatios(history, model, amountModel);
  const ratioOf = Array.from({length: weeks}, (_, m) => ratioAt(ratios, m + 1));
  sample.forEach((d, s) => {
    const span = spanStart[d]!;
    const born = stateOn(history, d, span, createdOn[d]!)!;
    const createdIn = (week: number) => {
      const day = asOf + 7 * week - 3;
      const closeOn = born.closeOn === NO_DAY ? NO_DAY : born.closeOn + day - born.day;
      return {...born, day, bornOn: day, closeOn, stageDays: 0};
    };
    const curveOf = movedCurves(model, createdIn(1), weeks);
    for (let week = 1; week <= weeks; week++) {
      const curve = curveOf(createdIn(week), weeks - week + 1).won;
      let before = 0;
      for (let m = 0; m < curve.length; m++) {
        const {count, money} = ratioOf[m]!;
        const said = (arrivals[week - 1]! * (curve[m]! - before)) / sample.length;
        const chance = said * count;
        before = curve[m]!;
        weights[s]! += chance;
        // Created in the middle of a week: the first seven days of a deal lie half in the next week.
        for (let at = week - 1 + m; at <= week + m && at < weeks; at++) {
          wins[at]! += 0.5 * chance;
          amount[at]! += 0.5 * said * money * value[s]!;
        }
      }
    }
  });
  let running = 0;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const usual = value.reduce((sum, each, s) => sum + each * weights[s]!, 0) / total;
  return {
    wins,
    amount,
    scale: wins.map((each, h) => (each > 0 && usual > 0 ? amount[h]! / each / usual : 1)),
    arrivals,
    rateSpread: expected.spread,
    ratios,
    amounts: value,
    weights: weights.map((weight) => {
      running += weight;
      return running;
    })
  };
}
