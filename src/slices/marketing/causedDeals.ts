/** What campaigns caused, beside what they are credited with; estimated by loaders/marketing/causedDeals.ts. */

export interface CausedRange {
  estimate: number;
  /** A 95 % interval. */
  lo: number;
  hi: number;
}

/** A channel or a kind of campaign. */
export interface CausedBy {
  unit: string;
  /** Why nothing can be said; null when something can. */
  reason: string | null;
  /** First deals of customers that its campaigns sourced. */
  credited: number;
  /** First deals that would not have come, those of them won so far, and their money. */
  created: CausedRange | null;
  won: CausedRange | null;
  money: CausedRange | null;
  /** First deals above the usual in the eight weeks before its campaigns, which can have caused none of them. */
  before: CausedRange | null;
}

/** A single campaign, by its row in `campaigns`. */
export interface CampaignCaused {
  row: number;
  created: CausedRange;
}

export interface CausedDeals {
  /** Why nothing can be said of any; null when something can. */
  reason: string | null;
  /** First deals of customers that were compared, and those that no region is known of. */
  nArrivals: number;
  nWithoutRegion: number;
  nRegions: number;
  nWeeks: number;
  /** Mean days from a day of a campaign to the first deal, over what fits. */
  lagDays: number | null;
  /** All that can be told together. */
  all: CausedRange | null;
  units: CausedBy[];
  campaigns: CampaignCaused[];
}

/**
 * What each deal caused cost, of those whom the interval allows; `hi` is null where it allows none at all.
 * @returns null without a cost, or where the interval allows no deal
 */
export function costPerCaused(
  cost: number | null,
  created: CausedRange | null
): {estimate: number | null; lo: number; hi: number | null} | null {
  if (cost === null || cost <= 0 || !created || created.hi <= 0) return null;
  return {
    estimate: created.estimate > 0 ? cost / created.estimate : null,
    lo: cost / created.hi,
    hi: created.lo > 0 ? cost / created.lo : null
  };
}
