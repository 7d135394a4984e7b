/** The levels that forecasts state their quantiles at, and how to read a chance between them. */

/** 2.5%, then 5% to 95% in steps of 5%, then 97.5%. Intervals of 50, 80 and 95% nest in them. */
export const LEVELS: readonly number[] = [0.025, ...Array.from({length: 19}, (_, i) => (i + 1) / 20), 0.975];

/** Chance that what is still to come reaches an amount, by interpolation between quantiles; 2.5% at the ends at least. */
export function chanceAbove(quantiles: ArrayLike<number>, needed: number): number {
  if (needed <= 0) return 1;
  if (needed <= quantiles[0]!) return 1 - LEVELS[0]!;
  for (let i = 1; i < LEVELS.length; i++) {
    const [low, high] = [quantiles[i - 1]!, quantiles[i]!];
    if (needed > high) continue;
    const share = high > low ? (needed - low) / (high - low) : 0;
    return 1 - (LEVELS[i - 1]! + share * (LEVELS[i]! - LEVELS[i - 1]!));
  }
  return 1 - LEVELS.at(-1)!;
}
