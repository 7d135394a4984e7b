/** Deal registrations: how far they come, how long a decision takes, and for whom. */
import {html} from "htl";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {Survival} from "../components/charts/survival.js";
import {DataTable} from "../components/dataTable.js";
import {count, days, money, percent} from "../components/format.js";
import {colour} from "../components/palette.js";
import type {BenchmarkFigures, REGISTERED_BY} from "../figures/partnerBenchmark.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

const NO_REGISTRATIONS = {
  reason: "The exports hold no deal registrations.",
  action: "Export them from the partner portal, and map them to registration."
};
/** How far registrations came: submitted, approved, converted, won; and where the others ended. */
export function RegistrationSteps(context: PageContext, {funnel}: BenchmarkFigures): HTMLElement {
  const {currency} = context.site;
  const steps = [
    ["Submitted", funnel.submitted],
    ["Ever approved", funnel.approved],
    ["Became a deal", funnel.converted],
    ["Won", funnel.won],
    ["Rejected", funnel.rejected],
    ["Expired", funnel.expired],
    ["Withdrawn", funnel.withdrawn],
    ["Pending", funnel.pending],
    ["Another partner's too", funnel.rival]
  ] as const;
  const rows = steps.map(([label, {n, cents}], i) => ({
    label,
    value: n,
    share: funnel.submitted.n > 0 ? n / funnel.submitted.n : null,
    cents: cents / 100,
    key: i < 4 ? "on the way" : "elsewhere"
  }));
  return Chart({
    title: "How far registrations come",
    subtitle: `Registrations of all time, ${count(funnel.submitted.n)} of them worth ${money(funnel.submitted.cents / 100, currency)} as estimated`,
    rows: funnel.submitted.n > 0 ? rows : [],
    columns: [
      {key: "label", label: "State", unit: "text"},
      {key: "value", label: "Registrations", unit: "count"},
      {key: "share", label: "Of submitted", unit: "ratio"},
      {key: "cents", label: "Estimated", unit: "money", currency}
    ],
    name: "registrations",
    how: definitionOf(context, "registration_funnel"),
    empty: NO_REGISTRATIONS,
    render: (width) =>
      BarRows({
        rows: rows.map((row) => ({label: row.label, key: row.key, value: row.value})),
        keys: ["on the way", "elsewhere"],
        colours: [colour("partner"), colour("lost")],
        width,
        unit: "count",
        order: "given",
        noun: "registrations"
      })
  });
}

/** Share of registrations still without a decision by days since submission. */
export function DecisionTime(
  context: PageContext,
  {undecided: curve, half, nineInTen: nine}: BenchmarkFigures
): HTMLElement {
  return Chart({
    title:
      half === null
        ? "How long a decision takes"
        : `Half are decided within ${days(half)}${nine === null ? "" : `, nine in ten within ${days(nine)}`}`,
    subtitle:
      "Share of registrations still undecided by days since submission, with 95% bands; pending ones count as such",
    rows: curve,
    columns: [
      {key: "t", label: "Day", unit: "days"},
      {key: "s", label: "Still undecided", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "nAtRisk", label: "At risk", unit: "count"}
    ],
    name: "time-to-decide",
    how: definitionOf(context, "time_to_decide"),
    empty: NO_REGISTRATIONS,
    render: (width) => Survival({rows: curve, width, meaning: "partner", words: "still undecided"})
  });
}

const CUTS = [
  ["partner", "partner"],
  ["tier", "tier"],
  ["partner_region", "region of the partner"],
  ["product", "product"],
  ["partner_kind", "kind of partner"]
] as const satisfies readonly (readonly [(typeof REGISTERED_BY)[number], string])[];

/** Registrations by partner, tier, region or product: how far they came, approval with its interval, time, conflicts, won. */
export function RegistrationsBy(context: PageContext, {registrations}: BenchmarkFigures): HTMLElement {
  const select =
    html`<select>${CUTS.map(([key, label]) => html`<option value=${key}>${label}</option>`)}</select>` as HTMLElement as HTMLSelectElement;
  const place = html`<div></div>`;
  const show = () => {
    const [key, label] = CUTS.find(([each]) => each === select.value)!;
    place.replaceChildren(RegistrationTable(context, registrations[key], label));
  };
  select.addEventListener("change", show);
  show();
  return html`<div class="weir-stack"><label class="weir-period"><span>Registrations by</span>${select}</label>${place}</div>`;
}

function RegistrationTable(
  {site: {currency}}: PageContext,
  {n, list: rows}: BenchmarkFigures["registrations"]["partner"],
  label: string
): HTMLElement {
  return DataTable(
    rows.map((row) => ({
      ...row,
      value: row.cents / 100,
      between: row.lo === null || row.hi === null ? null : `${percent(row.lo)} to ${percent(row.hi)}`,
      conflicts: row.n > 0 ? row.rival / row.n : null
    })),
    [
      {key: "key", label: `${label.charAt(0).toUpperCase()}${label.slice(1)}`, unit: "text"},
      {key: "n", label: "Submitted", unit: "count", total: true},
      {key: "value", label: "Estimated", unit: "money", currency, total: true},
      {key: "approved", label: "Approved of decided", unit: "ratio", missing: "none decided"},
      {key: "between", label: "95% interval", unit: "text", missing: ""},
      {key: "daysToDecide", label: "Half decided in", unit: "days", missing: "fewer are"},
      {key: "nPending", label: "Pending", unit: "count", total: true},
      {key: "nConverted", label: "Became deals", unit: "count", total: true},
      {key: "won", label: "Win rate", unit: "ratio", missing: "none closed"},
      {key: "conflicts", label: "Conflict rate", unit: "ratio", missing: ""}
    ],
    {
      of: n,
      caption: `Registrations by ${label}`,
      showCaption: true,
      pageSize: 10,
      empty: NO_REGISTRATIONS
    }
  );
}
