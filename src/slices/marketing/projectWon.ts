/** What open deals will still bring: recent campaigns have not failed, they are not over. */
import {aalenJohansen, type Spell} from "../aalenJohansen.js";
import {generator} from "../numeric/generator.js";
import type {Range} from "./marketingData.js";

/** Cause of a spell that ended in a win; 1 is a loss. */
export const WON = 0;

export interface OpenDeal {
  ageDays: number;
  amount: number;
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
/** Of so many ends, the latest, is told how what lasts longer ends. */
const LATE_ENDS = 20;
export const DRAWS = 1000;
/** More deals than this are drawn as one normal sum. */
export const MANY = 400;
const WEEK = 7;
/** Weeks of age for which chances are stated; older deals take the last. */
const WEEKS = 104;

/**
 * The chance of a deal that is open at an age to be won at last: the Aalen-Johansen share among the deals that were open
 * as long, to the last day on which ten were watched. What is open after that day is won as often as the firm's deals that ended
 * as late or later, the latest twenty at least.
 * @returns null when fewer than ten deals were watched as long
 * @see src/slices/aalenJohansen.ts
 */
export function chanceAfter(spells: readonly Spell[], ageDays: number): Chance | null {
  const alike = spells.filter(({days}) => days >= ageDays);
  if (alike.length < FEWEST) return null;
  const curves = aalenJohansen(alike, 2).map((curve) => curve.findLast(({nAtRisk}) => nAtRisk >= FEWEST));
  const [won, lost] = curves;
  if (!won) return null;
  const left = Math.max(0, 1 - won.share - (lost?.share ?? 0));
  const {share, n} = lateWins(spells, won.t);
  return {
    p: won.share + left * share,
    se: Math.sqrt(won.se ** 2 + (n > 0 ? (left ** 2 * share * (1 - share)) / n : 0))
  };
}

/** Of the deals that ended at an age or later, the latest twenty at least: the share won, and their number. */
function lateWins(spells: readonly Spell[], from: number): {share: number; n: number} {
  const ended = spells.filter(({cause}) => cause !== null).sort((a, b) => b.days - a.days);
  const late = ended.filter(({days}, i) => days >= from || i < LATE_ENDS);
  const nWon = late.filter(({cause}) => cause === WON).length;
  return {share: late.length > 0 ? nWon / late.length : 0, n: late.length};
}

/** The chance by week of age, two years of them; a week of which nothing is known has that of the week before. */
export function chancesByWeek(spells: readonly Spell[]): Chance[] {
  const chances: Chance[] = [];
  for (let week = 0; week < WEEKS; week++)
    chances.push(chanceAfter(spells, week * WEEK) ?? chances[week - 1] ?? {p: 0, se: 0});
  return chances;
}

/** The chance of a deal of some age; older than any stated one it is that of the last week. */
export function chanceAt(chances: readonly Chance[], ageDays: number): Chance {
  const week = Math.min(chances.length - 1, Math.max(0, Math.floor(ageDays / WEEK)));
  return chances[week] ?? {p: 0, se: 0};
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
  const {next, normal} = generator(seed);
  const odds = deals.map(({ageDays, amount}) => ({...chanceOf(ageDays), amount}));
  const [counts, sums]: [number[], number[]] = [[], []];
  const expected = odds.reduce((sum, {p, amount}) => sum + p * amount, 0);
  const many = odds.length > MANY ? moments(odds) : null;
  for (let draw = 0; draw < DRAWS; draw++) {
    const z = normal();
    let [count, sum] = [0, 0];
    if (many) {
      const luck = normal();
      count = Math.max(0, Math.round(many.count + z * many.countError + luck * many.countLuck));
      sum = Math.max(0, expected + z * many.sumError + luck * many.sumLuck);
    } else
      for (const {p, se, amount} of odds) {
        if (next() >= shifted(p, se, z)) continue;
        count++;
        sum += amount;
      }
    counts.push(count);
    sums.push(sum);
  }
  return {
    deals: {mean: odds.reduce((sum, {p}) => sum + p, 0), ...middle80(counts)},
    money: {mean: expected, ...middle80(sums)},
    draws: sums
  };
}

/** Of many deals: what the common error of the chances moves, and what luck does. */
function moments(odds: readonly {p: number; se: number; amount: number}[]) {
  const sum = (of: (each: (typeof odds)[number]) => number) =>
    odds.reduce((total, each) => total + of(each), 0);
  return {
    count: sum(({p}) => p),
    countError: sum(({se}) => se),
    countLuck: Math.sqrt(sum(({p}) => p * (1 - p))),
    sumError: sum(({se, amount}) => se * amount),
    sumLuck: Math.sqrt(sum(({p, amount}) => p * (1 - p) * amount * amount))
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
