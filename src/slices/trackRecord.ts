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

/** How the shown forecast of one slice did at the same point of past quarters. */
export interface SliceHeld {
  kind: string;
  /** Key and label of what it is cut by: "region", "Region". */
  dimension: string;
  label: string;
  /** Null for all slices of the dimension together. */
  value: string | null;
  n: number;
  /** Outcomes that do not overlap; slices asked on one day count once. */
  nIndependent: number;
  /** Share inside the slice's own 80% band, and where it may lie with so few outcomes (80% interval). */
  held80: number;
  lo: number;
  hi: number;
  /** Sum of errors over what came, and that of the same days of the last quarter that was over; null where nothing came. */
  wape: number | null;
  naiveWape: number | null;
  /** Share inside the 80% band around the same days, as wide as they were off in the slice before; null with too few outcomes before. */
  naiveHeld: number | null;
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
  /** By dimension and kind, the dimension as a whole before its slices. */
  slices: SliceHeld[];
  /** Days between askings in `series`. */
  stepDays: number;
}
