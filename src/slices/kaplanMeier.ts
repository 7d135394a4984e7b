/**
 * The Kaplan-Meier estimate of the share still there after t days, with open stays as censored.
 * @see Kaplan & Meier (1958), JASA 53:457-481; the band is the 95% log-log one (R: conf.type = "log-log")
 */
export interface Stay {
  /** Whole days, 0 or more. */
  days: number;
  /** False while the stay lasts: it is known to take at least this long. */
  hasEnded: boolean;
}

export interface CurvePoint {
  t: number;
  /** Share still there just after day t, 0..1. */
  s: number;
  /** Bounds, 0..1; null where the share is 1 or 0 and has none. */
  lo: number | null;
  hi: number | null;
  /** Stays at risk just before day t. */
  nAtRisk: number;
}

const Z95 = 1.959964;

/** A point at day 0 and at every day on which a stay ended. Empty for no stays. */
export function kaplanMeier(stays: readonly Stay[]): CurvePoint[] {
  if (stays.length === 0) return [];
  const sorted = [...stays].sort((a, b) => a.days - b.days);
  const points: CurvePoint[] = [{t: 0, s: 1, lo: null, hi: null, nAtRisk: sorted.length}];
  let share = 1;
  let greenwood = 0;
  for (let i = 0; i < sorted.length; ) {
    const t = sorted[i]!.days;
    const nAtRisk = sorted.length - i;
    let ended = 0;
    for (; i < sorted.length && sorted[i]!.days === t; i++) if (sorted[i]!.hasEnded) ended++;
    if (ended === 0) continue;
    share *= 1 - ended / nAtRisk;
    greenwood += ended / (nAtRisk * (nAtRisk - ended));
    points.push({t, s: share, ...band(share, greenwood), nAtRisk});
  }
  return points;
}

/** The day by which a share (0..1, half when absent) has left; null when fewer have. */
export function daysUntilLeft(curve: readonly CurvePoint[], share = 0.5): number | null {
  return curve.find(({s}) => s <= 1 - share + 1e-12)?.t ?? null;
}

/** A day by which a share has left, with its 95% interval. */
export interface LeftBy {
  /** Null when fewer have left. */
  days: number | null;
  /** Null when the band does not come down (or up) to the share. */
  lo: number | null;
  hi: number | null;
}

/**
 * The day by which a share (0..1) has left, and between which days it lies with 95%: where the band crosses the share. Days are
 * whole, so the interval holds at least that often.
 * @see Brookmeyer & Crowley (1982), Biometrics 38:29-41; R: quantile(survfit(..., conf.type = "log-log"))
 */
export function leftBy(curve: readonly CurvePoint[], share: number): LeftBy {
  const left = 1 - share + 1e-12;
  const crossing = (bound: "lo" | "hi") =>
    curve.find((point) => point[bound] !== null && point[bound] <= left)?.t ?? null;
  return {days: daysUntilLeft(curve, share), lo: crossing("lo"), hi: crossing("hi")};
}

function band(share: number, greenwood: number): {lo: number | null; hi: number | null} {
  if (share <= 0 || share >= 1) return {lo: null, hi: null};
  const spread = (Z95 * Math.sqrt(greenwood)) / Math.log(share);
  return {lo: share ** Math.exp(-spread), hi: share ** Math.exp(spread)};
}
