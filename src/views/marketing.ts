/** The Marketing page: what campaigns cost, what they brought, and what they will still bring. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {RangeRows} from "../components/charts/rangeRows.js";
import {count, money} from "../components/format.js";
import {type CampaignRow, returnOn} from "../slices/marketing/marketingData.js";
import {showSourced} from "./marketingKpis.js";
import type {ShownMarketing} from "./marketingSource.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

/** Fewer wins than this are few. */
const FEW = 10;

/** One sentence: cost, won so far, what it will come to, and that it is not over. */
export function marketingAnswer(
  {site}: PageContext,
  {figures: {rows, isFiltered}}: ShownMarketing
): Content | null {
  const {total} = rows;
  if (!total || total.nSourced === 0) return null;
  const short = (value: number) => html`<strong>${money(value, site.currency)}</strong>`;
  const end = total.sourcedWon + total.toCome.mean;
  const after = (part: number) => money(total.sourcedWon + part, site.currency);
  const cost =
    total.cost === null
      ? []
      : [
          `${isFiltered ? "These campaigns" : "Campaigns"} have cost `,
          short(total.cost),
          total.costed.nCampaigns < total.nCampaigns
            ? ` (${count(total.nCampaigns - total.costed.nCampaigns)} of ${count(total.nCampaigns)} do not say), and the deals`
            : ", and the deals"
        ];
  const said = [
    ...(cost.length > 0 ? cost : ["The deals that campaigns"]),
    cost.length > 0 ? " they sourced have won " : " sourced have won ",
    short(total.sourcedWon)
  ];
  if (total.nOpen === 0) return [...said, "; none of them is still open."];
  return [
    ...said,
    `; with the ${count(total.nOpen)} still open it should come to `,
    short(end),
    ` (80%: ${after(total.toCome.lo)} to ${after(total.toCome.hi)}).`
  ];
}

/** The page's own line: how much is looked at, and what is not known of a part. */
export function MarketingScope({site}: PageContext, {frame, figures}: ShownMarketing): HTMLElement {
  const {halfLifeDays, dimensions} = frame;
  const {total} = figures.rows;
  const half =
    halfLifeDays === null
      ? ""
      : ` A touch's weight halves every ${count(Math.round(halfLifeDays))} days in time decay, half the firm's own median journey from first touch to win.`;
  const part = figures.isPart
    ? " Costs, touches and leads are of whole campaigns, so returns are not known for a part of their deals."
    : "";
  const touches = total ? touchesInWords(total) : "";
  const whole =
    site.parts && dimensions.length === 0
      ? " With so many deals this page is of all campaigns, and has no filters."
      : "";
  return html`<p class="weir-note">${
    total ? `${count(total.nCampaigns)} campaigns${touches}.` : "No campaign passes the filters."
  }${part}${whole}${half}</p>`;
}

/** Every touch is in one of three: it counts for a deal, came after its deal had closed, or reached none. */
function touchesInWords({nTouches, nCounted, nLate}: CampaignRow): string {
  if (nTouches === null || nCounted === null || nLate === null) return "";
  const late = nLate > 0 ? `, ${count(nLate)} came after their deal had closed` : "";
  return `, ${count(nTouches)} touches: ${count(nCounted)} count for a deal, ${count(nTouches - nCounted - nLate)} reached none${late}`;
}

