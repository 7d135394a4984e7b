/** How every forecasting method did on past days; made by loaders/forecast/publish/trackRecord.ts, shown by src/views/trackRecord.ts. */
import type {Held, MethodScore} from "./forecast.js";

/** Forecasts of one method for one kind of window, a column each, by day of asking. Money in base currency. */
export interface TrackSeries {
  kind: string;
  method: string;
  /** ISO days of asking, and the last days of the windows asked for. */
  askedOn: string[];
  to: string[];
  /** Won in the whole period by the day of asking: part of the other figures. */
  mean: number[];
  low80: number[];
  high80: number[];
  low95: number[];
  high95: number[];
  /** Null while the window is not over. */
  actual: (number | null)[];
}

/** How often outcomes came at or below what a method called its q quantile. */
export interface Reliability {
  kind: string;
  method: string;
  /** Shares of outcomes at or below each of LEVELS, 0..1. */
  shares: number[];
  n: number;
  /** Independent outcomes that the n overlapping ones amount to. */
  nIndependent: number;
}

/** Open deals of past days by the chance they were given to be won within the weeks that followed. */
export interface ChanceBin {
  from: number;
  to: number;
  /** Mean chance given, and share that was won. */
  said: number;
  came: number;
  n: number;
}

/** Which rule the shown forecast followed. */
export interface Followed {
  kind: string;
  method: string;
  /** Askings on which it was this one, whose outcome is known or not. */
  n: number;
  lastOn: string;
}

export interface TrackRecordData {
  asOf: string;
  currency: string;
  /** Why there is no track record; null when there is one. */
  reason: string | null;
  kinds: string[];
  scores: MethodScore[];
  /** How often the shown forecast's intervals held, by kind. */
  held: (Held & {kind: string; nIndependent: number})[];
  series: TrackSeries[];
  reliability: Reliability[];
  /** Chances of single deals; null where none could be scored on past days. */
  chances: {weeks: number; bins: ChanceBin[]; error: number} | null;
  followed: Followed[];
  /** Days between askings in `series`. */
  stepDays: number;
}
