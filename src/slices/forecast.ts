/** The published forecast with its track record; made by loaders/forecast/publish/publishForecast.ts, shown by src/views/forecast/. */

import type {SliceDimension} from "./forecastSlices.js";

/** Where an interval lies: central intervals of 50, 80 and 95%, and the expected value. Base currency. */
export interface Interval {
  mean: number;
  median: number;
  low50: number;
  high50: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
}

/** What another method says of a quarter, what is won already included. */
export interface OtherMethod extends Interval {
  method: string;
  family: string;
  /** Its own number; the interval is after what its past errors teach. */
  said: number;
  wape: number | null;
  /** How often its 80% band held at this kind of asking, 0..1; null without a past. */
  coverage80: number | null;
}

/** The forecast of what will have been won in a quarter by the end of a day, in central intervals. */
export interface FanPoint extends Interval {
  on: string;
  low10: number;
  high10: number;
}

/** How past forecasts of the same thing, asked at the same point, came out. */
export interface Held {
  /** Past forecasts whose outcome is known. */
  n: number;
  inside50: number;
  inside80: number;
  inside95: number;
}

/** One past forecast of a whole quarter and what it came to. */
export interface PastForecast extends Interval {
  label: string;
  /** ISO day it was asked on. */
  askedOn: string;
  /** What the quarter came to, the part already won on that day included; null while it is not over. */
  actual: number | null;
}

/** The forecast of one fiscal quarter. */
export interface QuarterForecast extends Interval {
  label: string;
  from: string;
  to: string;
  /** Won in the quarter up to the as-of day; part of every figure here. */
  wonSoFar: number;
  /** At the levels of quantileLevels.ts, what is won already included. */
  quantiles: number[];
  /** The method the shown forecast followed. */
  method: string;
  target: number | null;
  /** Chance to reach the target, 0..1; null without one. */
  targetChance: number | null;
  /** What it is made of: won, open deals by stage, deals to come, and what other methods and past errors change. They sum to the mean. */
  parts: {
    what: string;
    kind: "won" | "open" | "new" | "method";
    value: number;
    n: number | null;
    /** Of open deals. */
    stage?: string;
  }[];
  /** What other methods say of it, by their past error. */
  others: OtherMethod[];
  /** Won by the end of each day so far, the day before the quarter first. */
  wonBy: {on: string; value: number}[];
  /** What follows, week by week to the quarter's end. */
  fan: FanPoint[];
  /** The forecast cut by region, owner, product and the like. */
  slices: SliceDimension[];
  past: PastForecast[];
  held: Held;
}

/** One method in the comparison, for one kind of window. */
export interface MethodScore {
  kind: string;
  method: string;
  family: string;
  n: number;
  nIndependent: number;
  wape: number;
  bias: number;
  mase: number | null;
  crps: number | null;
  coverage50: number | null;
  coverage80: number | null;
  coverage95: number | null;
  skill: number | null;
  skillLow: number | null;
  skillHigh: number | null;
  verdict: string;
}

/** One open deal as the model sees it, in brief. */
export interface DealScore {
  deal_id: string;
  deal_name: string;
  stage: string | null;
  owner: string | null;
  amount: number | null;
  close_on: string | null;
  /** Chance to be won by the end of the quarter, and in 26 weeks; chance to be lost in 26 weeks. 0..1. */
  p_quarter: number;
  p_half_year: number;
  p_lost: number;
  /** Chance by the end of the quarter times the amount expected if won. */
  expected: number;
  /** The strongest reasons for and against, in words. */
  why: string;
  /** What is hard to believe of what is stated; null when nothing. */
  doubt: string | null;
}

export interface ForecastData {
  asOf: string;
  currency: string;
  /** Why there is no forecast; null when there is one. */
  reason: string | null;
  quarters: QuarterForecast[];
  /** How the shown forecast does against the best naive method, by kind of window. */
  verdicts: {kind: string; verdict: string}[];
  /** How often the shown forecast's intervals held, all kinds and askings. */
  held: Held;
  /** Attributes not used because whether they are filled in tells that a deal has closed. */
  withheld: string[];
  /** Open deals that are not scored because no day of creation is known. */
  nUndated: number;
  /** Deals, wins and losses the deal model was fitted on. */
  fitted: {nDeals: number; nWon: number; nLost: number} | null;
}
