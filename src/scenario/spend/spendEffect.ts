import type {CampaignFacts} from "../input.js";

/** Less money than this share is taken as this share: a power law knows nothing of no money at all. */
export const LEAST_MONEY = 0.02;

export interface SpendEffect {
  /** Factor on the deals of a source. */
  times: number;
  /**
   * What one standard error of the measured response adds to that factor, over the factor (delta method): below 0 where a stronger
   * response makes it smaller, as where money is taken away.
   */
  relativeError: number;
}

/**
 * What a multiple of today's money in campaigns does to a source of deals.
 * @param share of the source's deals that campaigns bring, 0..1
 * @param money times what is spent now, at least 0
 */
export function spendEffect(
  {elasticity, standardError}: Pick<CampaignFacts, "elasticity" | "standardError">,
  share: number,
  money: number
): SpendEffect {
  const log = Math.log(Math.max(LEAST_MONEY, money));
  const theirs = share * Math.exp(elasticity * log);
  const times = 1 - share + theirs;
  return {times, relativeError: times > 0 ? (theirs * log * standardError) / times : 0};
}
