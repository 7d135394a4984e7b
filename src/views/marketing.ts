/** The Marketing page: what campaigns cost, what they brought, and what they will still bring. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {RangeRows} from "../components/charts/rangeRows.js";
import {count, money, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import type {MarketingFigures} from "../figures/marketing.js";
import type {DealList} from "../figures/pageFigures.js";
import {
  acquisitionCost,
  acquisitionRange,
  type CampaignRow,
  paybackMonths,
  paybackRange,
  returnOn
} from "../slices/marketing/marketingData.js";
import {showDeals} from "./deals.js";
import {type ByChannel, openChannels} from "./marketingChannels.js";
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

/** Cost, return so far, return projected, cost a customer. */
export function marketingKpis(context: PageContext, shown: ShownMarketing): HTMLElement {
  const {
    frame: {grossMargin},
    figures: {
      rows: {total},
      isPart
    }
  } = shown;
  const {currency} = context.site;
  const cost = total?.cost ?? null;
  const costed = total?.costed ?? null;
  if (isPart) return partKpis(context, shown);
  const how = definitionOf(context, "campaign_return");
  const uncosted = total ? total.nCampaigns - total.costed.nCampaigns : 0;
  const reason = "No campaign says what it cost.";
  const on = grossMargin === null ? "Return" : "Return on margin";
  const channels = shown.figures.rows.channels.length;
  const opens = (figure: Omit<ByChannel, "value"> & {value: number | null}) => {
    const {value} = figure;
    return value === null ? {} : {onOpen: () => openChannels(context, shown, {...figure, value})};
  };
  const exact = (value: number) => money(value, currency, {exact: true});
  const returned = (brought: number, value: number | null) =>
    cost === null || value === null
      ? {}
      : {
          made: `(${exact(brought)}${grossMargin === null ? "" : ` x ${percent(grossMargin)}`} - ${exact(cost)}) / ${exact(cost)} = ${percent(value)}`
        };
  const soFar = costed && returnOn(cost, costed.sourcedWon, grossMargin);
  const ended = costed && costed.sourcedWon + costed.expected;
  const inTheEnd = ended === null ? null : returnOn(cost, ended, grossMargin);
  const aCustomer = total ? acquisitionCost(total) : null;
  return kpiRow([
    Kpi({
      label: "Cost to date",
      value: cost,
      unit: "money",
      currency,
      n: cost === null ? null : channels,
      nLabel: "channels",
      note: costed ? `${count(costed.nCampaigns)} ${costed.nCampaigns === 1 ? "campaign" : "campaigns"}` : "",
      ...(costed && uncosted > 0
        ? {
            note: `${count(costed.nCampaigns)} ${costed.nCampaigns === 1 ? "campaign" : "campaigns"}; ${count(uncosted)} more ${uncosted > 1 ? "do" : "does"} not say what ${uncosted > 1 ? "they" : "it"} cost; returns leave ${uncosted > 1 ? "them" : "it"} out`
          }
        : {}),
      how,
      ...opens({
        ...{title: "Cost to date, by channel", label: "Cost", value: cost, unit: "money"},
        adds: ({cost}) => cost
      }),
      reason
    }),
    Kpi({
      label: `${on} so far`,
      value: soFar,
      unit: "ratio",
      n: costed?.nWon ?? null,
      nLabel: "won deals",
      how,
      ...(costed && costed.nWon > 0
        ? {
            onOpen: () =>
              showDeals(context, shown.figures.won.costed, {
                title: `${on} so far`,
                scope: "won, sourced by campaigns with a cost, all time",
                value: soFar,
                unit: "ratio",
                ...returned(costed.sourcedWon, soFar)
              })
          }
        : {}),
      reason
    }),
    Kpi({
      label: `${on} when open deals have ended`,
      value: inTheEnd,
      unit: "ratio",
      n: inTheEnd === null ? null : channels,
      nLabel: "channels",
      ...(costed && inTheEnd !== null
        ? {note: `${count(costed.nSourced)} sourced ${costed.nSourced === 1 ? "deal" : "deals"}`}
        : {}),
      how,
      ...opens({
        title: `${on} when open deals have ended, by channel`,
        label: "Won and to come",
        ...{value: inTheEnd, unit: "ratio"},
        ...returned(ended ?? 0, inTheEnd),
        adds: ({costed: {sourcedWon, expected}}) => sourcedWon + expected
      }),
      reason
    }),
    Kpi({
      label: "Cost a new customer",
      note: customerNote(total, grossMargin, currency),
      value: aCustomer,
      unit: "money",
      currency,
      n: aCustomer === null ? null : channels,
      nLabel: "channels",
      how: definitionOf(context, "customer_cost"),
      ...opens({
        ...{title: "Cost a new customer, by channel", label: "Cost long enough ago"},
        ...{value: aCustomer, unit: "money"},
        made: aCustomer === null ? "" : customerMade(total!, aCustomer, exact),
        adds: ({costLagged}) => costLagged
      }),
      reason: noCustomerCost(total)
    })
  ]);
}

