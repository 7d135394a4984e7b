/** The Marketing page's sections in their order, or why there are none. */
import {html} from "htl";
import {Empty} from "../components/empty.js";
import type {MarketingData} from "../slices/marketing.js";
import {CreditSpan, CreditTable, EnvelopeBars} from "./attribution.js";
import {LeadCurves, SourceTable, SpendCurves} from "./leadFunnel.js";
import {
  CampaignTable,
  ChannelReturns,
  MarketingDoubts,
  MarketingScope,
  marketingKpis,
  NO_CAMPAIGNS
} from "./marketing.js";
import type {PageContext} from "./pageContext.js";

/** Everything below the page's answer. */
export function MarketingPage(context: PageContext, data: MarketingData): HTMLElement {
  if (data.reason !== null)
    return html`<div class="weir-stack">${MarketingScope(data)}${Empty({reason: data.reason, action: NO_CAMPAIGNS.action})}</div>`;
  return html`<div class="weir-stack">
    ${MarketingScope(data)}
    ${marketingKpis(context, data)}
    ${ChannelReturns(context, data)}
    <div class="weir-columns">
      <div>${CreditSpan(context, data)}</div>
      <div>${EnvelopeBars(context, data)}</div>
    </div>
    ${CreditTable(context, data, data.channelCredit, "channel")}
    ${SourceTable(context, data)}
    <div class="weir-columns">
      <div>${LeadCurves(context, data, "converted")}</div>
      <div>${LeadCurves(context, data, "won")}</div>
    </div>
    ${SpendCurves(context, data)}
    ${CampaignTable(context, data, "campaign")}
    ${CampaignTable(context, data, "kind")}
    ${CreditTable(context, data, data.campaignCredit, "campaign")}
    ${MarketingDoubts(context, data)}
  </div>`;
}
