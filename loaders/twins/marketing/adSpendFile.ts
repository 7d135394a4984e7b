/** ad_reporting__campaign_report.csv: what advertising platforms report, a row a campaign and day. */
import {type Day, isoDay, weekday} from "../calendar/days.ts";
import type {Campaign} from "../firm/cast.ts";
import {decimal, money, text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import type {Streams} from "../random/streams.ts";

/** US dollars a click, clicks a thousand impressions. */
const PLATFORMS: Record<string, {cpc: number; ctr: number; account: string}> = {
  google_ads: {cpc: 6.4, ctr: 31, account: "Search"},
  linkedin_ads: {cpc: 9.2, ctr: 5.5, account: "Sponsored"},
  meta_ads: {cpc: 2.1, ctr: 9, account: "Awareness"}
};

/**
 * Spreads each digital campaign's cost over its days; the days sum to the campaign's cost, to the cent, for campaigns
 * that have ended. `campaignId` gives the CRM's id, which marketing put into the tracking of the ads.
 */
export function writeAdSpend(
  folder: ExportFolder,
  campaigns: readonly Campaign[],
  campaignId: (index: number) => string,
  exportDay: Day,
  streams: Streams
): void {
  const file = folder.file("ad_reporting__campaign_report.csv", [
    "source_relation",
    "date_day",
    "platform",
    "account_id",
    "account_name",
    "campaign_id",
    "campaign_name",
    "clicks",
    "impressions",
    "spend",
    "conversions",
    "conversions_value"
  ]);
  for (const {index, name, channel, startDay, endDay, costCents} of campaigns) {
    const platform = PLATFORMS[channel];
    if (!platform) continue;
    const rng = streams.stream("ad.spend", index);
    const shares: number[] = [];
    for (let day = startDay; day <= endDay; day++)
      shares.push(rng.between(0.6, 1.4) * (weekday(day) % 6 === 0 ? 0.4 : 1));
    const total = shares.reduce((sum, share) => sum + share, 0);
    let spent = 0;
    let cumulative = 0;
    for (const [i, share] of shares.entries()) {
      const day = startDay + i;
      if (day > exportDay) break;
      cumulative += share;
      const cents = Math.round((costCents * cumulative) / total) - spent;
      spent += cents;
      const clicks = rng.poisson(cents / 100 / platform.cpc);
      const impressions = Math.round((clicks * 1000) / platform.ctr + 200 * rng.next());
      const conversions = rng.poisson(clicks * 0.022);
      file.row(
        `${channel},${isoDay(day)},${channel},${channel}-1,${platform.account},${campaignId(index)},${text(name)},${clicks},${impressions},${money(cents)},${conversions},${decimal(conversions * 120, 2)}`
      );
    }
  }
}
