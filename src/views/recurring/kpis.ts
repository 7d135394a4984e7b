/** The headline figures of recurring revenue, and the customers behind each. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {count, date, money, percent, signed} from "../../components/format.js";
import {Kpi, kpiRow} from "../../components/kpi.js";
import {monthStart} from "../../slices/months.js";
import {FEWEST_CUSTOMERS} from "../../slices/recurring/retention.js";
import {definitionOf} from "../metricKpi.js";
import {listRows, movedColumns, movedRows, type Recurring} from "./context.js";

const CUSTOMERS = ["customer", "customers"] as const;

/** One sentence: ARR, what moved it in the quarter, and what customers of a year ago are worth now. */
export function recurringAnswer({figures, currency, period}: Recurring): Content | null {
  const {bridge, year, on, renewals} = figures;
  if (!bridge || bridge.end === 0) return null;
  const say = (cents: number) => html`<strong>${money(cents / 100, currency)}</strong>`;
  const change = bridge.end - bridge.begin;
  const gained = bridge.new + bridge.reactivation + bridge.expansion + Math.max(0, bridge.step);
  const lost = bridge.contraction + bridge.churn;
  const {late} = renewals;
  return [
    `On ${date(on)} contracts bring `,
    say(bridge.end),
    " a year, ",
    html`<strong>${money(Math.abs(change) / 100, currency)}</strong>`,
    ` ${change < 0 ? "less" : "more"} than when the quarter began: ${money(gained / 100, currency)} gained, ${money(lost / 100, currency)} lost in ${period}. `,
    ...(year.nrr === null
      ? []
      : [
          "Customers of a year before are worth ",
          html`<strong>${percent(year.nrr)}</strong>`,
          ` of what they were${year.nrrRange ? ` (95%: ${percent(year.nrrRange.lo)} to ${percent(year.nrrRange.hi)})` : ""}. `
        ]),
    late !== null && late.n > 0 && on === figures.asOf
      ? `Within half a year ${money(late.cents / 100, currency)} ends without an open renewal deal where there should be one.`
      : ""
  ];
}

/** ARR, net new ARR, NRR and GRR; then customers that left, renewals, customers, and what one brings. */
export function RecurringKpis(shown: Recurring): HTMLElement {
  return html`<div class="weir-stack">${Money(shown)}${Customers(shown)}</div>`;
}

function Money(shown: Recurring): HTMLElement {
  const {context, figures, currency, period} = shown;
  const {bridge, year, on} = figures;
  const change = bridge ? bridge.end - bridge.begin : 0;
  const range = (of: {lo: number; hi: number} | null) =>
    of ? `95% interval ${percent(of.lo)} to ${percent(of.hi)}` : "";
  const few = `Fewer than ${count(FEWEST_CUSTOMERS)} customers had ARR a year before.`;
  return kpiRow([
    Kpi({
      label: `ARR on ${date(on)}`,
      figure: "ARR",
      value: bridge ? bridge.end / 100 : null,
      unit: "money",
      currency,
      n: bridge ? figures.nCustomers : null,
      nLabel: "customers",
      reason: "No contract had begun by then.",
      how: definitionOf(context, "arr"),
      ...(bridge
        ? {
            comparison: {
              value: bridge.begin > 0 ? bridge.end / bridge.begin - 1 : null,
              unit: "ratio",
              label: "since the quarter began",
              goodWhen: "up"
            }
          }
        : {}),
      spark: figures.months
        .map(({month, end}) => ({on: monthStart(month), value: end / 100}))
        .filter(({on: first}) => first <= on)
        .slice(-24),
      ...(bridge
        ? {onOpen: () => listStanding(shown, {title: `ARR on ${date(on)}`, value: bridge.end / 100})}
        : {})
    }),
    Kpi({
      label: "Net new ARR",
      value: bridge ? change / 100 : null,
      unit: "money",
      currency,
      note: period,
      n: figures.moved.n,
      nLabel: "customers",
      reason: "No contract had begun by then.",
      how: definitionOf(context, "net_new_arr"),
      ...(figures.moved.n > 0
        ? {
            onOpen: () =>
              listRows(shown, movedRows(shown), movedColumns(currency), {
                title: "Net new ARR",
                scope: `customers whose ARR moved in ${period}`,
                value: change / 100,
                unit: "money",
                noun: CUSTOMERS,
                n: figures.moved.n
              })
          }
        : {})
    }),
    Kpi({
      label: "Net revenue retention",
      value: year.nrr,
      unit: "ratio",
      note: range(year.nrrRange),
      n: year.n,
      nLabel: "customers",
      reason: few,
      how: definitionOf(context, "nrr"),
      ...(year.nrr === null ? {} : {onOpen: () => listCohort(shown, "Net revenue retention", year.nrr)})
    }),
    Kpi({
      label: "Gross revenue retention",
      value: year.grr,
      unit: "ratio",
      note: range(year.grrRange),
      n: year.n,
      nLabel: "customers",
      reason: few,
      how: definitionOf(context, "grr"),
      ...(year.grr === null ? {} : {onOpen: () => listCohort(shown, "Gross revenue retention", year.grr)})
    })
  ]);
}

