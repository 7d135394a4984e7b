/** Open deals as the model sees them; made by loaders/forecast/publish/dealScores.ts, shown by src/views/dealScores.ts. */

import type {AmountRecord, DateRecord} from "./amountsAndDates.js";
import type {FactorEffects} from "./factorEffects.js";
import type {DealScore} from "./forecast.js";
import {NONE} from "./select.js";

/** A part of a score: an index into the words, and what it adds to the log-odds, in ten-thousandths. */
export type ScoredFactor = readonly [word: number, effect: number];

export interface ScoredDeal extends DealScore {
  /** What it closes at if won. */
  ifWon: number;
  /** Chances to be won (lost) within each of `weeks`, 0..1. */
  won: number[];
  lost: number[];
  /** Base + the factors' effects = score: log-odds to be won in a coming week, in ten-thousandths. */
  score: number;
  factors: ScoredFactor[];
  /** Chance by the end of the quarter if this one thing were otherwise, everything else as it is. */
  ifs: {what: string; p_quarter: number}[];
  /** Stated money that is hard to believe: what of the amount stated for the quarter, or beyond the usual, is not expected. */
  doubtful: number | null;
}

export interface DealScoresData {
  asOf: string;
  currency: string;
  reason: string | null;
  quarter: {label: string; to: string} | null;
  /** Why there is no quarter's forecast of money; null where there is one. */
  noQuarter: string | null;
  weeks: number[];
  /** Open deals; those with the largest expected amounts are listed. */
  nWhole: number;
  /** Log-odds of the average open deal to be won in a coming week, in ten-thousandths. */
  base: number;
  words: string[];
  /** How far chances given on past days were from the share won, on average (0..1); null without such days. */
  held: {weeks: number; n: number; error: number} | null;
  deals: ScoredDeal[];
  amounts: AmountRecord | null;
  dates: DateRecord | null;
  /** What goes with winning, all else alike. */
  effects: FactorEffects;
}

/** What scored deals are filtered by. */
export const SCORED_BY = ["stage", "owner"] as const;

/** The scored deals that pass the filters; those of all that are not listed stay so. */
export function scoresWithin(
  data: DealScoresData,
  filters: Readonly<Record<string, readonly string[]>>
): DealScoresData {
  const deals = data.deals.filter((deal) =>
    SCORED_BY.every((key) => {
      const wanted = filters[key] ?? [];
      return wanted.length === 0 || wanted.includes(deal[key] ?? NONE);
    })
  );
  return {...data, deals, nWhole: data.nWhole - data.deals.length + deals.length};
}
