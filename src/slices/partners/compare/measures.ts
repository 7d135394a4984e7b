/** What a partner is compared by: each figure of two years, of a partner's own deals and registrations. */

interface Told {
  label: string;
  unit: "ratio" | "days" | "money";
  /** Null where neither more nor less is better. */
  goodWhen: "up" | "down" | null;
  /** What is counted behind it: "10 closed deals". */
  noun: string;
  /** Successes out of trials, or a mean of logarithms. */
  kind: "rate" | "mean";
}

/** In the order of the page. `definition` of each in the metric catalogue is compare_<key>. */
export const COMPARED = {
  win_rate: {label: "Win rate", unit: "ratio", goodWhen: "up", noun: "closed deals", kind: "rate"},
  cycle: {label: "Days to a win", unit: "days", goodWhen: "down", noun: "won deals", kind: "mean"},
  deal_size: {label: "Typical won deal", unit: "money", goodWhen: null, noun: "won deals", kind: "mean"},
  growth: {
    label: "Wins that fell in the later year",
    unit: "ratio",
    goodWhen: "up",
    noun: "won deals",
    kind: "rate"
  },
  pushed: {
    label: "Deals put off to a later month",
    unit: "ratio",
    goodWhen: "down",
    noun: "closed deals",
    kind: "rate"
  },
  approval: {
    label: "Registrations approved",
    unit: "ratio",
    goodWhen: "up",
    noun: "decided registrations",
    kind: "rate"
  },
  decision: {
    label: "Days to a decision",
    unit: "days",
    goodWhen: "down",
    noun: "decided registrations",
    kind: "mean"
  },
  registered_win: {
    label: "Registrations that were won",
    unit: "ratio",
    goodWhen: "up",
    noun: "approved registrations",
    kind: "rate"
  }
} as const satisfies Record<string, Told>;

export type MeasureKey = keyof typeof COMPARED;
export const MEASURE_KEYS = Object.keys(COMPARED) as MeasureKey[];

/** What one partner's records come to for one figure. Of a mean they are logarithms (of days, of money). */
export type Counted =
  | {successes: number; trials: number}
  | {
      n: number;
      mean: number;
      /** Sum of squared deviations from that mean. */
      squares: number;
      /** What the values add up to themselves: who has most of it could be told from a mean. */
      total: number;
    };

/** A partner with all that it is compared by; a figure without any record is left out. */
export interface PartnerCounts {
  partnerId: string;
  partner: string;
  kind: string | null;
  tier: string | null;
  counts: Partial<Record<MeasureKey, Counted>>;
  /** The firm that goes by several ids, where this is one of them; left out of a firm with one. */
  firm?: FirmCounts;
}

/** A firm under all its ids: a deal in which two of them have a part is counted once. */
export interface FirmCounts {
  /** The id that it goes by first; its kind and tier are that one's. */
  firmId: string;
  kind: string | null;
  tier: string | null;
  counts: Partial<Record<MeasureKey, Counted>>;
}
