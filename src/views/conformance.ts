/** The Conformance page: stages against the rules of workspace.yaml, and money in stages it has not earned. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {DataTable} from "../components/dataTable.js";
import {count, money, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour, tint} from "../components/palette.js";
import type {ConformanceFigures} from "../figures/conformance.js";
import type {RuleCount} from "../slices/conformance.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";

/** Owners drawn; the table behind the chart has all. */
const MOST_DRAWN = 20;

const NO_RULES = {
  reason: "No stage of workspace.yaml has entry or exit rules.",
  action:
    "Write under a stage what a deal must show: entry: [{field: amount, is: present, why: We know what it may be worth}]."
};

/** One sentence: money in stages it has not earned, and how often the rules were met. */
export function conformanceAnswer(
  {site}: PageContext,
  {period}: Chosen,
  {unearned: {cents, deals}, rules, hasRules}: ConformanceFigures
): Content | null {
  if (!hasRules) return null;
  const {share, known} = together(rules);
  return [
    html`<strong>${money(cents / 100, site.currency)}</strong>`,
    ` in ${count(deals.n)} open deals stands in stages whose rules it does not meet`,
    ...(share === null
      ? []
      : [
          "; of ",
          count(known),
          ` rules asked in ${period.label}, `,
          html`<strong>${percent(share)}</strong>`,
          " were met"
        ]),
    "."
  ];
}

/** Money unearned, deals, rules met, rules nobody can tell. */
export function conformanceKpis(
  context: PageContext,
  {unearned: {cents, deals}, rules, nAsked, hasRules}: ConformanceFigures
): HTMLElement {
  const {currency} = context.site;
  const how = definitionOf(context, "conformance");
  const {share, known} = together(rules);
  const broken = rules.reduce((sum, {nNotMet}) => sum + nNotMet, 0);
  const reason = hasRules ? "No rule was asked in the quarter that can be answered." : NO_RULES.reason;
  return kpiRow([
    Kpi({
      label: "In stages it has not earned",
      value: hasRules ? cents / 100 : null,
      unit: "money",
      currency,
      n: deals.n,
      how: definitionOf(context, "unearned"),
      reason: NO_RULES.reason,
      ...(deals.n > 0
        ? {
            onOpen: () =>
              showDeals(context, deals, {
                title: "In stages it has not earned",
                scope: "open on the as-of day",
                value: cents / 100,
                unit: "money"
              })
          }
        : {})
    }),
    Kpi({
      label: "Rules met when deals moved",
      value: share,
      unit: "ratio",
      n: known,
      nLabel: "asked",
      how,
      reason
    }),
    Kpi({
      label: "Rules broken when deals moved",
      value: known > 0 ? broken : null,
      unit: "count",
      how,
      reason
    }),
    Kpi({
      label: "Cannot be told",
      value: nAsked > 0 ? (nAsked - known) / nAsked : null,
      unit: "ratio",
      n: nAsked,
      nLabel: "asked",
      how,
      reason
    })
  ]);
}

/** Every rule: met, broken, or not known as the field has no history. */
export function RuleBars(context: PageContext, {period}: Chosen, {rules}: ConformanceFigures): HTMLElement {
  const rows = rules.flatMap(({key, nMet, nNotMet, nUnknown}) => [
    {label: key, key: "met", value: nMet},
    {label: key, key: "broken", value: nNotMet},
    {label: key, key: "not known", value: nUnknown}
  ]);
  return Chart({
    title: "How often each rule was met",
    subtitle: `Rules asked of deals that entered a stage or went on from it in ${period.label}`,
    rows: rules,
    columns: [
      {key: "key", label: "Rule", unit: "text"},
      {key: "met", label: "Met", unit: "ratio", missing: "not known"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "nMet", label: "Met", unit: "count"},
      {key: "nNotMet", label: "Broken", unit: "count"},
      {key: "nUnknown", label: "Not known", unit: "count"}
    ],
    name: "stage-rules",
    how: definitionOf(context, "conformance"),
    empty: NO_RULES,
    note: "Not known: the field has no change log, so nobody can say what stood there then.",
    render: (width) =>
      BarRows({
        rows,
        keys: ["met", "broken", "not known"],
        colours: [colour("won"), colour("wrong"), tint("lost", 0.4)],
        width,
        unit: "count",
        order: "given",
        noun: "times"
      })
  });
}

