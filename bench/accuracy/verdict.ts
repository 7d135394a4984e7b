/** What may be claimed of a figure against a listed one. */
import {betaQuantile} from "../../src/slices/betaDistribution.ts";
import type {Interval} from "./bookingsMetrics.ts";

export type Verdict = "better" | "tie" | "worse";

/**
 * Higher is better for AUC (sign 1), lower for log-loss (sign -1). A tie when the two are no further apart than one
 * standard deviation.
 */
export function verdictBySd(ours: number, theirs: number, sd: number, sign: 1 | -1): Verdict {
  if (Math.abs(ours - theirs) <= sd) return "tie";
  return sign * (ours - theirs) > 0 ? "better" : "worse";
}

/** Lower is better. A tie when the 90% interval of ours less theirs holds 0. */
export function verdictByInterval({low, high}: Interval): Verdict {
  if (high < 0) return "better";
  return low > 0 ? "worse" : "tie";
}

/**
 * Whether an interval holds as often as it should: 70 to 90% for the 80% one, 90 to 99% for the 95% one. A tie when the share lies
 * outside, but its exact 95% binomial interval (Clopper & Pearson 1934) does not; outcomes overlap, so that true luck is larger.
 * @param held outcomes inside, of `n`
 */
export function coverageVerdict(level: 80 | 95, held: number, n: number): string {
  const [least, most] = level === 80 ? [0.7, 0.9] : [0.9, 0.99];
  const share = held / n;
  if (share >= least && share <= most) return "as promised";
  const low = held === 0 ? 0 : betaQuantile(0.025, held, n - held + 1);
  const high = held === n ? 1 : betaQuantile(0.975, held + 1, n - held);
  const side = share < least ? "too narrow" : "too wide";
  if (high < least || low > most) return side;
  const percent = (value: number) => `${(100 * value).toFixed(0)}%`;
  return `tie (${side}, but by luck alone ${percent(low)} to ${percent(high)})`;
}
