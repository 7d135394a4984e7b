/** The headline figures of the Marketing page: cost, returns, what a customer costs. */
import {count, money, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import type {MarketingFigures} from "../figures/marketing.js";
import type {DealList} from "../figures/pageFigures.js";
import {
  acquisitionCost,
  acquisitionRange,
  paybackMonths,
  paybackRange,
  returnOn
} from "../slices/marketing/marketingData.js";
import {showDeals} from "./deals.js";
import {type ByChannel, openChannels} from "./marketingChannels.js";
import type {ShownMarketing} from "./marketingSource.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

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
      note: costed ? campaignsNote(costed.nCampaigns, uncosted) : "",
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

/** "12 campaigns; 1 more does not say what it cost; returns leave it out". */
function campaignsNote(n: number, uncosted: number): string {
  const said = `${count(n)} ${n === 1 ? "campaign" : "campaigns"}`;
  const [does, they, them] = uncosted > 1 ? ["do", "they", "them"] : ["does", "it", "it"];
  return uncosted === 0
    ? said
    : `${said}; ${count(uncosted)} more ${does} not say what ${they} cost; returns leave ${them} out`;
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

/** Lists the won deals that a channel (or any) sourced; they sum to the figure. */
export function showSourced(context: PageContext, by: string, deals: DealList, value: number): void {
  showDeals(context, deals, {
    title: `Won, sourced by ${by}`,
    scope: "all time",
    value,
    unit: "money"
  });
}
