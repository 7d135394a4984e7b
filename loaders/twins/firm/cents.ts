/** Money of the simulation: integers of a hundredth of the currency. */

/** A price rounded to a round figure of about two digits, as people estimate: 18,734 becomes 19,000. */
export function roughly(cents: number): number {
  const step = 10 ** Math.max(2, Math.floor(Math.log10(Math.max(cents, 1))) - 1);
  return Math.max(step, Math.round(cents / step) * step);
}
