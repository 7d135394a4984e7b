/**
 * What deals became by the weeks after their creation, beside what the model says of them on that day: few of the days it is fitted on
 * are the first of a deal, and what closes within weeks is smaller than what takes half a year.
 */
import {closings, OPEN, type PipelineHistory, WON} from "../history/pipelineHistory.ts";
import {type AmountModel, expectedAmount} from "./amounts.ts";
import {stateOn} from "./dealFeatures.ts";
import {type OutcomeModel, outcomeCurve} from "./outcomeModel.ts";

/** Came over said, in a band of weeks after creation. */
export interface CohortRatio {
  /** Last week of the band. */
  to: number;
  count: number;
  money: number;
}

const BANDS = [4, 8, 13, 26];
const LOOK_BACK_DAYS = 728;
const MOST_DEALS = 400;
/** Said and came are drawn together by so many wins. */
const PRIOR_WINS = 10;

/** Ratios by band of the deals created in the last two years, each band of those that were seen to its end. */
export function cohortRatios(
  history: PipelineHistory,
  model: OutcomeModel,
  amountModel: AmountModel
): CohortRatio[] {
  const {asOf, createdOn, nDeals, spanStart, outcome} = history;
  const deals: number[] = [];
  for (let d = 0; d < nDeals; d++) {
    const age = asOf - createdOn[d]!;
    if (age >= 7 * BANDS[0]! && age < LOOK_BACK_DAYS && outcome[spanStart[d]!] === OPEN) deals.push(d);
  }
  const step = Math.max(1, deals.length / MOST_DEALS);
  const now = closings(history);
  const sums = BANDS.map(() => ({saidWins: 0, cameWins: 0, saidMoney: 0, cameMoney: 0}));
  for (let i = 0; i < deals.length; i += step) {
    const d = deals[Math.floor(i)]!;
    const span = spanStart[d]!;
    const {won} = outcomeCurve(model, stateOn(history, d, span, createdOn[d]!)!, BANDS.at(-1)!);
    const amount = expectedAmount(history, amountModel, span);
    const closedWeek =
      now.outcome[d] === WON ? Math.max(1, Math.ceil((now.closedOn[d]! - createdOn[d]!) / 7)) : 0;
    let from = 0;
    BANDS.forEach((to, b) => {
      if (asOf - createdOn[d]! < 7 * to) return;
      const said = won[to - 1]! - (from > 0 ? won[from - 1]! : 0);
      sums[b]!.saidWins += said;
      sums[b]!.saidMoney += said * amount;
      if (closedWeek > from && closedWeek <= to) {
        sums[b]!.cameWins++;
        sums[b]!.cameMoney += Number.isNaN(now.amount[d]!) ? amount : now.amount[d]!;
      }
      from = to;
    });
  }
  return sums.map(({saidWins, cameWins, saidMoney, cameMoney}, b) => {
    const prior = (PRIOR_WINS * saidMoney) / saidWins;
    return {
      to: BANDS[b]!,
      count: (cameWins + PRIOR_WINS) / (saidWins + PRIOR_WINS),
      // Of deals that say no money, more or less than they say cannot be told.
      money: saidMoney > 0 ? (cameMoney + prior) / (saidMoney + prior) : 1
    };
  });
}

/** The ratios of a week after creation; beyond the last band its own go on. */
export function ratioAt(ratios: readonly CohortRatio[], week: number): CohortRatio {
  return ratios.find(({to}) => week <= to) ?? ratios.at(-1)!;
}
