/** Incentivize and accelerate: payouts against what partners bring, and who speeds up. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {BarRows} from "../../components/charts/barRows.js";
import {bothEnds} from "../../components/charts/bothEnds.js";
import {RangeRows} from "../../components/charts/rangeRows.js";
import {DataTable} from "../../components/dataTable.js";
import {count, days, money, signed} from "../../components/format.js";
import {colour, tint} from "../../components/palette.js";
import {BEYOND} from "../../figures/lifeCycle.js";
import type {Change, TrendRow} from "../../slices/partners/trend.js";
import {definitionOf} from "../metricKpi.js";
import {type LifeCycle, NO_PARTNERS, NO_PROGRAMME, Phase} from "./context.js";
import {Tiers} from "./tiers.js";

const NO_PAYOUTS = {
  ...NO_PROGRAMME("payouts"),
  action:
    "Export payouts of the partner portal to partner_event; state partner_program.payout_rules to have them checked."
};

/** Payouts against the rules and against contribution. */
export function Incentivize(life: LifeCycle): HTMLElement {
  const {context, figures, currency} = life;
  const {rules, dueDays, payouts} = figures;
  const {classes} = payouts;
  const open = classes.filter(({isSettled}) => !isSettled);
  const paid = classes.reduce((sum, {paidCents}) => sum + paidCents, 0);
  const nOpen = open.reduce((sum, {n}) => sum + n, 0);
  const openMoney = open.reduce(
    (sum, each) => sum + (each.owedCents === null ? 0 : Math.abs(each.paidCents - each.owedCents)),
    0
  );
  const unowed = open.filter(({owedCents}) => owedCents === null);
  const paidUnowed = unowed.reduce((sum, {paidCents}) => sum + Math.abs(paidCents), 0);
  const besides =
    paidUnowed > 0 ? `; ${money(paidUnowed / 100, currency)} paid where what is owed is not known` : "";
  const rows = classes.flatMap((each) => [
    {label: each.class, key: "Paid", value: each.paidCents / 100, n: each.n},
    {
      label: each.class,
      key: "Owed, not paid",
      value:
        each.owedCents === null
          ? null
          : Math.max(0, each.class === "as ruled" ? 0 : each.owedCents - each.paidCents) / 100,
      n: each.n
    }
  ]);
  const chart = Chart({
    title:
      classes.length === 0
        ? "Are payouts as ruled?"
        : rules.length === 0
          ? `${money(paid / 100, currency)} was paid; the workspace states no rules to check it by`
          : nOpen > 0
            ? `${count(nOpen)} payouts to look at, off by ${money(openMoney / 100, currency)}${besides}`
            : "Every payout is as ruled",
    subtitle: `Payouts of all time by what the rules say, ${currency}${classes.length === 0 ? "" : `; they sum to ${money(paid / 100, currency)}, all that was paid`}`,
    rows,
    columns: [
      {key: "label", label: "Found", unit: "text"},
      {key: "key", label: "Money", unit: "text"},
      {key: "value", label: "Amount", unit: "money", currency},
      {key: "n", label: "Entries", unit: "count"}
    ],
    name: "payouts",
    how: definitionOf(context, "partner_payouts"),
    note:
      rules.length > 0
        ? `Rules, the first that fits: ${rules.join("; ")}. Late ${days(dueDays)} after the win.`
        : "State partner_program.payout_rules in workspace.yaml to have payouts checked.",
    empty: NO_PAYOUTS,
    render: (width) =>
      BarRows({
        rows: rows.flatMap(({label, key, value}) => (value === null ? [] : [{label, key, value}])),
        keys: ["Paid", "Owed, not paid"],
        colours: [colour("partner"), tint("warning", 0.6)],
        width,
        unit: "money",
        currency,
        order: "given"
      })
  });
  const entries = DataTable(
    payouts.entries.list,
    [
      {key: "partner", label: "Partner", unit: "text"},
      {key: "class", label: "Found", unit: "text"},
      {key: "owed", label: "Owed", unit: "money", currency, missing: "not known"},
      {key: "paid", label: "Paid", unit: "money", currency, total: true},
      {key: "deal", label: "Deal", unit: "text", missing: "none"},
      {key: "customer", label: "Customer", unit: "text", missing: "none"},
      {key: "closed", label: "Closed", unit: "date", missing: "open"},
      {key: "due", label: "Due", unit: "date", missing: ""}
    ],
    {
      caption: "Payouts to look at, the most money first",
      showCaption: true,
      pageSize: 8,
      search: false,
      empty: {
        reason:
          rules.length > 0
            ? "Every payout is as ruled."
            : "Without rules there is nothing to compare payouts with."
      }
    }
  );
  const partners = DataTable(
    payouts.partners.list.map((row) => ({
      ...row,
      paid: row.paidCents / 100,
      owed: row.owedCents === null ? null : row.owedCents / 100,
      won: row.wonCents / 100
    })),
    [
      {key: "partner", label: "Partner", unit: "text"},
      {key: "paid", label: "Paid", unit: "money", currency, total: true},
      {key: "owed", label: "Owed by the rules", unit: "money", currency, total: true, missing: "not known"},
      {key: "won", label: "Won it brought", unit: "money", currency, total: true},
      {key: "share", label: "Paid of won", unit: "ratio", missing: "nothing won"},
      {key: "nWon", label: "Won deals", unit: "count", total: true},
      {key: "nOpenEntries", label: "To look at", unit: "count", total: true},
      {key: "tier", label: "Tier", unit: "text", missing: "none"}
    ],
    {
      of: payouts.partners.n,
      caption: "Payouts against contribution, by partner",
      showCaption: true,
      pageSize: 8,
      search: false,
      empty: NO_PAYOUTS
    }
  );
  return Phase(
    {
      id: "incentivize",
      name: "Incentivize",
      question: "Are partners paid for what they bring, and in the tier that fits it?"
    },
    chart,
    ...(payouts.hasAny ? [entries, partners] : []),
    ...Tiers(life)
  );
}

