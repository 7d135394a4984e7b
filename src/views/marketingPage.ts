/** The Marketing page's sections in their order, or why there are none. */
import {html} from "htl";
import {Empty} from "../components/empty.js";
import {Later} from "../components/later.js";
import type {MarketingFrame} from "../figures/marketing.js";
import {CreditSpan, CreditTable, EnvelopeBars} from "./attribution.js";
import {LeadCurves, SourceTable, SpendCurves} from "./leadFunnel.js";
import {ChannelReturns, MarketingScope, NO_CAMPAIGNS} from "./marketing.js";
import {CausedBesideCredited} from "./marketingCaused.js";
import {ChannelEffects} from "./marketingEffect.js";
import {marketingKpis} from "./marketingKpis.js";
import type {ShownMarketing} from "./marketingSource.js";
import {CampaignTable, MarketingDoubts} from "./marketingTables.js";
import type {PageContext} from "./pageContext.js";

/** Everything below the page's filters. */
export function MarketingPage(context: PageContext, shown: ShownMarketing): HTMLElement {
  const {frame, figures, effects} = shown;
  const {isFiltered} = figures;
  if (frame.reason !== null) return Empty({reason: frame.reason, action: NO_CAMPAIGNS.action});
  return html`<div class="weir-stack">
    ${MarketingScope(context, shown)}
    ${marketingKpis(context, shown)}
    ${ChannelReturns(context, shown)}
    ${CampaignTable(context, shown, "campaign")}
    ${CampaignTable(context, shown, "kind")}
    ${Later(420, () => ChannelEffects(context, effects()))}
    ${Later(1400, () => Credit(context, shown))}
    ${isFiltered ? html`<p class="weir-note">What follows is of all campaigns and leads: filters do not change it.</p>` : null}
  </div>`;
}

/** The ten models, which take longest to draw. */
function Credit(context: PageContext, {frame, figures}: ShownMarketing): HTMLElement {
  const {isPart, channelCredit, campaignCredit} = figures;
  return html`<div class="weir-stack">
    ${CreditSpan(context, channelCredit)}
    ${!isPart ? null : html`<p class="weir-note">Credit is of all deals of these campaigns: filters of deals do not change it.</p>`}
    ${CreditTable(context, frame, channelCredit.units, "channel")}
    ${CreditTable(context, frame, campaignCredit.units, "campaign")}
  </div>`;
}

/** What no filter changes: what was caused, the envelope, leads by source, spend, and the records to look at. */
export function MarketingWhole(context: PageContext, data: MarketingFrame): HTMLElement | null {
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
