import type {Distribution} from "./distribution.js";

/**
 * The amount that is not exceeded with a chance.
 * @param level 0 to 1, both excluded
 * @throws {RangeError} on another level
 */
export function quantile({grid, cdf}: Distribution, level: number): number {
  if (!(level > 0 && level < 1))
    throw new RangeError(`quantile requires a level between 0 and 1, got ${level}`);
  let low = 0;
  let high = cdf.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cdf[middle]! >= level) high = middle;
    else low = middle + 1;
  }
  if (low === 0) return grid[0]!;
  const [before, after] = [cdf[low - 1]!, cdf[low]!];
  const share = after > before ? (level - before) / (after - before) : 1;
  return grid[low - 1]! + share * (grid[low]! - grid[low - 1]!);
}

/** The chance to book at least an amount, 0..1. */
export function chanceOfAtLeast({grid, cdf, sd, mean}: Distribution, amount: number): number {
  if (sd === 0) return mean >= amount ? 1 : 0;
  if (amount <= grid[0]!) return 1;
  const last = grid.length - 1;
  if (amount >= grid[last]!) return 0;
  const at = (amount - grid[0]!) / (grid[1]! - grid[0]!);
  const j = Math.min(last - 1, Math.floor(at));
  return 1 - (cdf[j]! + (at - j) * (cdf[j + 1]! - cdf[j]!));
}
