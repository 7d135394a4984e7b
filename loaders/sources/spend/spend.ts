import {may, must, type ObjectMap, type SourceObject, type SourceSystem} from "../sourceSystem.ts";

/** One cost a campaign and day. */
function dailyCost(
  id: string,
  tells: readonly string[],
  {campaign, on, cost}: Record<"campaign" | "on" | "cost", Parameters<typeof must>>,
  more: Partial<SourceObject> = {}
): SourceObject {
  return {
    id,
    tells,
    spellings: () => [],
    maps: (): ObjectMap[] => [
      {
        table: "campaign_cost",
        columns: {campaign_id: must(...campaign), on: must(...on), cost: must(...cost)},
        rows_with: [cost[0]]
      }
    ],
    ...more
  };
}

export const adReporting = dailyCost(
  "campaign_report",
  ["date_day", "platform", "campaign_id", "spend"],
  {campaign: ["campaign_id", {short_id: true}], on: ["date_day"], cost: ["spend", {round: true}]},
  {note: "The unified report of all platforms."}
);

export const googleAds = dailyCost(
  "google_ads_campaign_stats",
  ["id", "date", "cost_micros"],
  {campaign: ["id"], on: ["date"], cost: ["cost_micros", {divide_by: 1_000_000, round: true}]},
  {note: "Costs are in micros."}
);

export const googleCampaigns: SourceObject = {
  id: "google_ads_campaigns",
  tells: ["id", "name", "advertising_channel_type"],
  spellings: () => [],
  maps: (): ObjectMap[] => [
    {
      table: "campaign",
      columns: {
        campaign_id: must("id"),
        name: may("name"),
        channel: may("advertising_channel_type"),
        starts_on: may("start_date"),
        ends_on: may("end_date")
      }
    }
  ]
};

export const linkedIn = dailyCost(
  "linkedin_campaign_stats",
  ["campaign_id", "day", "cost_in_local_currency"],
  {
    campaign: ["campaign_id"],
    on: ["day", {date: "local"}],
    cost: ["cost_in_local_currency", {round: true}]
  }
);

export const meta = dailyCost(
  "meta_basic_ad",
  ["ad_id", "date", "spend", "adset_name"],
  {campaign: ["adset_name"], on: ["date"], cost: ["spend", {round: true}]},
  {note: "The report names ad sets, not campaigns: each ad set counts as one."}
);

/** Advertising costs. */
export const spend: SourceSystem = {
  id: "spend",
  name: "Advertising",
  objects: [adReporting, googleAds, googleCampaigns, linkedIn, meta]
};
