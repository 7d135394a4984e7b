/** What money in campaigns brings: the response that the build measures, and the deals it acts on. */
import type {CampaignFacts, LeverHistory} from "../../src/scenario/input.ts";
import {fiscalPeriod} from "../forecast/history/calendar.ts";
import {type FinishedCampaign, fitSpendCurves} from "../marketing/fitSpendCurves.ts";
import {OTHER_SOURCE} from "./arrivals.ts";
import {MOST_QUARTERS, ratioHistory} from "./leverHistory.ts";

/** Money spent evenly from one day to another, both included. Days are integers. */
export interface Spent {
  from: number;
  to: number;
  cost: number;
}

/** Deals of the last year of a lead source, and those of them that a campaign sourced. */
export interface SourceCount {
  source: string;
  nDeals: number;
  nCampaign: number;
}

/** Least share of a source's deals for it to count as fed by campaigns. */
const LEAST_SHARE = 0.005;

/**
 * The one elasticity of finished campaigns, held within 0 (money brings nothing more) and 1 (in proportion), with its
 * standard error, and the share of each arrival source that campaigns bring. Null where either is not known.
 */
export function campaignFacts(
  finished: readonly FinishedCampaign[],
  counts: readonly SourceCount[],
  arrivalKeys: readonly string[]
): CampaignFacts | null {
  const fit = fitSpendCurves(finished);
  const [curve] = fit?.curves ?? [];
  if (!fit || !curve) return null;
  const shares: Record<string, number> = {};
  for (const key of arrivalKeys) {
    const own = counts.filter(({source}) =>
      key === OTHER_SOURCE ? !arrivalKeys.includes(source) : source === key
    );
    const nDeals = own.reduce((sum, each) => sum + each.nDeals, 0);
    const share = nDeals > 0 ? own.reduce((sum, each) => sum + each.nCampaign, 0) / nDeals : 0;
    if (share >= LEAST_SHARE) shares[key] = Math.round(1e4 * share) / 1e4;
  }
  if (Object.keys(shares).length === 0) return null;
  return {
    shares,
    elasticity: Math.min(1, Math.max(0, curve.elasticity)),
    standardError: Math.sqrt(Math.max(0, curve.varElasticity)),
    n: fit.curves.reduce((sum, {nCampaigns}) => sum + nCampaigns, 0)
  };
}

/** Spend of whole past quarters against the mean of the newest four; null where fewer than four are known. */
export function spendHistory(spent: readonly Spent[], asOf: number, firstMonth: number): LeverHistory | null {
  const known = spent.filter(({cost}) => cost > 0);
  const first = known.reduce((least, {from}) => Math.min(least, from), asOf);
  const quarters: number[] = [];
  for (let back = MOST_QUARTERS; back >= 1; back--) {
    const {from, to} = fiscalPeriod(asOf + 1, "quarter", firstMonth, -back);
    if (from < first) continue;
    quarters.push(
      known.reduce((sum, each) => {
        const days = Math.min(to, each.to) - Math.max(from, each.from) + 1;
        return sum + (days > 0 ? (each.cost * days) / (each.to - each.from + 1) : 0);
      }, 0)
    );
  }
  return ratioHistory(quarters);
}
