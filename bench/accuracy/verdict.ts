/** What may be claimed of a figure against a listed one. */
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

/** Whether an interval holds as often as it should: 70 to 90% for the 80% one, 90 to 99% for the 95% one. */
export function coverageVerdict(level: 80 | 95, share: number): "as promised" | "too narrow" | "too wide" {
  const [least, most] = level === 80 ? [0.7, 0.9] : [0.9, 0.99];
  if (share < least) return "too narrow";
  return share > most ? "too wide" : "as promised";
}
