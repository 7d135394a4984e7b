/** What deals close at against what they say, and how far their dates move; with how such words did on past days. */

/** One stage: won amount over stated amount. */
export interface AmountByStage {
  stage: string;
  ratio: number;
  /** 80% interval of the ratio. */
  low: number;
  high: number;
  n: number;
}

export interface AmountRecord {
  byStage: AmountByStage[];
  /** Amounts of open deals on past days that were won later: as stated and as expected. Null without any. */
  past: {
    n: number;
    days: number;
    statedWape: number;
    expectedWape: number;
    /** Sum stated (expected) over sum won, less 1. */
    statedBias: number;
    expectedBias: number;
    inside80: number;
  } | null;
}

/** Deals by how far away their stated date was: days from it to the day they were won; below 0 is earlier. */
export interface DateByDue {
  due: string;
  low80: number;
  low50: number;
  median: number;
  high50: number;
  high80: number;
  /** Share won by the stated date or within a week of it, 0..1. */
  kept: number;
  n: number;
}

export interface DateRecord {
  byDue: DateByDue[];
  /** Dates of open deals on past days that were won later. Mean absolute errors in days. Null without any. */
  past: {n: number; days: number; statedError: number; expectedError: number; inside80: number} | null;
}
