/** Chances make fractions of pieces. */
export function one(value: number): number {
  return Math.round(value * 10) / 10;
}
