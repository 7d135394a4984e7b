/**
 * The Wilson score interval of a rate.
 * @param z 1.96 for 95%
 * @returns bounds in 0..1; null for no trials
 * @see Wilson (1927), JASA 22:209-212
 */
export function rateInterval(
  successes: number,
  trials: number,
  z = 1.959964
): {lo: number; hi: number} | null {
  if (trials === 0) return null;
  const rate = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (rate + (z * z) / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((rate * (1 - rate)) / trials + (z * z) / (4 * trials * trials));
  // The bounds of none and of all are 0 and 1 exactly, which floating point misses by a hair.
  return {lo: rate === 0 ? 0 : Math.max(0, centre - half), hi: rate === 1 ? 1 : Math.min(1, centre + half)};
}