/** "$1,008,256.90 / 8 customers = $126k". */
function customerMade(
  {costLagged, costed: {nNewCustomers}}: NonNullable<MarketingFigures["rows"]["total"]>,
  value: number,
  exact: (value: number) => string
): string {
  return `${exact(costLagged!)} / ${count(nNewCustomers)} new ${nNewCustomers === 1 ? "customer" : "customers"} = ${exact(value)}`;
}

/** Why the cost of a new customer is not known. */
function noCustomerCost(total: MarketingFigures["rows"]["total"]): string {
  if (!total || total.cost === null) return "No campaign says what it cost.";
  if (total.costed.nNewCustomers === 0)
    return total.nNewCustomers > 0
      ? "No campaign that says what it cost has sourced a new customer yet."
      : "No campaign has sourced a new customer yet.";
  return "Nothing was spent long enough ago to have brought a customer.";
}

/** For a part of the deals, whose share of costs nobody knows: what they brought and will bring. */
function partKpis(context: PageContext, shown: ShownMarketing): HTMLElement {
  const {total} = shown.figures.rows;
  const {currency} = context.site;
  const how = definitionOf(context, "campaign_return");
  const won = total?.sourcedWon ?? null;
  const cash = (value: number) => money(value, currency);
  return kpiRow([
    Kpi({
      label: "Won by sourced deals",
      value: won,
      unit: "money",
      currency,
      n: total?.nWon ?? null,
      how,
      ...(total && total.nWon > 0
        ? {onOpen: () => showSourced(context, "campaigns", shown.figures.won.all, total.sourcedWon)}
        : {})
    }),
    Kpi({
      label: "Open deals should still bring",
      value: total?.toCome.mean ?? null,
      unit: "money",
      currency,
      n: total?.nOpen ?? null,
      ...(total ? {note: `80%: ${cash(total.toCome.lo)} to ${cash(total.toCome.hi)}`} : {}),
      how
    }),
    Kpi({label: "Sourced deals", value: total?.nSourced ?? null, unit: "count", how}),
    Kpi({
      label: "New customers",
      value: total?.nNewCustomers ?? null,
      unit: "count",
      how: definitionOf(context, "customer_cost")
    })
  ]);
}

/** How far luck could move the cost of a customer, and when it pays back. */
function customerNote(
  total: MarketingFigures["rows"]["total"],
  margin: number | null,
  currency: string
): string {
  const range = total ? acquisitionRange(total) : null;
  const months = total ? paybackMonths(total, margin) : null;
  const back = total ? paybackRange(total, margin) : null;
  const whole = (value: number) => count(Math.round(value));
  return [
    ...(range && range.hi !== null
      ? [`80%: ${money(range.lo, currency)} to ${money(range.hi, currency)}`]
      : []),
    ...(months !== null && back !== null
      ? [
          `pays back in ${whole(months)} months${margin === null ? " of revenue" : ""} (${whole(back.lo)} to ${whole(back.hi)})`
        ]
      : [])
  ].join("; ");
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

/** Lists the won deals that a channel (or any) sourced; they sum to the figure. */
function showSourced(context: PageContext, by: string, deals: DealList, value: number): void {
  showDeals(context, deals, {
    title: `Won, sourced by ${by}`,
    scope: "all time",
    value,
    unit: "money"
  });
}

export const NO_CAMPAIGNS = {
  reason: "The exports have no campaigns with costs or deals.",
  action:
    "Export campaigns, their members or leads, and what was spent by day; weir init recognises those of known systems."
};
