/** Contracts due for renewal: when, with which deal, what is at risk, and how often they were renewed. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {Columns} from "../../components/charts/columns.js";
import {Dots} from "../../components/charts/dots.js";
import {DataTable} from "../../components/dataTable.js";
import {count, date, days, money, percent} from "../../components/format.js";
import {colour, tint} from "../../components/palette.js";
import {DUE_STATES} from "../../slices/recurring/renewals.js";
import {definitionOf} from "../metricKpi.js";
import type {Recurring} from "./context.js";

const COLOURS = [
  colour("won"),
  colour("open"),
  tint("open", 0.25),
  colour("warning"),
  colour("lost"),
  tint("open", 0.55)
];

/** ARR that ends in coming quarters, by what is known of its renewal. */
export function DueByQuarter({context, figures, currency}: Recurring): HTMLElement {
  const {due} = figures.renewals;
  const rows = due.map(({quarter, state, n, cents}) => ({label: quarter, key: state, n, value: cents / 100}));
  const total = rows.reduce((sum, {value}) => sum + value, 0);
  const told = DUE_STATES.filter((state) => due.some((cell) => cell.state === state && cell.n > 0));
  return Chart({
    title: `${money(total, currency)} of ARR comes to its end in the coming quarters`,
    subtitle: `ARR of contracts by the quarter of their last day, ${currency}`,
    rows: total > 0 ? rows : [],
    columns: [
      {key: "label", label: "Ends in", unit: "text"},
      {key: "key", label: "Renewal", unit: "text"},
      {key: "value", label: "ARR", unit: "money", currency},
      {key: "n", label: "Contracts", unit: "count"}
    ],
    name: "renewals-due",
    how: definitionOf(context, "renewals_due"),
    note: figures.hasRenewalDeals
      ? leadWords(figures.lead)
      : "No deal says that it is a renewal: map the deals' type, and contracts that are due find their renewal deal.",
    empty: {reason: "No contract of this selection ends within these quarters."},
    render: (width) =>
      Columns({
        ...{rows, width, currency},
        unit: "money",
        keys: told,
        colours: told.map((state) => COLOURS[DUE_STATES.indexOf(state)]!),
        noun: "contracts"
      })
  });
}

function leadWords(lead: number | null): string {
  return lead === null
    ? "Contracts far from their end have no renewal deal yet; when they usually get one is not known."
    : `Of the renewed contracts whose deal is known, nine in ten had it ${days(lead)} before the end: those further off are not up yet.`;
}

/** Contracts that end within half a year, are up for renewal and have no open renewal deal: those of the page's answer. */
export function AtRisk({figures, currency}: Recurring): HTMLElement {
  const {asOf, hasRenewalDeals} = figures;
  const {
    risk: {n, list},
    late
  } = figures.renewals;
  return DataTable(
    list,
    [
      {key: "customer", label: "Customer", unit: "text"},
      {key: "arr", label: "ARR", unit: "money", currency, total: true},
      {key: "ends", label: "Ends", unit: "date"},
      {key: "days", label: "Days left", unit: "days"},
      {key: "state", label: "Renewal", unit: "text"},
      {key: "deal", label: "Lost deal", unit: "text", missing: "none"},
      {key: "product", label: "Product", unit: "text", missing: "none"},
      {key: "contract", label: "Contract", unit: "text", missing: "none"},
      {key: "region", label: "Region", unit: "text", missing: "none"},
      {key: "segment", label: "Segment", unit: "text", missing: "none"}
    ],
    {
      of: n,
      caption:
        late === null
          ? `Contracts that end within half a year of ${date(asOf)} and are not renewed${hasRenewalDeals ? " or in an open renewal deal" : ""}, the most ARR first; by when they should have a renewal deal is not known`
          : `Money at risk: contracts that end within half a year of ${date(asOf)} and should have an open renewal deal by now, the most ARR first`,
      showCaption: true,
      pageSize: 8,
      empty: {
        reason:
          "Every contract that ends within half a year is renewed, has an open renewal deal or is not up for renewal yet."
      }
    }
  );
}

/** Every contract that ends in the coming quarters. */
export function DueContracts({figures, currency}: Recurring): HTMLElement {
  const {n, list} = figures.renewals.dueRows;
  return DataTable(
    list,
    [
      {key: "customer", label: "Customer", unit: "text"},
      {key: "arr", label: "ARR", unit: "money", currency, total: true},
      {key: "ends", label: "Ends", unit: "date"},
      {key: "state", label: "Renewal", unit: "text"},
      {key: "deal", label: "Renewal deal", unit: "text", missing: "none"},
      {key: "owner", label: "Its owner", unit: "text", missing: "none"},
      {key: "closes", label: "Closes", unit: "date", missing: "none"},
      {key: "product", label: "Product", unit: "text", missing: "none"},
      {key: "contract", label: "Contract", unit: "text", missing: "none"},
      {key: "region", label: "Region", unit: "text", missing: "none"},
      {key: "segment", label: "Segment", unit: "text", missing: "none"}
    ],
    {
      of: n,
      caption: "Contracts that end in the coming quarters, the next one first",
      showCaption: true,
      pageSize: 8,
      empty: {reason: "No contract of this selection ends within these quarters."}
    }
  );
}

/** How often contracts were renewed, quarter by quarter. */
export function RenewalRates({context, figures}: Recurring): HTMLElement {
  const {quarters, year, until} = figures.renewals;
  const rows = quarters.map(({label, rate, range, n, nRenewed, nStays, nOpen, moneyRate}) => ({
    ...{label, rate, n, nRenewed, nStays, nOpen, moneyRate},
    lo: range?.lo ?? null,
    hi: range?.hi ?? null
  }));
  return Chart({
    title:
      year.rate === null
        ? "How many contracts are renewed"
        : `${percent(year.rate)} of the contracts that ended in the year to ${date(until)} were renewed`,
    subtitle:
      "Renewed of those that came to their end in the quarter, with 95% intervals; contracts of one customer count as alike",
    rows: rows.some(({n}) => n > 0) ? rows : [],
    columns: [
      {key: "label", label: "Ended in", unit: "text"},
      {key: "rate", label: "Renewed", unit: "ratio", missing: "fewer than ten ended"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "moneyRate", label: "Renewed by money", unit: "ratio", missing: "fewer than ten ended"},
      {key: "n", label: "Ended", unit: "count"},
      {key: "nRenewed", label: "Renewed contracts", unit: "count"},
      {key: "nStays", label: "Not renewed, customer stays", unit: "count"},
      {key: "nOpen", label: "Ended lately, not decided", unit: "count"}
    ],
    name: "renewal-rates",
    how: definitionOf(context, "renewal_rate"),
    note: html`<span>Contracts of several years are counted when their last year ends, and each once the ${count(figures.graceDays)} days in which a renewal may still begin are over.${
      year.nStays > 0
        ? ` Of those not renewed in the year to ${date(until)}, ${count(year.nStays)} are of customers that stay with another contract.`
        : ""
    }</span>`,
    empty: {reason: "No contract of this selection came to its end in these quarters."},
    render: (width) => Dots({rows, width, order: "given", noun: "contracts"})
  });
}
