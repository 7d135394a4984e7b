/** How much more often one kind of deals is won than like deals of another kind. */

/** Won out of closed deals in one stratum of like deals. */
export interface Stratum {
  key: string;
  treated: {n: number; won: number};
  others: {n: number; won: number};
}

export interface AdjustedEffect {
  /** Difference of raw rates over all deals; null when a side has none. Only to be shown beside the adjusted one. */
  raw: number | null;
  /** The Mantel-Haenszel difference of rates over strata with both; null when none has both. */
  difference: number | null;
  /** Its 95% interval. */
  lo: number | null;
  hi: number | null;
  /** Share of the treated deals that have like ones to be compared with, 0..1; null without treated deals. */
  overlap: number | null;
  nTreated: number;
  nOthers: number;
  nStrata: number;
}

const Z95 = 1.959964;

/**
 * The common difference of rates over strata, each weighed by n1 x n0 / (n1 + n0).
 * @see Sato (1989), Biometrics 45:1323-1324, for the variance that holds for few large and for many small strata
 */
export function adjustedEffect(strata: readonly Stratum[]): AdjustedEffect {
  const nTreated = strata.reduce((sum, {treated}) => sum + treated.n, 0);
  const nOthers = strata.reduce((sum, {others}) => sum + others.n, 0);
  const rate = (side: "treated" | "others", n: number) =>
    strata.reduce((sum, each) => sum + each[side].won, 0) / n;
  const raw = nTreated > 0 && nOthers > 0 ? rate("treated", nTreated) - rate("others", nOthers) : null;
  const both = strata.filter(({treated, others}) => treated.n > 0 && others.n > 0);
  const covered = both.reduce((sum, {treated}) => sum + treated.n, 0);
  const known = {
    raw,
    overlap: nTreated > 0 ? covered / nTreated : null,
    nTreated,
    nOthers,
    nStrata: both.length
  };
  let [sum, weights, p, q] = [0, 0, 0, 0];
  for (const {treated, others} of both) {
    const [a, c] = [treated.won, others.won];
    const [n1, n0] = [treated.n, others.n];
    const n = n1 + n0;
    weights += (n1 * n0) / n;
    sum += (a * n0 - c * n1) / n;
    p += (n1 * n1 * c - n0 * n0 * a + (n1 * n0 * (n0 - n1)) / 2) / (n * n);
    q += (a * (n0 - c) + c * (n1 - a)) / (2 * n);
  }
  if (weights === 0) return {...known, difference: null, lo: null, hi: null};
  const difference = sum / weights;
  const half = (Z95 * Math.sqrt(Math.max(0, difference * p + q))) / weights;
  // A side that always or never wins in every stratum has no variance of its own: nothing can be told.
  if (half === 0) return {...known, difference, lo: null, hi: null};
  return {...known, difference, lo: Math.max(-1, difference - half), hi: Math.min(1, difference + half)};
}

/** Strata of closed deals by what `like` says of each; deals neither won nor lost are left out. */
export function strataOf(
  deals: readonly number[],
  like: (deal: number) => string,
  isTreated: (deal: number) => boolean,
  isWon: (deal: number) => boolean
): Stratum[] {
  const strata = new Map<string, Stratum>();
  for (const deal of deals) {
    const key = like(deal);
    const stratum = strata.get(key) ?? {key, treated: {n: 0, won: 0}, others: {n: 0, won: 0}};
    strata.set(key, stratum);
    const side = isTreated(deal) ? stratum.treated : stratum.others;
    side.n++;
    if (isWon(deal)) side.won++;
  }
  return [...strata.values()].sort((a, b) => b.treated.n - a.treated.n || (a.key < b.key ? -1 : 1));
}