/** Value and speed of each partner: this year against the year before. */
export function Accelerate({context, figures, currency}: LifeCycle): HTMLElement {
  const {trendOfAll: total, trends: all, nTold, nUnknown} = figures.accelerate;
  const trends = total ? [total, ...all.list] : [];
  const chart = (what: "begun" | "value") => {
    const rows = trends.flatMap((row) => {
      const change = row[what];
      const [now, before] =
        what === "begun" ? [row.now.nBegun, row.before.nBegun] : [row.now.nWon, row.before.nWon];
      const said = [`${count(now)} ${what === "begun" ? "begun" : "won"} against ${count(before)}`];
      return change
        ? [
            {
              label: row.key,
              ...change,
              said,
              isThin: Math.min(now, before) < 10
            }
          ]
        : [];
    });
    const isTotal = ({label}: {label: string}) => label === total?.key;
    const drawn = bothEnds(
      rows.filter((row) => !isTotal(row)),
      ({value}) => value,
      "partners",
      {most: MOST_DRAWN}
    );
    return Chart({
      title:
        what === "begun"
          ? "New deals, this year against the year before"
          : "Won money, this year against the year before",
      subtitle: `${
        what === "begun"
          ? "Change of the number of deals begun in 365 days, with its 95% interval; partners with ten in both years"
          : "Change of the amount won in 365 days, with its 95% interval; partners with five wins in each year"
      }${drawn.said}`,
      rows,
      columns: [
        {key: "label", label: "Partner", unit: "text"},
        {key: "value", label: "Change", unit: "ratio"},
        {key: "lo", label: "95% from", unit: "ratio"},
        {key: "hi", label: "95% to", unit: "ratio"}
      ],
      name: `partner-trend-${what}`,
      how: definitionOf(context, "partner_trend"),
      note: "Hollow: fewer than ten in a year. What lies beyond +400% is drawn at the edge.",
      empty:
        trends.length > 0
          ? {reason: "No partner has enough deals in both years: there is not enough data for a trend."}
          : NO_PARTNERS,
      render: (width) =>
        RangeRows({
          rows: [...rows.filter(isTotal), ...drawn.rows],
          width,
          upTo: MOST_SHOWN,
          unit: "ratio",
          meaning: what === "begun" ? "partner" : "won",
          words: {
            value: what === "begun" ? "change of new deals" : "change of won money",
            range: "95% interval"
          }
        })
    });
  };
  const list = DataTable(
    trends.map((row) => ({
      partner: row.key,
      won: row.now.wonCents / 100,
      before: row.before.wonCents / 100,
      begun: changeWords(row.begun, "ratio"),
      value: changeWords(row.value, "ratio"),
      cycle: changeWords(row.cycle, "days"),
      n: `${count(row.now.nWon)} and ${count(row.before.nWon)}`,
      verdict: verdict(row)
    })),
    [
      {key: "partner", label: "Partner", unit: "text"},
      {key: "verdict", label: "Trend", unit: "text"},
      {key: "won", label: "Won this year", unit: "money", currency},
      {key: "before", label: "Year before", unit: "money", currency},
      {key: "begun", label: "New deals", unit: "text"},
      {key: "value", label: "Won money", unit: "text"},
      {key: "cycle", label: "Days to win", unit: "text"},
      {key: "n", label: "Won deals", unit: "text"}
    ],
    {
      of: total ? all.n + 1 : 0,
      caption: "Each partner this year (365 days) against the year before, with 95% intervals",
      showCaption: true,
      pageSize: 8,
      search: false,
      empty: NO_PARTNERS
    }
  );
  return Phase(
    {id: "accelerate", name: "Accelerate", question: "Who brings more, and faster, than a year ago?"},
    total
      ? html`<p class="weir-phase-said">${count(nTold)} of ${count(all.n)} partners changed beyond chance; of ${count(nUnknown)} there is not enough data.</p>`
      : null,
    html`<div class="weir-columns"><div>${chart("begun")}</div><div>${chart("value")}</div></div>`,
    trends.length > 0 ? list : null
  );
}

/** A change beyond this is off the chart; the list has it whole. */
const MOST_SHOWN = 4;
const MOST_DRAWN = 20;

/** A change and its interval in words; "not enough data" when there is none. */
export function changeWords(change: Change | null, unit: "ratio" | "days" | "points"): string {
  if (change === null) return "not enough data";
  const sign = (value: number) => (value > 0 ? "+" : value < 0 ? "−" : "");
  const said = (value: number) =>
    unit === "points"
      ? signed(value, "ratio")
      : Math.abs(value) >= BEYOND
        ? "any"
        : `${sign(Math.round(value * 100))}${unit === "days" ? days(Math.abs(Math.round(value))) : `${count(Math.abs(Math.round(value * 100)))}%`}`;
  return `${said(change.value)} (${said(change.lo)} to ${said(change.hi)})`;
}

function verdict({begun, value, cycle}: TrendRow): string {
  const words = [
    ...(begun && begun.lo > 0 ? ["more new deals"] : begun && begun.hi < 0 ? ["fewer new deals"] : []),
    ...(value && value.lo > 0 ? ["wins more"] : value && value.hi < 0 ? ["wins less"] : []),
    ...(cycle && cycle.hi < 0 ? ["faster"] : cycle && cycle.lo > 0 ? ["slower"] : [])
  ];
  if (words.length > 0) return words.join(", ");
  return [begun, value, cycle].every((change) => change === null)
    ? "not enough data"
    : "as before, as far as can be told";
}
