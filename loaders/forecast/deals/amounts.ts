/** What a deal closes at against what it says: by stage, shrunk to all stages; unknown amounts take the mean of their kind. */
import {closings, OPEN, type PipelineHistory, WON} from "../history/pipelineHistory.ts";

export interface AmountModel {
  /** Won amount over stated amount, by stage (last element: stage not known). */
  ratioByStage: Float64Array;
  /** Ratio over its stage's mean ratio, of past wins: the spread, around 1. */
  spread: Float64Array;
  /** Amounts of won deals over their mean: the spread of a deal that says no amount. */
  wonSpread: Float64Array;
  /** Mean amount of won deals. */
  meanWon: number;
  /** Won deals it was learned from. */
  n: number;
}

const PRIOR_DEALS = 15;
const MOST_RATIO = 5;

/** What a won deal said on entering a stage, and its amount at closing over that. */
export interface AmountPair {
  /** Index as the history has them, the number of stages when unknown. */
  stage: number;
  said: number;
  ratio: number;
}

/** A pair for each stage that each won deal entered with an amount. */
export function amountPairs(history: PipelineHistory): AmountPair[] {
  const {nDeals, spanStart, stages, stage, outcome, amount} = history;
  const now = closings(history);
  const pairs: AmountPair[] = [];
  for (let d = 0; d < nDeals; d++) {
    const closed = now.amount[d]!;
    if (now.outcome[d] !== WON || Number.isNaN(closed)) continue;
    let last = -2;
    for (let s = spanStart[d]!; s < spanStart[d + 1]!; s++) {
      if (outcome[s] !== OPEN || stage[s] === last || !(amount[s]! > 0)) continue;
      last = stage[s]!;
      pairs.push({
        stage: last < 0 ? stages.length : last,
        said: amount[s]!,
        ratio: Math.min(MOST_RATIO, closed / amount[s]!)
      });
    }
  }
  return pairs;
}

/** Learns from every won deal: its amount against what it said on entering each stage. */
export function fitAmounts(history: PipelineHistory): AmountModel {
  const {stages} = history;
  const pairs = amountPairs(history);
  const now = closings(history);
  const won = now.amount.filter((amount, d) => now.outcome[d] === WON && !Number.isNaN(amount));
  const meanWon = won.length > 0 ? won.reduce((sum, amount) => sum + amount, 0) / won.length : 0;
  const mean = (list: typeof pairs, prior: number, weight: number) => {
    const said = list.reduce((total, pair) => total + pair.said, 0);
    const scale = list.length > 0 ? said / list.length : 1;
    return (
      (list.reduce((total, pair) => total + pair.said * pair.ratio, 0) + weight * scale * prior) /
      (said + weight * scale)
    );
  };
  const all = mean(pairs, 1, PRIOR_DEALS);
  const ratioByStage = Float64Array.from({length: stages.length + 1}, (_, index) =>
    mean(
      pairs.filter((pair) => pair.stage === index),
      all,
      PRIOR_DEALS
    )
  );
  const spread = Float64Array.from(pairs, (pair) => pair.ratio / ratioByStage[pair.stage]!).sort();
  return {
    ratioByStage,
    spread: spread.length > 0 ? spread : Float64Array.of(1),
    wonSpread: meanWon > 0 ? won.map((amount) => amount / meanWon).sort() : Float64Array.of(1),
    meanWon,
    n: won.length
  };
}

/** Expected amount at closing of a deal in a state. */
export function expectedAmount(history: PipelineHistory, model: AmountModel, span: number): number {
  return expectedAmountOf(model, history.amount[span]!, history.stage[span]!);
}

/**
 * Expected amount at closing of a deal that says an amount in a stage.
 * @param said base currency; NaN when unknown
 * @param stage index as the history has them, -1 when unknown
 */
export function expectedAmountOf({ratioByStage, meanWon}: AmountModel, said: number, stage: number): number {
  if (Number.isNaN(said)) return meanWon;
  return said * ratioByStage[stage < 0 ? ratioByStage.length - 1 : stage]!;
}
