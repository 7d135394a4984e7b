/** The page's headline figures: how much is to be made, how it is filling, and whether promises hold. */
import {html} from "htl";
import {openDealPanel} from "../../components/dealPanel.js";
import {count, date, days, formatValue, money, month, multiple, percent} from "../../components/format.js";
import {Kpi, kpiRow} from "../../components/kpi.js";
import type {BacklogFigures, OrderRow} from "../../figures/backlog.js";
import {type BookToBill, lastWhole} from "../../slices/backlog/movement.js";
import {stated} from "../../slices/evaluate.js";
import type {LeftBy} from "../../slices/kaplanMeier.js";
import {definitionOf} from "../metricKpi.js";
import type {PageContext} from "../pageContext.js";
import {showOrders} from "./orderList.js";

const HISTORY_MONTHS = 24;
const NO_DELIVERY = "No order of the selection says when it arrived.";

/** Two rows of four. */
export function backlogKpis(context: PageContext, figures: BacklogFigures): HTMLElement {
  return html`<div class="weir-stack">${moneyKpis(context, figures)}${deliveryKpis(context, figures)}</div>`;
}

function moneyKpis(context: PageContext, figures: BacklogFigures): HTMLElement {
  const {open, months, lasts, bookToBill, hasInvoices, placed} = figures;
  const {currency, asOf} = context.site;
  const value = stated(open.cents / 100, open.list.n);
  const [three, twelve] = bookToBill;
  return kpiRow([
    Kpi({
      label: "Backlog",
      value,
      unit: "money",
      currency,
      n: open.list.n,
      nLabel: "orders",
      reason: "No open order states an amount.",
      ...(open.nUnpriced > 0
        ? {note: `${count(open.nUnpriced)} of them ${open.nUnpriced === 1 ? "says" : "say"} no amount`}
        : {}),
      how: definitionOf(context, "backlog"),
      spark: months.slice(-HISTORY_MONTHS).map(({from, end}) => ({on: from, value: end / 100})),
      ...opens(open.list.n, () =>
        showOrders(context, open.list, {
          title: "Backlog",
          scope: `left to ship at the end of ${date(asOf)}`,
          value,
          unit: "money",
          worth: "left",
          shows: ["promised_on", "next_milestone", "ordered_on"]
        })
      )
    }),
    Kpi({
      label: "Months of backlog",
      value: lasts,
      unit: "count",
      note: "at the shipments of the last twelve whole months",
      how: definitionOf(context, "backlog_months"),
      nLabel: "months",
      ...opens(lasts === null ? 0 : 1, () => openShipped(context, months, lasts!)),
      reason: "There are no twelve whole months with shipments."
    }),
    ...[three, twelve].map((ratio, i) => {
      const n = i === 0 ? 3 : 12;
      const label = `Book-to-bill, ${n} months`;
      return Kpi({
        label,
        value: ratio?.ratio ?? null,
        unit: "multiple",
        n: ratio?.nOrdered ?? null,
        nLabel: "orders",
        ...(ratio ? {note: spanNote(ratio, hasInvoices, currency)} : {}),
        how: definitionOf(context, "book_to_bill"),
        reason: billReason(ratio ?? null, n),
        ...opens(ratio?.nOrdered ?? 0, () =>
          showOrders(context, placedSince(placed, ratio!, n), {
            title: label,
            scope: `the orders placed in ${inMonths(ratio!)}`,
            value: ratio!.ratio,
            unit: "multiple",
            made: billMade(ratio!, hasInvoices, currency),
            worth: "amount",
            shows: ["ordered_on", "promised_on", "state"]
          })
        )
      });
    })
  ]);
}

function deliveryKpis(context: PageContext, figures: BacklogFigures): HTMLElement {
  const {onTime, errors, lead} = figures;
  const {asOf} = context.site;
  const year = `twelve months to ${date(asOf)}`;
  const list = (
    title: string,
    orders: typeof lead.orders,
    value: number | null,
    unit: "ratio" | "days",
    made: string,
    shows: readonly (keyof OrderRow)[]
  ) =>
    opens(orders.n, () =>
      showOrders(context, orders, {
        title,
        scope: title.startsWith("Lead") ? "delivered orders; open ones count as not arrived yet" : year,
        value,
        unit,
        worth: "amount",
        ...(value === null ? {} : {made}),
        shows
      })
    );
  const {median, p80} = errors.year;
  const arrived = lead.orders.n;
  const leadMade = `of ${count(lead.n)}, those that have arrived; the others count as not arrived yet (Kaplan-Meier)`;
  const took = (label: string, by: LeftBy) =>
    Kpi({
      label,
      value: by.days,
      unit: "days",
      n: arrived,
      nLabel: `of ${count(lead.n)} orders`,
      ...(by.lo !== null || by.hi !== null ? {note: between(by)} : {}),
      how: definitionOf(context, "order_lead_time"),
      reason: lead.nEnded === 0 ? NO_DELIVERY : "Too few orders have arrived.",
      ...list(label, lead.orders, by.days, "days", leadMade, ["waited_days", "ordered_on", "delivered_on"])
    });
  return kpiRow([
    Kpi({
      label: "Delivered on time, 12 months",
      value: onTime.share,
      unit: "ratio",
      n: onTime.n,
      nLabel: "orders",
      ...(onTime.interval ? {note: onTimeNote(onTime)} : {}),
      how: definitionOf(context, "on_time_delivery"),
      reason:
        onTime.n === 0
          ? "No order was promised for these months, or none says when it arrived."
          : "Most orders promised for these months do not say when they arrived.",
      ...list(
        "Delivered on time, 12 months",
        onTime.orders,
        onTime.share,
        "ratio",
        `${count(onTime.nKept)} / ${count(onTime.n)} = ${percent(onTime.share)}`,
        ["promised_on", "delivered_on", "promise_error_days", "late_days"]
      )
    }),
    Kpi({
      label: "Median promise error, 12 months",
      value: median,
      unit: "days",
      n: errors.list.n,
      nLabel: "orders",
      ...(median === null ? {} : {note: errorNote(median, p80)}),
      how: definitionOf(context, "promise_error"),
      reason: NO_DELIVERY,
      ...list(
        "Median promise error, 12 months",
        errors.list,
        median,
        "days",
        "the median, with as many below as above",
        ["promise_error_days", "promised_on", "delivered_on"]
      )
    }),
    took("Lead time, median", lead.p50),
    took("Lead time, 80 of 100", lead.p80)
  ]);
}