function Customers(shown: Recurring): HTMLElement {
  const {context, figures, currency} = shown;
  const {bridge, year, renewals, nCustomers} = figures;
  const {rate, range, moneyRate, n, nOpen, nOpenRenewed, openCents} = renewals.year;
  const left = year.logoChurnRange;
  const average = bridge && nCustomers > 0 ? averageOf(bridge.end / 100, nCustomers, currency) : null;
  return kpiRow([
    Kpi({
      label: "Customers lost in a year",
      value: year.logoChurn,
      unit: "ratio",
      n: year.nLeft,
      nLabel: "customers",
      note: left ? `95% interval ${percent(left.lo)} to ${percent(left.hi)}, of ${count(year.n)}` : "",
      reason: `Fewer than ${count(FEWEST_CUSTOMERS)} customers had ARR a year before.`,
      how: definitionOf(context, "logo_churn"),
      ...(year.logoChurn === null
        ? {}
        : {onOpen: () => listCohort(shown, "Customers lost in a year", year.logoChurn, true)})
    }),
    Kpi({
      label: `Renewal rate, year to ${date(renewals.until)}`,
      figure: "Renewal rate",
      value: rate,
      unit: "ratio",
      n,
      nLabel: "contracts",
      note: [
        range ? `95% interval ${percent(range.lo)} to ${percent(range.hi)}` : "",
        moneyRate === null ? "" : `${percent(moneyRate)} by money`,
        nOpen > 0
          ? `${count(nOpen)} that ended later (${money(openCents / 100, currency)}) are not decided: ${count(nOpenRenewed)} renewed so far`
          : ""
      ]
        .filter(Boolean)
        .join("; "),
      reason: "Fewer than ten contracts came to their end.",
      how: definitionOf(context, "renewal_rate"),
      ...(n > 0 ? {onOpen: () => listDecided(shown)} : {})
    }),
    Kpi({
      label: "ARR a customer",
      value: average?.value ?? null,
      unit: "money",
      currency,
      n: nCustomers,
      nLabel: "customers",
      reason: "No customer had ARR by then.",
      how: definitionOf(context, "arr_per_customer"),
      ...(average ? {onOpen: () => listStanding(shown, {title: "ARR a customer", ...average})} : {})
    }),
    Kpi({
      label: "New customers",
      value: bridge ? figures.nLines.new : null,
      unit: "count",
      n: bridge ? figures.nLines.new : null,
      nLabel: "customers",
      note: bridge ? `${signed(bridge.new / 100, "money", currency)} ARR` : "",
      reason: "No contract had begun by then.",
      how: definitionOf(context, "new_arr"),
      ...(bridge && figures.nLines.new > 0
        ? {
            onOpen: () =>
              listRows(shown, movedRows(shown, "new"), movedColumns(currency), {
                title: "New customers",
                scope: `ARR begun in ${shown.period} by customers that never had any`,
                value: figures.nLines.new,
                unit: "count",
                noun: CUSTOMERS,
                n: figures.nLines.new
              })
          }
        : {})
    })
  ]);
}

