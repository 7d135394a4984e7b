/** What a campaign is expected to bring at a spend, from the curves that the build fits. */
import type {SpendCurve} from "../../slices/marketing/marketingData.js";

export interface SpendResponse {
  /** Expected deals sourced by one campaign. */
  deals: number;
  /** An 80 % interval of that expectation. */
  lo: number;
  hi: number;
  /** The same in money won at last. */
  money: number;
  /** False outside the spends that were observed. */
  isObserved: boolean;
}

const Z80 = 1.281552;

/** Deals and money that one campaign of a channel is expected to bring. @throws {RangeError} when spend is not above 0 */
export function spendResponse(curve: SpendCurve, spend: number): SpendResponse {
  if (!(spend > 0)) throw new RangeError(`spendResponse requires a spend above 0, got ${spend}`);
  const x = Math.log(spend);
  const mean = curve.level + curve.elasticity * x;
  const variance = curve.varLevel + 2 * x * curve.covariance + x * x * curve.varElasticity;
  const spread = Z80 * Math.sqrt(Math.max(0, variance));
  const deals = Math.exp(mean);
  return {
    deals,
    lo: Math.exp(mean - spread),
    hi: Math.exp(mean + spread),
    money: deals * curve.valuePerDeal,
    isObserved: spend >= curve.fromSpend && spend <= curve.toSpend
  };
}
