/** The Marketing page's sections in their order, or why there are none. */
import {html} from "htl";
import {Empty} from "../components/empty.js";
import {Later} from "../components/later.js";
import type {MarketingData} from "../slices/marketing/marketingData.js";
import {CreditSpan, CreditTable, EnvelopeBars} from "./attribution.js";
import {LeadCurves, SourceTable, SpendCurves} from "./leadFunnel.js";
import {ChannelReturns, MarketingScope, marketingKpis, NO_CAMPAIGNS} from "./marketing.js";
import {CausedBesideCredited} from "./marketingCaused.js";
import {ChannelEffects} from "./marketingEffect.js";
import type {ChosenMarketing} from "./marketingFilters.js";
import {CampaignTable, MarketingDoubts} from "./marketingTables.js";
import type {PageContext} from "./pageContext.js";

/** Everything below the page's filters. */
export function MarketingPage(context: PageContext, chosen: ChosenMarketing): HTMLElement {
  const {data, isFiltered, selection, channelCredit, campaignCredit} = chosen;
  if (data.reason !== null) return Empty({reason: data.reason, action: NO_CAMPAIGNS.action});
  return html`<div class="weir-stack">
    ${MarketingScope(chosen)}
    ${marketingKpis(context, chosen)}
    ${ChannelReturns(context, chosen)}
    ${CampaignTable(context, chosen, "campaign")}
    ${CampaignTable(context, chosen, "kind")}
    ${Later(420, () => ChannelEffects(context, chosen))}
    ${CreditSpan(context, channelCredit)}
    ${selection.deals === null ? null : html`<p class="weir-note">Credit is of all deals of these campaigns: filters of deals do not change it.</p>`}
    ${CreditTable(context, data, channelCredit.units, "channel")}
    ${CreditTable(context, data, campaignCredit.units, "campaign")}
    ${isFiltered ? html`<p class="weir-note">What follows is of all campaigns and leads: filters do not change it.</p>` : null}
  </div>`;
}

/** What no filter changes: what was caused, the envelope, leads by source, spend, and the records to look at. */
export function MarketingWhole(context: PageContext, data: MarketingData): HTMLElement | null {
  if (data.reason !== null) return null;
  return html`<div class="weir-stack">
    ${Later(560, () => CausedBesideCredited(context, data))}
    ${EnvelopeBars(context, data)}
    ${SourceTable(context, data)}
    <div class="weir-columns">
      <div>${LeadCurves(context, data, "converted")}</div>
      <div>${LeadCurves(context, data, "won")}</div>
    </div>
    ${SpendCurves(context, data)}
    ${MarketingDoubts(context, data)}
  </div>`;
}
