/** What open deals will still bring: recent campaigns have not failed, they are not over. */
import {aalenJohansen, type Spell} from "../../src/slices/aalenJohansen.ts";
import {concernNumber, Rng} from "../twins/random/rng.ts";

/** Cause of a spell that ended in a win; 1 is a loss. */
export const WON = 0;

export interface OpenDeal {
  ageDays: number;
  amount: number;
}

export interface Range {
  mean: number;
  /** An 80 % interval. */
  lo: number;
  hi: number;
}

export interface Projection {
  /** More deals won. */
  deals: Range;
  /** More money won. */
  money: Range;
  /** The money of each draw. */
  draws: number[];
}

export interface Chance {
  /** Chance to be won at last, 0..1. */
  p: number;
  se: number;
}

/** Fewer deals than this still watched at an age say nothing about it. */
const FEWEST = 10;
export const DRAWS = 1000;
const WEEK = 7;

/**
 * The chance of a deal that is open at an age to be won at last: the Aalen-Johansen share among the deals that were open
 * as long, to the last day on which ten were watched. What is open after that day counts as not won.
 * @returns null when fewer than ten deals were watched as long
 * @see src/slices/aalenJohansen.ts
 */
export function chanceAfter(spells: readonly Spell[], ageDays: number): Chance | null {
  const alike = spells.filter(({days}) => days >= ageDays);
  if (alike.length < FEWEST) return null;
  const curve = aalenJohansen(alike, 2)[WON]!.filter(({nAtRisk}) => nAtRisk >= FEWEST);
  const last = curve.at(-1);
  // Where the last day ended all that were left, the curve states no error: that of a plain share then.
  return last
    ? {p: last.share, se: last.se ?? Math.sqrt((last.share * (1 - last.share)) / alike.length)}
    : null;
}

/** Remembers the chance of each week of age. Deals older than any known take that of the oldest known week. */
export function chanceByAge(spells: readonly Spell[]): (ageDays: number) => Chance {
  const known = new Map<number, Chance>();
  const ask = (week: number): Chance => {
    const found = known.get(week);
    if (found) return found;
    const chance = chanceAfter(spells, week * WEEK) ?? (week > 0 ? ask(week - 1) : {p: 0, se: 0});
    known.set(week, chance);
    return chance;
  };
  return (ageDays) => ask(Math.max(0, Math.floor(ageDays / WEEK)));
}

/**
 * Simulates each deal's end; the error of the chances is common to all deals of a draw.
 * @param seed same seed, same ranges
 * @returns ranges of deals and money still to be won; all 0 without open deals
 */
export function projectWon(
  deals: readonly OpenDeal[],
  chanceOf: (ageDays: number) => Chance,
  seed: number
): Projection {
  const rng = new Rng().seed(seed, concernNumber("campaign projection"));
  const odds = deals.map(({ageDays, amount}) => ({...chanceOf(ageDays), amount}));
  const [counts, sums]: [number[], number[]] = [[], []];
  for (let draw = 0; draw < DRAWS; draw++) {
    const z = rng.normal();
    let [count, sum] = [0, 0];
    for (const {p, se, amount} of odds) {
      if (rng.next() >= shifted(p, se, z)) continue;
      count++;
      sum += amount;
    }
    counts.push(count);
    sums.push(sum);
  }
  const expected = odds.reduce((sum, {p, amount}) => sum + p * amount, 0);
  return {
    deals: {mean: odds.reduce((sum, {p}) => sum + p, 0), ...middle80(counts)},
    money: {mean: expected, ...middle80(sums)},
    draws: sums
  };
}

/** The middle 80 % of draws. */
export function middle80(draws: readonly number[]): {lo: number; hi: number} {
  const sorted = [...draws].sort((a, b) => a - b);
  const at = (level: number) => sorted[Math.min(sorted.length - 1, Math.floor(level * sorted.length))] ?? 0;
  return {lo: at(0.1), hi: at(0.9)};
}

/** A chance moved by z standard errors on the log-odds scale, where it stays a chance. */
function shifted(p: number, se: number, z: number): number {
  if (p <= 0 || p >= 1) return p;
  const logit = Math.log(p / (1 - p)) + (z * se) / (p * (1 - p));
  return 1 / (1 + Math.exp(-logit));
}
