/** The channels that a sum of campaigns' money is made of, in a panel. */
import {openDealPanel} from "../components/dealPanel.js";
import type {MarketingRow} from "../slices/marketing/marketingData.js";
import type {ShownMarketing} from "./marketingSource.js";
import type {PageContext} from "./pageContext.js";

/** A figure that is made of what channels add up to: that sum, or, with `made`, what is divided by something else. */
export interface ByChannel {
  title: string;
  label: string;
  value: number;
  unit: "money" | "ratio";
  made?: string;
  adds: (channel: MarketingRow) => number | null;
}

/** Opens the panel with the channels that a sum is made of; only campaigns that say what they cost are in it. */
export function openChannels(
  {site: {currency}}: PageContext,
  {figures: {rows: all}}: ShownMarketing,
  {title, label, value, unit, made, adds}: ByChannel
): void {
  const rows = all.channels.map((channel) => ({
    name: channel.name,
    adds: adds(channel),
    cost: channel.cost,
    nCampaigns: channel.costed.nCampaigns,
    nWon: channel.costed.nWon,
    nNew: channel.costed.nNewCustomers
  }));
  const cents = rows.reduce((sum, each) => sum + Math.round((each.adds ?? 0) * 100), 0) / 100;
  // What is expected is no sum of cents: each channel is rounded.
  const isRounding = made === undefined && Math.abs(cents - value) < 0.01 * rows.length;
  const cash = {unit: "money", currency, missing: "no cost stated"} as const;
  openDealPanel({
    title,
    figure: {value: isRounding ? cents : value, unit, currency},
    ...(made === undefined ? {} : {made, total: null}),
    scope: "Of the campaigns that say what they cost",
    noun: ["channel", "channels"],
    rows,
    columns: [
      {key: "name", label: "Channel", unit: "text"},
      {key: "adds", label, ...cash, total: true},
      ...(label === "Cost" ? [] : ([{key: "cost", label: "Cost", ...cash}] as const)),
      {key: "nCampaigns", label: "Campaigns", unit: "count", total: true},
      {key: "nWon", label: "Won deals", unit: "count", total: true},
      {key: "nNew", label: "New customers", unit: "count", total: true}
    ]
  });
}
