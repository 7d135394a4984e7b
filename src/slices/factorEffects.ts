/** What goes with winning, all else alike; made by loaders/forecast/effects, shown by src/views/forecast/factorEffects.ts. */

/** One level of a factor against another, of deals that have like ones on both sides. */
export interface FactorEffect {
  factor: string;
  level: string;
  against: string;
  /** Difference of the mean chances of the same deals, and its 95% interval; 0.05 is five points. */
  points: number;
  lo: number;
  hi: number;
  /** The mean chance with the one and with the other, 0..1. */
  chance: number;
  chanceAgainst: number;
  /** Deals of the level that were followed for half a year, and how many were won in it. */
  n: number;
  nWon: number;
}

export interface FactorEffects {
  /** Deals followed for half a year after they were created, and how many were won in it. */
  nDeals: number;
  nWon: number;
  /** Days they were created on. */
  from: string | null;
  to: string | null;
  effects: FactorEffect[];
  /** Levels that no like deals stand against, "Lead source: Partner Referral". */
  alone: string[];
  /** Why there are none; null when there are. */
  reason: string | null;
}
