/** This year against the year before: value, speed and win rate of each partner, with intervals. */
import type {FactTable} from "../facts.js";
import {rateInterval} from "../rateInterval.js";
import {centsAt, dayAt, groupBy, numberAt, rowsOf, wordAt} from "./columns.js";

const YEAR = 365;
const Z95 = 1.959964;
/** Fewer records than this in either year are not enough data. */
export const FEW_IN_A_YEAR = 5;

/** A change with its 95% interval; null where either year has too few records. */
export interface Change {
  value: number;
  lo: number;
  hi: number;
}

/** One year of a partner's deals: those begun in it, and those closed in it. */
export interface PartnerYear {
  nBegun: number;
  nWon: number;
  nLost: number;
  wonCents: number;
  amounts: number[];
  /** Days from creation to won, of won deals. */
  cycles: number[];
}

export interface TrendRow {
  key: string;
  now: PartnerYear;
  before: PartnerYear;
  /** Deals begun this year / the year before, less 1. */
  begun: Change | null;
  /** Won money of this year / the year before, less 1. */
  value: Change | null;
  /** Days by which won deals take longer now (negative: faster). */
  cycle: Change | null;
  /** Points by which the win rate rose. */
  winRate: Change | null;
}

/**
 * Trends of each partner by what it brought, the most won over both years first; the first row is all partners together.
 * @param parts with `is_origin`: a deal counts once
 */
export function partnerTrends(parts: FactTable, deals: FactTable, asOf: number): TrendRow[] {
  const rows = rowsOf(parts).filter((row) => numberAt(parts, "is_origin", row) === 1);
  if (rows.length === 0) return [];
  const dealOf = (row: number) => numberAt(parts, "deal", row)!;
  const trend = (key: string, mine: readonly number[]): TrendRow => {
    const now = yearOf(deals, mine.map(dealOf), asOf - YEAR + 1, asOf);
    const before = yearOf(deals, mine.map(dealOf), asOf - 2 * YEAR + 1, asOf - YEAR);
    return {
      key,
      now,
      before,
      begun: countRatio(now.nBegun, before.nBegun),
      value: sumRatio(now.amounts, before.amounts),
      cycle: shift(now.cycles, before.cycles),
      winRate: rateChange(now, before)
    };
  };
  const both = ({now, before}: TrendRow) => now.wonCents + before.wonCents;
  const each = [...groupBy(rows, (row) => wordAt(parts, "partner", row)!)]
    .map(([key, mine]) => trend(key, mine))
    .filter(
      ({now, before}) => now.nWon + now.nLost + before.nWon + before.nLost + now.nBegun + before.nBegun > 0
    )
    .sort((a, b) => both(b) - both(a) || (a.key < b.key ? -1 : 1));
  return [trend("All partners", rows), ...each];
}

function yearOf(deals: FactTable, mine: readonly number[], from: number, to: number): PartnerYear {
  const year: PartnerYear = {nBegun: 0, nWon: 0, nLost: 0, wonCents: 0, amounts: [], cycles: []};
  for (const deal of mine) {
    const first = dayAt(deals, "created_on", deal);
    if (first !== null && first >= from && first <= to) year.nBegun++;
    const day = dayAt(deals, "closed_on", deal);
    if (day === null || day < from || day > to) continue;
    if (wordAt(deals, "outcome", deal) !== "won") {
      year.nLost++;
      continue;
    }
    const cents = centsAt(deals, "won_amount", deal) ?? 0;
    year.nWon++;
    year.wonCents += cents;
    year.amounts.push(cents);
    if (first !== null) year.cycles.push(Math.max(0, day - first));
  }
  return year;
}

/**
 * Ratio of two Poisson counts over spans of equal length, less 1: given their sum the first is binomial, and its Wilson interval
 * carries over. Null for fewer than ten in both years together.
 */
export function countRatio(now: number, before: number): Change | null {
  if (now + before < 2 * FEW_IN_A_YEAR || before === 0) return null;
  const {lo, hi} = rateInterval(now, now + before)!;
  const odds = (share: number) => (share >= 1 ? Number.POSITIVE_INFINITY : share / (1 - share));
  return {value: now / before - 1, lo: odds(lo) - 1, hi: odds(hi) - 1};
}

/**
 * Ratio of two sums of independent amounts whose number is random too (compound Poisson), less 1: the variance of the logarithm
 * of a sum is about the sum of squares over the square of the sum.
 */
export function sumRatio(now: readonly number[], before: readonly number[]): Change | null {
  if (now.length < FEW_IN_A_YEAR || before.length < FEW_IN_A_YEAR) return null;
  const total = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0);
  const spread = (list: readonly number[]) => total(list.map((each) => each * each)) / total(list) ** 2;
  if (total(now) <= 0 || total(before) <= 0) return null;
  const ratio = total(now) / total(before);
  const half = Z95 * Math.sqrt(spread(now) + spread(before));
  return {value: ratio - 1, lo: ratio * Math.exp(-half) - 1, hi: ratio * Math.exp(half) - 1};
}

/**
 * By how much values now lie above those before: the Hodges-Lehmann shift, with the interval of the rank-sum test.
 * @see Hollander, Wolfe & Chicken (2014), Nonparametric Statistical Methods, sections 4.2 and 4.3
 */
export function shift(now: readonly number[], before: readonly number[]): Change | null {
  const [n, m] = [now.length, before.length];
  if (n < FEW_IN_A_YEAR || m < FEW_IN_A_YEAR) return null;
  const differences = now.flatMap((a) => before.map((b) => a - b)).sort((a, b) => a - b);
  const middle = (differences.length - 1) / 2;
  const value = (differences[Math.floor(middle)]! + differences[Math.ceil(middle)]!) / 2;
  const rank = Math.max(1, Math.floor((n * m) / 2 - Z95 * Math.sqrt((n * m * (n + m + 1)) / 12)));
  return {value, lo: differences[rank - 1]!, hi: differences[differences.length - rank]!};
}

/**
 * Difference of two win rates with its interval from the two Wilson intervals.
 * @see Newcombe (1998), Statistics in Medicine 17:873-890, method 10
 */
export function rateChange(now: PartnerYear, before: PartnerYear): Change | null {
  const [n, m] = [now.nWon + now.nLost, before.nWon + before.nLost];
  if (n < FEW_IN_A_YEAR || m < FEW_IN_A_YEAR) return null;
  const [p, q] = [now.nWon / n, before.nWon / m];
  const [a, b] = [rateInterval(now.nWon, n)!, rateInterval(before.nWon, m)!];
  const value = p - q;
  return {
    value,
    lo: value - Math.hypot(p - a.lo, b.hi - q),
    hi: value + Math.hypot(a.hi - p, q - b.lo)
  };
}
