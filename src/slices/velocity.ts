/**
 * The velocity equation: how much money the pipeline turns out a day, and what each of its four levers does to it. The cycle
 * is a divisor, so a tenth off it gives a ninth, not a tenth.
 */
export interface Levers {
  /** Open deals. */
  n: number;
  /** Their average amount, in units of base currency. */
  average: number;
  /** Won / (won + lost), 0..1. */
  winRate: number;
  /** Days from creation to close. */
  cycleDays: number;
}

export type Lever = keyof Levers;

/** Money a day; null when any lever is unknown or the cycle is not positive. */
export function velocity({n, average, winRate, cycleDays}: {[lever in Lever]: number | null}): number | null {
  if (n === null || average === null || winRate === null || cycleDays === null || cycleDays <= 0) return null;
  return (n * average * winRate) / cycleDays;
}

export interface Sensitivity {
  lever: Lever;
  /** Velocity when the lever alone is better by the share: higher, but of the cycle shorter. */
  better: number;
  /** Its relative change: 0.1 is a tenth more. */
  change: number;
}

/** What one lever alone does, each made better by `share` (0..1, below 1). */
export function sensitivities(levers: Levers, share = 0.1): Sensitivity[] {
  const base = velocity(levers)!;
  return (["n", "average", "winRate", "cycleDays"] as const).map((lever) => {
    const factor = lever === "cycleDays" ? 1 - share : 1 + share;
    const better = velocity({...levers, [lever]: levers[lever] * factor})!;
    return {lever, better, change: base === 0 ? 0 : better / base - 1};
  });
}
