/**
 * When a figure of a group of partners may be told to one of them, so that nobody can be worked out from it.
 * @see Hundepool et al. (2012), Statistical Disclosure Control, chapter 4: threshold, (n, k) dominance and p% rules
 * @see Zhang, Koudas, Srivastava & Yu (2007), Aggregate query answering on anonymized tables, ICDE: (k, e)-anonymity, by which the values of
 * a group span a range at least, for who is in a group of like values is known by it however many there are
 */
import {COMPARED, type Counted, type MeasureKey} from "./measures.js";

export const RULES = {
  /** Partners with anything to count: the reader and five others. */
  least: 6,
  /** No partner has more of what is counted than this share: the (1, k) dominance rule. */
  most: 0.5,
  /** What is left beside the two largest is at least this share of the largest: the p% rule, by which the second cannot work out the first. */
  p: 0.2,
  /** Of what can happen or not, so often each, whichever partner is left out: where all came out alike each one's is known. */
  each: 5,
  /**
   * So much of its middle the middle half spans at least, both as they are told; of a share, of the larger of both outcomes', so that to
   * count the other one changes nothing. In a narrower one half of the peers would be known to within a twentieth. So it is without the
   * partner that lies farthest from the middle, too, who knows its own.
   */
  apart: 0.1
} as const;

/** Where a figure of the group lies, rounded as it would be told. */
export interface Band {
  median: number;
  lo: number;
  hi: number;
}

/** Whether peers lie so far apart that the band does not tell each one's own figure. */
export function isApart({median, lo, hi}: Band, key: MeasureKey): boolean {
  const middle = COMPARED[key].unit === "ratio" ? Math.max(median, 1 - median) : median;
  return hi - lo >= RULES.apart * middle;
}

/**
 * Whether a group's figure may be told, from what each of its partners has of it; that they are not all alike is asked of the band that
 * comes of it (isApart). One answer without the reason: that one partner has most
 * of it would itself say something of that partner.
 */
export function isTellable(counts: readonly Counted[]): boolean {
  const known = counts.filter((each) => sizeOf(each) > 0);
  if (known.length < RULES.least) return false;
  const totals = known.flatMap((each) => ("total" in each ? [each.total] : []));
  if (isDominated(known.map(sizeOf)) || (totals.length > 0 && isDominated(totals))) return false;
  const rates = known.flatMap((each) => ("trials" in each ? [each] : []));
  return (
    rates.length === 0 ||
    (isMixed(rates.map(({successes}) => successes)) &&
      isMixed(rates.map(({successes, trials}) => trials - successes)))
  );
}

function sizeOf(each: Counted): number {
  return "trials" in each ? each.trials : each.n;
}

function isDominated(parts: readonly number[]): boolean {
  const [first = 0, second = 0, ...rest] = [...parts].sort((a, b) => b - a);
  const others = rest.reduce((sum, each) => sum + each, 0);
  return first > RULES.most * (first + second + others) || others < RULES.p * first;
}

function isMixed(parts: readonly number[]): boolean {
  const sum = parts.reduce((total, each) => total + each, 0);
  return sum - Math.max(...parts) >= RULES.each;
}
