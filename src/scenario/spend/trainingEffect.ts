import type {TrainingFacts} from "../input.js";
import type {SpendEffect} from "./spendEffect.js";

/**
 * What training some more partners does to a source of deals.
 * @param nPartners active ones whose deals these are
 * @param share of the source's deals that partners bring, 0..1
 * @param nTrained partners trained for the first time; more than have had none, or than there are, count as those
 */
export function trainingEffect(
  {ratio, error, nUntrained}: Pick<TrainingFacts, "ratio" | "error" | "nUntrained">,
  nPartners: number,
  share: number,
  nTrained: number
): SpendEffect {
  const theirs = nPartners > 0 ? (share * Math.min(nTrained, nUntrained, nPartners)) / nPartners : 0;
  const times = 1 + theirs * (ratio - 1);
  return {times, relativeError: times > 0 ? (theirs * ratio * error) / times : 0};
}
