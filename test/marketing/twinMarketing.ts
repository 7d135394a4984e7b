/** A twin's marketing as the loaders estimate it on a past day, beside what is true of it. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {factTable} from "../../loaders/pages/factTable.ts";
import {marketingData} from "../../loaders/pages/marketingData.ts";
import {readTruth, type TrueDeal} from "../../loaders/twins/score/readTruth.ts";
import type {Firm} from "../../loaders/twins/writeTwin.ts";
import {type CampaignRows, campaignRows} from "../../src/slices/marketing/campaignRows.ts";
import type {MarketingData} from "../../src/slices/marketing/marketingData.ts";
import {withTwin} from "../support/withTwin.ts";

export interface ChannelTruth {
  channel: string;
  /** Deals open on the as-of day that the channel sourced and that are won in the end. */
  wonLater: number;
  /** Money won that would not exist without the channel's campaigns, to the twin's export day. */
  wonCaused: number;
}

export interface JudgedMarketing {
  data: MarketingData;
  /** All campaigns and deals. */
  rows: CampaignRows;
  channels: ChannelTruth[];
  /** Deals with a campaign in truth, and those that the warehouse gives the same one. */
  nSourced: number;
  nAgreed: number;
}

interface SourcedRow {
  deal_id: string;
  campaign_id: string;
  channel: string;
  outcome: string;
}

/** Writes a twin, builds it as of a day, and judges. Everything is removed again. */
export async function judgedMarketing(
  firm: Firm,
  deals: number,
  seed: number,
  asOf: string
): Promise<JudgedMarketing> {
  return withTwin({firm, deals, seed, asOf}, async (dir, engine) => {
    const truth = readTruth(dir);
    const rows = await engine.rows<SourcedRow>(
      `select deal_id, campaign_id, channel, outcome from marts.campaign_deals
       inner join marts.campaigns using (campaign_id) where part = 'sourced'`
    );
    const data = await marketingData(engine);
    const facts = await factTable(engine, "marts.deals", {
      columns: ["outcome", "open_amount", "won_amount", "lost_amount", "created_on"],
      orderBy: "deal_id"
    });
    const everything = {campaigns: data.campaigns.map((_, row) => row), deals: null};
    return {
      data,
      rows: campaignRows(data, facts, everything),
      ...compare(rows, truth.deals, readCaused(dir))
    };
  });
}

function compare(
  rows: readonly SourcedRow[],
  deals: readonly TrueDeal[],
  caused: ReadonlyMap<string, number>
) {
  const byId = new Map(deals.map((deal) => [deal.deal_id, deal]));
  const known = rows.filter(({deal_id}) => byId.get(deal_id)?.campaign_id);
  const channels = [...new Set(rows.map(({channel}) => channel))].sort();
  return {
    nSourced: known.length,
    nAgreed: known.filter(({deal_id, campaign_id}) => byId.get(deal_id)!.campaign_id === campaign_id).length,
    channels: channels.map((channel) => ({
      channel,
      wonLater: rows.filter(
        (row) => row.channel === channel && row.outcome === "open" && byId.get(row.deal_id)?.outcome === "won"
      ).length,
      wonCaused: caused.get(channel) ?? 0
    }))
  };
}

function readCaused(dir: string): Map<string, number> {
  const [header, ...lines] = readFileSync(join(dir, "truth", "campaigns.csv"), "utf8")
    .trimEnd()
    .split("\n");
  const columns = header!.split(",");
  const sums = new Map<string, number>();
  for (const line of lines) {
    const cells = line.split(",");
    const channel = cells[columns.indexOf("channel")]!;
    sums.set(channel, (sums.get(channel) ?? 0) + Number(cells[columns.indexOf("won_caused_usd")]));
  }
  return sums;
}
