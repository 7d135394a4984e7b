/**
 * The Aalen-Johansen estimate of cumulative incidence: the share won (and lost) by each age, with deals still open as
 * censored and the other outcome as competing. Deals that are open count while they were watched, and no longer.
 * @see Aalen & Johansen (1978), Scand J Stat 5:141-150; variance as in Marubini & Valsecchi (1995), section 10.2.3; the band
 *   is the 95% log(-log) one
 */
export interface Spell {
  /** Whole days watched, 0 or more. */
  days: number;
  /** How it ended: an index into the causes; null while it lasts. */
  cause: number | null;
}

export interface IncidencePoint {
  t: number;
  /** Share ended by this cause by day t, 0..1. */
  share: number;
  /** Its standard error. */
  se: number;
  /** Bounds, 0..1; null where the share is 0 or 1 or the standard error is 0. */
  lo: number | null;
  hi: number | null;
  /** Spells watched just before day t. */
  nAtRisk: number;
}

const Z95 = 1.959964;

/**
 * One curve for each cause, with a point at day 0 and at every day on which any spell ended. The curves and the share
 * still open make 1 at every day. Empty curves for no spells.
 */
export function aalenJohansen(spells: readonly Spell[], nCauses: number): IncidencePoint[][] {
  const curves: IncidencePoint[][] = Array.from({length: nCauses}, () => []);
  if (spells.length === 0) return curves;
  const sorted = [...spells].sort((a, b) => a.days - b.days);
  const causes = Array.from({length: nCauses}, () => ({share: 0, ...NO_SUMS}));
  for (const curve of curves) curve.push({t: 0, share: 0, se: 0, lo: null, hi: null, nAtRisk: sorted.length});
  let open = 1;
  for (let i = 0; i < sorted.length; ) {
    const t = sorted[i]!.days;
    const nAtRisk = sorted.length - i;
    const ended = new Array<number>(nCauses).fill(0);
    for (; i < sorted.length && sorted[i]!.days === t; i++) {
      const {cause} = sorted[i]!;
      if (cause !== null) ended[cause]!++;
    }
    const all = ended.reduce((sum, n) => sum + n, 0);
    if (all === 0) continue;
    for (const [j, cause] of causes.entries()) {
      const n = ended[j]!;
      cause.share += (open * n) / nAtRisk;
      addTo(cause, cause.share, open, n, all, nAtRisk);
      const se = Math.sqrt(Math.max(0, variance(cause, cause.share)));
      curves[j]!.push({t, share: cause.share, se, ...band(cause.share, se), nAtRisk});
    }
    open *= 1 - all / nAtRisk;
  }
  return curves;
}

/** The share ended by day t; null before anything was watched that long. */
export function incidenceAt(curve: readonly IncidencePoint[], t: number): IncidencePoint | null {
  return curve.findLast((point) => point.t <= t) ?? null;
}

/** Running sums of which the variance at any day is a quadratic in the share at that day. */
const NO_SUMS = {g: 0, gf: 0, gff: 0, own: 0, cross: 0, crossF: 0};
type Sums = typeof NO_SUMS;

function addTo(sums: Sums, share: number, open: number, n: number, all: number, atRisk: number): void {
  // Where the last ones end, nothing comes later that their number could make uncertain: the term is 0, as in R's survfit.
  const g = all < atRisk ? all / (atRisk * (atRisk - all)) : 0;
  sums.g += g;
  sums.gf += g * share;
  sums.gff += g * share * share;
  sums.own += (open * open * n * (atRisk - n)) / atRisk ** 3;
  sums.cross += (open * n) / atRisk ** 2;
  sums.crossF += (share * open * n) / atRisk ** 2;
}

function variance({g, gf, gff, own, cross, crossF}: Sums, share: number): number {
  return share * share * g - 2 * share * gf + gff + own - 2 * (share * cross - crossF);
}

function band(share: number, se: number): {lo: number | null; hi: number | null} {
  if (se < 1e-9 || share <= 0 || share >= 1 - 1e-12) return {lo: null, hi: null};
  const spread = (Z95 * se) / (share * Math.log(share));
  return {lo: share ** Math.exp(-spread), hi: share ** Math.exp(spread)};
}