/** Money in stages it has not earned, by stage or owner. */
export function UnearnedBy(
  context: PageContext,
  {byStage, byOwner, hasRules}: ConformanceFigures,
  by: "stage" | "owner"
): HTMLElement {
  const {currency} = context.site;
  const {n, list: rows} = by === "stage" ? byStage : byOwner;
  return Chart({
    title: `Not earned, by ${by}`,
    subtitle: `Open amount of deals that break an entry rule of their stage today, ${currency}${n > MOST_DRAWN ? `; the ${MOST_DRAWN} with most of ${count(n)}` : ""}`,
    rows,
    columns: [
      {key: "label", label: by === "stage" ? "Stage" : "Owner", unit: "text"},
      {key: "value", label: "Open", unit: "money", currency},
      {key: "n", label: "Deals", unit: "count"}
    ],
    name: `unearned-by-${by}`,
    how: definitionOf(context, "unearned"),
    empty: hasRules
      ? {reason: "Every open deal meets the rules of its stage.", action: "Clear a filter to see others."}
      : NO_RULES,
    render: (width) =>
      BarRows({rows: rows.slice(0, MOST_DRAWN), width, unit: "money", currency, meaning: "warning"})
  });
}

/** Open deals that break a rule of their stage, the most money first. */
export function UnearnedDeals(
  {site}: PageContext,
  {unearnedDeals, hasRules}: ConformanceFigures
): HTMLElement {
  const link = ({id}: {id: string}) => site.dealUrl?.replace("{id}", encodeURIComponent(id)) ?? null;
  return DataTable(
    unearnedDeals.list,
    [
      {key: "name", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
      {key: "value", label: "Open", unit: "money", currency: site.currency, total: true},
      {key: "stage", label: "Stage", unit: "text"},
      {key: "rules", label: "What is missing", unit: "text"},
      {key: "owner", label: "Owner", unit: "text"}
    ],
    {
      caption: "Deals in stages they have not earned",
      of: unearnedDeals.n,
      showCaption: true,
      pageSize: 12,
      empty: hasRules
        ? {reason: "Every open deal meets the rules of its stage.", action: "Clear a filter to see others."}
        : NO_RULES
    }
  );
}

/** Who moves deals on without the rules being met. */
export function RulesByOwner({owners, hasRules}: ConformanceFigures): HTMLElement {
  const rows = owners.list.map((row) => ({
    ...row,
    between: row.lo === null || row.hi === null ? null : `${percent(row.lo)} to ${percent(row.hi)}`
  }));
  return DataTable(
    rows,
    [
      {key: "key", label: "Owner then", unit: "text"},
      {key: "met", label: "Rules met", unit: "ratio", missing: "not known"},
      {key: "between", label: "95% interval", unit: "text", missing: ""},
      {key: "nNotMet", label: "Broken", unit: "count", total: true},
      {key: "nMet", label: "Met", unit: "count", total: true},
      {key: "nUnknown", label: "Not known", unit: "count", total: true}
    ],
    {
      caption: "Whose deals moved without meeting the rules",
      of: owners.n,
      showCaption: true,
      pageSize: 12,
      empty: hasRules
        ? {reason: "No deal moved in the quarter.", action: "Choose another quarter."}
        : NO_RULES
    }
  );
}

function together(rules: readonly RuleCount[]): {share: number | null; known: number} {
  const met = rules.reduce((sum, {nMet}) => sum + nMet, 0);
  const known = rules.reduce((sum, {nMet, nNotMet}) => sum + nMet + nNotMet, 0);
  return {share: known > 0 ? met / known : null, known};
}