/** Each channel: what it won, what it will come to, against its cost. */
export function ChannelReturns(context: PageContext, shown: ShownMarketing): HTMLElement {
  const {currency} = context.site;
  const {grossMargin} = shown.frame;
  const {channels} = shown.figures.rows;
  const rows = channels
    .filter(({cost, nSourced}) => cost !== null || nSourced > 0)
    .map((row) => {
      const end = row.sourcedWon + row.toCome.mean;
      return {
        label: row.name,
        value: end,
        lo: row.luck.lo,
        hi: row.luck.hi,
        // Against a part of the cost the whole of the money says nothing.
        mark: row.costed.nCampaigns === row.nCampaigns ? row.cost : null,
        base: row.sourcedWon,
        isThin: row.nWon < FEW,
        nWon: row.nWon,
        nOpen: row.nOpen,
        back: returnOn(row.cost, row.costed.sourcedWon + row.costed.expected, grossMargin),
        influenced: row.influencedWon,
        said: [`${count(row.nWon)} won, ${count(row.nOpen)} open`]
      };
    });
  return Chart({
    title: paidTitle(rows),
    subtitle: `Money won by the deals it sourced, ${currency}, with what open ones will bring, against its cost`,
    rows,
    columns: [
      {key: "label", label: "Channel", unit: "text"},
      // A sum of those that are known whole would be less than the cost to date, under sums of everybody's money.
      {
        key: "mark",
        label: "Cost",
        unit: "money",
        currency,
        total: rows.every(({mark}) => mark !== null),
        missing: "not known of all"
      },
      {key: "base", label: "Won so far", unit: "money", currency, total: true},
      {key: "value", label: "With open deals", unit: "money", currency, total: true},
      {key: "lo", label: "80% from", unit: "money", currency},
      {key: "hi", label: "80% to", unit: "money", currency},
      {key: "back", label: "Return", unit: "ratio"},
      {key: "nWon", label: "Won deals", unit: "count", total: true},
      {key: "nOpen", label: "Open deals", unit: "count", total: true},
      {key: "influenced", label: "Influenced, won", unit: "money", currency}
    ],
    name: "channel-returns",
    how: definitionOf(context, "campaign_luck"),
    note: "The line is how far luck could move the sum; where it crosses the cost, whether the channel paid is not known. Hollow: fewer than ten won deals.",
    empty: NO_CAMPAIGNS,
    render: (width) =>
      RangeRows({
        rows,
        width,
        unit: "money",
        currency,
        meaning: "forecast",
        baseMeaning: "won",
        onSelect: (channel) =>
          showSourced(
            context,
            channel,
            shown.figures.won.byChannel[channel]!,
            channels.find(({name}) => name === channel)!.sourcedWon
          ),
        words: {value: "with open deals", range: "80% range", base: "won so far", mark: "cost"}
      })
  });
}

/** Which channels have paid, or will, as far as luck leaves it open; and of how many not every cost is known. */
export function paidTitle(
  rows: readonly {label: string; lo: number; hi: number; mark: number | null}[]
): string {
  const costed = rows.filter(({mark}) => mark !== null && mark > 0);
  const paid = costed.filter(({lo, mark}) => lo > mark!).map(({label}) => label);
  const lost = costed.filter(({hi, mark}) => hi < mark!).map(({label}) => label);
  const open = costed.length - paid.length - lost.length;
  if (costed.length === 0) return "What each channel cost and brought";
  const unknown = rows.filter(({mark}) => mark === null).length;
  const words = [
    ...(paid.length > 0
      ? [`${listed(paid)} ${paid.length > 1 ? "bring" : "brings"} more than the cost`]
      : []),
    ...(lost.length > 0
      ? [
          `${listed(lost)} ${paid.length > 0 ? "less" : lost.length > 1 ? "bring less than the cost" : "brings less than the cost"}`
        ]
      : []),
    ...(open > 0
      ? [
          `of ${count(open)} ${open > 1 ? "channels" : "channel"} luck leaves it open${paid.length + lost.length > 0 ? "" : " whether the cost comes back"}`
        ]
      : []),
    ...(unknown > 0 ? [`of ${count(unknown)} not every cost is known`] : [])
  ];
  const said = words.join("; ");
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function listed(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words[0]!;
}

export const NO_CAMPAIGNS = {
  reason: "The exports have no campaigns with costs or deals.",
  action:
    "Export campaigns, their members or leads, and what was spent by day; weir init recognises those of known systems."
};
