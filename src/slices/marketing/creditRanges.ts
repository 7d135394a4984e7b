/** Credit of campaigns and channels under the ten models, for the campaigns that are looked at. */
import type {CreditRange, MarketingData} from "./marketingData.js";
import {rankStability} from "./rankStability.js";

export interface CreditRanges {
  units: CreditRange[];
  /** Kendall's W over the models: 1 when they order the units alike; null when there is nothing to order. */
  concordance: number | null;
}

/** @param campaigns rows of `campaigns`; touches of no campaign count when all of them are looked at */
export function creditRanges(
  {credits, models, campaigns: records}: MarketingData,
  by: "channel" | "campaign",
  campaigns: readonly number[]
): CreditRanges {
  const wanted = new Set<number | null>(campaigns);
  if (campaigns.length === records.length) wanted.add(null);
  const rows = credits.filter(({campaign}) => wanted.has(campaign));
  const keyOf = ({campaign, channel}: (typeof credits)[number]) =>
    by === "channel" ? channel : campaign === null ? "(none)" : records[campaign]!.id;
  const sums = new Map<string, number[]>();
  for (const row of rows) {
    const before = sums.get(keyOf(row));
    sums.set(
      keyOf(row),
      row.credits.map((credit, i) => credit + (before?.[i] ?? 0))
    );
  }
  if (sums.size === 0) return {units: [], concordance: null};
  const nameOf = new Map(records.map(({id, name}) => [id, name]));
  const channelOf = new Map(rows.map((row) => [keyOf(row), row.channel]));
  const byModel = new Map(
    models.map((model, i) => [model, new Map([...sums].map(([key, own]) => [key, own[i]!]))])
  );
  const {units, concordance} = rankStability(byModel);
  return {
    units: units
      .filter(({highest}) => highest > 0)
      .map((range) => ({
        ...range,
        unit: by === "channel" ? range.unit : (nameOf.get(range.unit) ?? range.unit),
        channel: channelOf.get(range.unit)!,
        credits: sums.get(range.unit)!
      })),
    concordance
  };
}
