/** How much more often something happens in some spans of time than in others. */

/** Events and days of one stratum, inside and outside the spans. */
export interface RateStratum {
  inside: {n: number; days: number};
  outside: {n: number; days: number};
}

export interface RateRatio {
  /** Rate inside / rate outside; null when a side has no days or nothing happened on it. */
  ratio: number | null;
  /** Its 95% interval. */
  lo: number | null;
  hi: number | null;
  /** Strata with days on both sides. */
  nStrata: number;
  nInside: number;
  nOutside: number;
}

const Z95 = 1.959964;

/**
 * The Mantel-Haenszel ratio of rates over strata with days on both sides.
 * @see Greenland & Robins (1985), Biometrics 41:55-68, for the variance of its logarithm
 */
export function rateRatio(strata: readonly RateStratum[]): RateRatio {
  const both = strata.filter(({inside, outside}) => inside.days > 0 && outside.days > 0);
  let [over, under, spread] = [0, 0, 0];
  for (const {inside, outside} of both) {
    const days = inside.days + outside.days;
    over += (inside.n * outside.days) / days;
    under += (outside.n * inside.days) / days;
    spread += ((inside.n + outside.n) * inside.days * outside.days) / days ** 2;
  }
  const known = {
    nStrata: both.length,
    nInside: both.reduce((sum, {inside}) => sum + inside.n, 0),
    nOutside: both.reduce((sum, {outside}) => sum + outside.n, 0)
  };
  if (over === 0 || under === 0) return {...known, ratio: null, lo: null, hi: null};
  const ratio = over / under;
  const half = Z95 * Math.sqrt(spread / (over * under));
  return {...known, ratio, lo: ratio * Math.exp(-half), hi: ratio * Math.exp(half)};
}