/** What one customer brings, and how that comes of all. */
function averageOf(arr: number, n: number, currency: string): {value: number; made: string} {
  const value = arr / n;
  return {
    value,
    made: `${money(arr, currency, {exact: true})} / ${count(n)} = ${money(value, currency)}`
  };
}

/** Customers with ARR at the end of the quarter. */
function listStanding(shown: Recurring, says: {title: string; value: number; made?: string}): void {
  const {figures, currency} = shown;
  const rows = figures.standing.list.map(({name, cents, region, segment, since}) => ({
    name,
    arr: cents / 100,
    region,
    segment,
    since
  }));
  listRows(
    shown,
    rows,
    [
      {key: "name", label: "Customer", unit: "text"},
      {key: "arr", label: "ARR", unit: "money", currency, total: true},
      {key: "since", label: "Customer since", unit: "date"},
      {key: "region", label: "Region", unit: "text", missing: "none"},
      {key: "segment", label: "Segment", unit: "text", missing: "none"}
    ],
    {
      ...says,
      scope: `customers with contracts that run on ${date(figures.on)}`,
      unit: "money",
      noun: CUSTOMERS,
      n: figures.nCustomers
    }
  );
}

/** Customers of a year before, with what they brought then and now. */
function listCohort(shown: Recurring, title: string, value: number | null, isLeft = false): void {
  const {figures, currency} = shown;
  const {year} = figures;
  const rows = (isLeft ? figures.lost : figures.cohort).list.map(
    ({name, before, cents, region, segment}) => ({
      name,
      was: before / 100,
      now: cents / 100,
      share: cents / before,
      region,
      segment
    })
  );
  listRows(
    shown,
    rows,
    [
      {key: "name", label: "Customer", unit: "text"},
      {key: "was", label: "ARR a year before", unit: "money", currency, total: true},
      {key: "now", label: "ARR then", unit: "money", currency, total: true},
      {key: "share", label: "Of it", unit: "ratio"},
      {key: "region", label: "Region", unit: "text", missing: "none"},
      {key: "segment", label: "Segment", unit: "text", missing: "none"}
    ],
    {
      title,
      scope: `customers with ARR a year before ${date(figures.on)}: ${money(year.begin / 100, currency)} then, ${money(year.end / 100, currency)} on that day${year.agreed !== 0 ? `, ${money(year.agreed / 100, currency)} of it agreed steps` : ""}`,
      value,
      unit: "ratio",
      noun: CUSTOMERS,
      n: isLeft ? year.nLeft : year.n
    }
  );
}

/** Contracts that came to their end within the year, with what became of them. */
function listDecided(shown: Recurring): void {
  const {figures, currency} = shown;
  const {decided, year} = figures.renewals;
  listRows(
    shown,
    decided.list,
    [
      {key: "customer", label: "Customer", unit: "text"},
      {key: "arr", label: "ARR that ended", unit: "money", currency, total: true},
      {key: "renewed", label: "Renewed of it", unit: "money", currency, total: true},
      {key: "became", label: "What became of it", unit: "text"},
      {key: "ended", label: "Ended", unit: "date"},
      {key: "product", label: "Product", unit: "text", missing: "none"},
      {key: "contract", label: "Contract", unit: "text", missing: "none"}
    ],
    {
      title: "Renewal rate",
      scope: `${count(year.nRenewed)} renewed of ${count(year.n)} contracts that came to their end in the twelve months to ${date(figures.renewals.until)}`,
      value: year.rate,
      unit: "ratio",
      noun: ["contract", "contracts"],
      n: decided.n
    }
  );
}