function onTimeNote({interval, nUnknown}: BacklogFigures["onTime"]): string {
  const range = `95%: ${percent(interval!.lo)} to ${percent(interval!.hi)}`;
  return nUnknown > 0 ? `${range}; ${count(nUnknown)} left out: nothing says when they arrived` : range;
}

function opens(n: number, onOpen: () => void): {onOpen?: () => void} {
  return n > 0 ? {onOpen} : {};
}

function billReason(ratio: BookToBill | null, n: number): string {
  if (!ratio) return `There are no ${n} whole months.`;
  if (!ratio.isBilled) return `The invoices of the exports begin after ${month(ratio.from)}.`;
  return "Nothing was billed in these months.";
}

/** Opens the panel with the months whose shipments the backlog is divided by. */
function openShipped({site: {currency}}: PageContext, months: BacklogFigures["months"], lasts: number): void {
  const rows = lastWhole(months, 12)!.map(({label, shipped, nShipments}) => ({
    label,
    shipped: -shipped / 100,
    nShipments
  }));
  const backlog = months.at(-1)!.end / 100;
  const mean = rows.reduce((sum, {shipped}) => sum + shipped, 0) / rows.length;
  openDealPanel({
    title: "Months of backlog",
    figure: {value: lasts, unit: "count"},
    total: null,
    scope: "the last twelve whole months of shipments",
    made: `${money(backlog, currency, {exact: true})} of backlog / ${money(mean, currency, {exact: true})} shipped in a month = ${formatValue(lasts, "count")}`,
    noun: ["month", "months"],
    rows,
    columns: [
      {key: "label", label: "Month", unit: "text"},
      {key: "shipped", label: "Shipped", unit: "money", currency, total: true},
      {key: "nShipments", label: "Shipments", unit: "count", total: true}
    ]
  });
}

/** Of the orders of twelve months those of the last three. */
function placedSince(
  placed: BacklogFigures["placed"],
  {from, nOrdered}: BookToBill,
  n: number
): BacklogFigures["placed"] {
  if (n === 12) return placed;
  return {n: nOrdered, list: placed.list.filter(({ordered_on}) => ordered_on !== null && ordered_on >= from)};
}

function inMonths({from, to}: BookToBill): string {
  return `${month(from)} to ${month(to)}`;
}

function spanNote(ratio: BookToBill, hasInvoices: boolean, currency: string): string {
  const cash = (cents: number) => money(cents / 100, currency);
  return `${inMonths(ratio)}: ${cash(ratio.ordered)} ordered, ${cash(ratio.billed)} ${hasInvoices ? "billed" : "shipped (no invoices are known)"}`;
}

/** "$4,500,000.00 ordered / $3,700,000.00 billed = 1.2x". */
function billMade({ordered, billed, ratio}: BookToBill, hasInvoices: boolean, currency: string): string {
  const exact = (cents: number) => money(cents / 100, currency, {exact: true});
  const against = hasInvoices ? "billed" : "shipped";
  return ratio === null
    ? `${exact(ordered)} ordered`
    : `${exact(ordered)} ordered / ${exact(billed)} ${against} = ${multiple(ratio)}`;
}

function errorNote(median: number, p80: number | null): string {
  const side = median > 0 ? "late" : median < 0 ? "early" : "on the day";
  return p80 === null ? side : `${side}; four of five by ${days(p80)} ${p80 > 0 ? "late" : "early"}`;
}

function between({lo, hi}: LeftBy): string {
  if (lo === null) return `95%: up to ${days(hi)}`;
  return hi === null ? `95%: ${days(lo)} or more` : `95%: ${days(lo)} to ${days(hi)}`;
}
