/** Spend response: deals a campaign sourced against what it cost, over the campaigns that are over. */
import type {SpendCurve} from "../../src/slices/marketing/marketingData.ts";
import {cholesky, choleskySolve} from "../../src/slices/numeric/leastSquares.ts";

export interface FinishedCampaign {
  channel: string;
  spend: number;
  nDeals: number;
}

export interface SpendFit {
  curves: Omit<SpendCurve, "valuePerDeal">[];
  /** Variance over that of Poisson counts, 1 at least. */
  dispersion: number;
}

/** Campaigns of a channel, at least, for a curve of its own. */
const FEWEST = 3;
const ITERATIONS = 60;

/**
 * Quasi-Poisson regression of deals on log spend: a level for each channel, one elasticity for all, because a channel's
 * dozen campaigns cannot tell a bend of their own. Channels with fewer than three campaigns with spend are left out.
 * @returns null when there are no more campaigns than numbers to fit, no deal at all, or all spend is the same
 * @see McCullagh & Nelder (1989), chapters 6 and 9: log link, Fisher scoring, Pearson dispersion
 */
export function fitSpendCurves(campaigns: readonly FinishedCampaign[]): SpendFit | null {
  const all = campaigns.filter(({spend}) => spend > 0);
  const channels = [...new Set(all.map(({channel}) => channel))]
    .filter((channel) => all.filter((each) => each.channel === channel).length >= FEWEST)
    // A channel without any deal has no finite level.
    .filter((channel) => all.some((each) => each.channel === channel && each.nDeals > 0))
    .sort();
  const rows = all.filter(({channel}) => channels.includes(channel));
  const p = channels.length + 1;
  if (rows.length <= p || channels.length === 0 || !spendVaries(rows)) return null;
  // Spend around its mean keeps the scoring well conditioned; levels are moved back at the end.
  const centre = rows.reduce((sum, {spend}) => sum + Math.log(spend), 0) / rows.length;
  const x = rows.map(({spend}) => Math.log(spend) - centre);
  const at = rows.map(({channel}) => channels.indexOf(channel));
  const theta = new Float64Array(p);
  for (const [c, channel] of channels.entries()) {
    const own = rows.filter((row) => row.channel === channel);
    theta[c] = Math.log(own.reduce((sum, {nDeals}) => sum + nDeals, 0) / own.length);
  }
  const mu = () => rows.map((_, i) => Math.exp(theta[at[i]!]! + theta[p - 1]! * x[i]!));
  let factor = information(mu(), at, x, p);
  for (let n = 0; n < ITERATIONS; n++) {
    const means = mu();
    const score = new Float64Array(p);
    for (const [i, row] of rows.entries()) {
      const residual = row.nDeals - means[i]!;
      score[at[i]!]! += residual;
      score[p - 1]! += residual * x[i]!;
    }
    factor = information(means, at, x, p);
    if (!factor) return null;
    const step = choleskySolve(factor, p, score);
    const size = Math.max(...step.map(Math.abs));
    for (let j = 0; j < p; j++) theta[j]! += step[j]! * Math.min(1, 2 / size);
    if (size < 1e-10) break;
  }
  if (!factor) return null;
  const means = mu();
  const pearson = rows.reduce((sum, {nDeals}, i) => sum + (nDeals - means[i]!) ** 2 / means[i]!, 0);
  const dispersion = Math.max(1, pearson / (rows.length - p));
  const column = (j: number) => {
    const unit = new Float64Array(p);
    unit[j] = dispersion;
    return choleskySolve(factor!, p, unit);
  };
  const ofElasticity = column(p - 1);
  const vb = ofElasticity[p - 1]!;
  const curves = channels.map((channel, c) => {
    const spends = rows
      .filter((row) => row.channel === channel)
      .map(({spend}) => spend)
      .sort((a, b) => a - b);
    const [va, cov] = [column(c)[c]!, ofElasticity[c]!];
    return {
      channel,
      level: theta[c]! - theta[p - 1]! * centre,
      elasticity: theta[p - 1]!,
      varLevel: va - 2 * centre * cov + centre * centre * vb,
      varElasticity: vb,
      covariance: cov - centre * vb,
      fromSpend: spends[0]!,
      toSpend: spends.at(-1)!,
      medianSpend: spends[Math.floor(spends.length / 2)]!,
      nCampaigns: spends.length
    };
  });
  return {curves, dispersion};
}

/** The Cholesky factor of the Fisher information; null when it is singular. */
function information(
  mu: readonly number[],
  at: readonly number[],
  x: readonly number[],
  p: number
): Float64Array | null {
  const matrix = new Float64Array(p * p);
  for (const [i, mean] of mu.entries()) {
    const c = at[i]!;
    matrix[c * p + c]! += mean;
    matrix[(p - 1) * p + c]! += mean * x[i]!;
    matrix[p * p - 1]! += mean * x[i]! * x[i]!;
  }
  return cholesky(matrix, p) < 0 ? matrix : null;
}

/** Whether spend differs within any channel: between channels it says nothing about the bend. */
function spendVaries(rows: readonly FinishedCampaign[]): boolean {
  const first = new Map<string, number>();
  return rows.some(({channel, spend}) => {
    const known = first.get(channel);
    if (known === undefined) first.set(channel, spend);
    return known !== undefined && Math.abs(Math.log(spend / known)) > 1e-6;
  });
}
