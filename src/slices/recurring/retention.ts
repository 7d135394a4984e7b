/** What became of the customers of a year ago: net and gross revenue retention, and how many left. */
import {isoDay} from "../facts.js";
import {rateInterval} from "../rateInterval.js";
import {type AccountLevels, levelAt, stepAt} from "./levels.js";

/** Fewer customers than this say nothing of a rate. */
export const FEWEST_CUSTOMERS = 10;

export interface Retention {
  /** Day numbers: the cohort had ARR at the end of `from`; asked at the end of `to`. */
  from: number;
  to: number;
  /** Customers of the cohort, and those of them without any ARR at the end. */
  n: number;
  nLeft: number;
  /** Their ARR then and now, cents; and what of the first is still there, no customer above what it had. */
  begin: number;
  end: number;
  kept: number;
  /** Steps agreed at signing in between: in `end`, in neither rate. */
  agreed: number;
  /** Null with fewer than FEWEST_CUSTOMERS customers. */
  nrr: number | null;
  grr: number | null;
  /** 95% intervals as luck of single customers would have it; null where the rate is. */
  nrrRange: {lo: number; hi: number} | null;
  grrRange: {lo: number; hi: number} | null;
  logoChurn: number | null;
  logoChurnRange: {lo: number; hi: number} | null;
}

/** The same day a year before; 28 February for the 29th. */
export function yearBefore(day: number): number {
  const iso = isoDay(day);
  const year = Number(iso.slice(0, 4)) - 1;
  const monthDay = iso.slice(5) === "02-29" ? "02-28" : iso.slice(5);
  return Math.round(Date.parse(`${year}-${monthDay}T00:00:00Z`) / 86_400_000);
}

/**
 * NRR = (ARR now of the customers of `from`, less steps agreed at signing) / their ARR then; GRR counts no customer above its ARR then,
 * so that it is never above 100%. New customers are in neither part; one that left and came back in between has stayed.
 * Intervals: a ratio of sums over customers by linearisation.
 * @see Cochran (1977), Sampling Techniques, 6.4
 */
export function retention(customers: readonly AccountLevels[], from: number, to: number): Retention {
  const pairs: {then: number; now: number; kept: number}[] = [];
  let [agreed, end, nLeft] = [0, 0, 0];
  for (const levels of customers) {
    const [first, last] = [stepAt(levels, from), stepAt(levels, to)];
    const then = levels.levels[first] ?? 0;
    if (then <= 0) continue;
    const level = levels.levels[last]!;
    // Of a customer that has left nothing is there that a step could have changed.
    const steps = level > 0 ? levels.agreed[last]! - levels.agreed[first]! : 0;
    const now = level - steps;
    pairs.push({then, now, kept: Math.max(0, Math.min(then, now))});
    agreed += steps;
    end += level;
    if (level <= 0) nLeft++;
  }
  const n = pairs.length;
  const begin = pairs.reduce((sum, {then}) => sum + then, 0);
  const kept = pairs.reduce((sum, pair) => sum + pair.kept, 0);
  const isKnown = n >= FEWEST_CUSTOMERS;
  const nrr = isKnown ? (end - agreed) / begin : null;
  const grr = isKnown ? kept / begin : null;
  const ranged = (rate: number | null, of: "now" | "kept") =>
    rate === null
      ? null
      : ratioRange(
          rate,
          pairs.map((pair) => ({x: pair.then, y: pair[of]}))
        );
  const grrRange = ranged(grr, "kept");
  return {
    ...{from, to, n, nLeft, begin, end, kept, agreed, nrr, grr},
    nrrRange: ranged(nrr, "now"),
    grrRange: grrRange && {lo: grrRange.lo, hi: Math.min(1, grrRange.hi)},
    logoChurn: isKnown ? nLeft / n : null,
    logoChurnRange: isKnown ? rateInterval(nLeft, n) : null
  };
}

const Z = 1.959964;

function ratioRange(rate: number, pairs: readonly {x: number; y: number}[]): {lo: number; hi: number} {
  const n = pairs.length;
  const x = pairs.reduce((sum, pair) => sum + pair.x, 0);
  const squares = pairs.reduce((sum, pair) => sum + (pair.y - rate * pair.x) ** 2, 0);
  const half = (Z * Math.sqrt((n / (n - 1)) * squares)) / x;
  return {lo: Math.max(0, rate - half), hi: rate + half};
}

/** What of each start quarter's customers is left after so many months, in money and in customers. */
export interface CohortCell {
  /** Label of the quarter in which their ARR began, and months since its end. */
  cohort: string;
  months: number;
  /** Customers that began, and their ARR at the quarter's end. */
  n: number;
  begin: number;
  /** Null where it is not that long ago, or the cohort is too small. */
  money: number | null;
  logos: number | null;
}

/** Customers of a cohort below which nothing is told of it. */
const FEWEST_STARTERS = 5;

/**
 * Cohorts by the quarter in which customers first had ARR. Who began and left within the quarter is not in it.
 * @param quarters whole ones, oldest first, day numbers
 */
export function cohortCells(
  customers: readonly AccountLevels[],
  quarters: readonly {label: string; from: number; to: number}[],
  months: readonly number[],
  asOf: number
): CohortCell[] {
  return quarters.flatMap(({label, from, to}) => {
    const began = customers.filter(({days}) => days[0]! >= from && days[0]! <= to);
    const starters = began.filter((levels) => levelAt(levels, to) > 0);
    const begin = starters.reduce((sum, levels) => sum + levelAt(levels, to), 0);
    return months.map((after): CohortCell => {
      const day = monthsLater(to, after);
      if (day > asOf || starters.length < FEWEST_STARTERS)
        return {cohort: label, months: after, n: starters.length, begin, money: null, logos: null};
      const left = starters.map((levels) => levelAt(levels, day));
      return {
        ...{cohort: label, months: after, n: starters.length, begin},
        money: left.reduce((sum, cents) => sum + cents, 0) / begin,
        logos: left.filter((cents) => cents > 0).length / starters.length
      };
    });
  });
}

/** The last day of the month so many months after a month's last day. */
export function monthsLater(lastDay: number, months: number): number {
  const iso = isoDay(lastDay);
  const index = Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1 + months + 1;
  return Math.round(Date.UTC(Math.floor(index / 12), index % 12, 1) / 86_400_000) - 1;
}
