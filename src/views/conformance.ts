/** The Conformance page: stages against the rules of workspace.yaml, and money in stages it has not earned. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {DataTable} from "../components/dataTable.js";
import {openDealPanel} from "../components/dealPanel.js";
import {count, date, money, named, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour, tint} from "../components/palette.js";
import type {AskedRow, ConformanceFigures} from "../figures/conformance.js";
import type {Ranked} from "../figures/pageFigures.js";
import type {RuleCount} from "../slices/conformance.js";
import type {ChosenAsOf} from "./asOf.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";
import {showOpen} from "./standingDeals.js";

/** Slices drawn; the table behind the chart has all. */
const MOST_DRAWN = 20;

const NO_RULES = {
  reason: "No stage of workspace.yaml has entry or exit rules.",
  action:
    "Write under a stage what a deal must show: entry: [{field: amount, is: present, why: We know what it may be worth}]."
};

/** Why no deal is listed that has not earned its stage. */
function noneUnearned({hasRules, isToday, nUnknown}: ConformanceFigures) {
  if (!hasRules) return NO_RULES;
  const action = "Clear a filter to see others.";
  if (isToday) return {reason: "Every open deal meets the rules of its stage.", action};
  const unknown = nUnknown > 0 ? ` ${count(nUnknown)} cannot be judged.` : "";
  return {reason: `No deal is known to have broken a rule of its stage on that day.${unknown}`, action};
}

/** One sentence: money in stages it has not earned, and how often the rules were met. */
export function conformanceAnswer(
  {site}: PageContext,
  {period, asOf}: ChosenAsOf,
  {unearned: {cents, deals}, rules, hasRules, isToday, nUnknown}: ConformanceFigures
): Content | null {
  if (!hasRules) return null;
  const {share, known} = together(rules);
  const one = deals.n === 1;
  const judged = nUnknown > 0 ? " that can be judged" : "";
  const unmet = isToday
    ? `${one ? "does" : "do"} not meet the entry rules of the current stage`
    : `did not meet the entry rules of the stage on ${date(asOf)}`;
  return [
    ...(deals.n === 0
      ? [
          `Every ${isToday ? "open deal" : `deal open on ${date(asOf)}`}${judged} ${isToday ? "meets" : "met"} the entry rules of its stage`
        ]
      : [
          `${count(deals.n)} ${isToday ? "open " : ""}${one ? "deal" : "deals"} worth `,
          html`<strong>${money(cents / 100, site.currency)}</strong>`,
          ` ${unmet}`
        ]),
    ...(nUnknown > 0
      ? [
          ` (${count(nUnknown)}${deals.n > 0 ? " more" : ""} cannot be judged, because the fields have no history)`
        ]
      : []),
    ...(share === null
      ? []
      : [
          `. When deals moved in ${period.label}, `,
          html`<strong>${percent(share)}</strong>`,
          ` of ${count(known)} rule checks that can be judged were met`
        ]),
    "."
  ];
}

/** Money unearned, deals, rules met, rules nobody can tell. */
export function conformanceKpis(
  context: PageContext,
  {period, asOf}: ChosenAsOf,
  figures: ConformanceFigures
): HTMLElement {
  const {unearned, rules, nAsked, hasRules, broken: brokenRows, unknown} = figures;
  const {cents, deals} = unearned;
  const {currency} = context.site;
  const how = definitionOf(context, "conformance");
  const {share, known} = together(rules);
  const broken = rules.reduce((sum, {nNotMet}) => sum + nNotMet, 0);
  const reason = hasRules ? "No rule check of the quarter can be judged." : NO_RULES.reason;
  return kpiRow([
    Kpi({
      label: "In stages not earned",
      value: hasRules ? cents / 100 : null,
      unit: "money",
      currency,
      n: deals.n,
      how: definitionOf(context, "unearned"),
      reason: NO_RULES.reason,
      ...(deals.n > 0
        ? {
            onOpen: () =>
              showOpen(context, unearned, {
                title: "In stages not earned",
                scope: `open at the end of ${date(asOf)}`,
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
      nLabel: "checks judged",
      how,
      reason,
      ...(broken > 0
        ? {
            onOpen: () =>
              showAsked(context, brokenRows, {
                title: "Rules not met when deals moved",
                scope: `${count(broken)} of ${count(known)} checks in ${period.label} were not met`,
                value: broken
              })
          }
        : {})
    }),
    Kpi({
      label: "Rules broken when deals moved",
      value: known > 0 ? broken : null,
      unit: "count",
      how,
      reason,
      ...(broken > 0
        ? {
            onOpen: () =>
              showAsked(context, brokenRows, {
                title: "Rules broken when deals moved",
                scope: `checked in ${period.label}`,
                value: broken
              })
          }
        : {})
    }),
    Kpi({
      label: "Cannot be judged",
      value: nAsked > 0 ? (nAsked - known) / nAsked : null,
      unit: "ratio",
      n: nAsked,
      nLabel: "checks in all",
      note: nAsked > known ? "the field has no change log" : "",
      how,
      reason,
      ...(unknown.n > 0
        ? {
            onOpen: () =>
              showAsked(context, unknown, {
                title: "Rule checks that cannot be judged",
                scope: `Of ${count(nAsked)} checks in ${period.label}; their fields have no change log`,
                value: unknown.n
              })
          }
        : {})
    })
  ]);
}

/** Opens the panel with the moves behind a count of rules. */
function showAsked(
  {site}: PageContext,
  {n, list}: Ranked<AskedRow>,
  {title, scope, value}: {title: string; scope: string; value: number}
): void {
  const link = ({id}: AskedRow) => site.dealUrl?.replace("{id}", encodeURIComponent(id)) ?? null;
  openDealPanel({
    title,
    figure: {value, unit: "count"},
    noun: ["check", "checks"],
    scope,
    rows: list,
    columns: [
      {key: "name", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
      {key: "key", label: "Rule", unit: "text"},
      {key: "on", label: "Checked on", unit: "date"},
      {key: "owner", label: "Owner then", unit: "text"}
    ],
    ...(n > list.length ? {notListed: n - list.length} : {})
  });
}

/** Every rule: met, broken, or not known as the field has no history. */
export function RuleBars(
  context: PageContext,
  {period}: ChosenAsOf,
  {rules, broken, unknown}: ConformanceFigures
): HTMLElement {
  const rows = rules.flatMap(({key, nMet, nNotMet, nUnknown}) => [
    {label: key, key: "met", value: nMet},
    {label: key, key: "broken", value: nNotMet},
    {label: key, key: "not known", value: nUnknown}
  ]);
  return Chart({
    title: "How often each rule was met",
    subtitle: `Checks of deals that entered or left a stage in ${period.label}`,
    rows: rules,
    columns: [
      {key: "key", label: "Rule", unit: "text"},
      {key: "met", label: "Share met", unit: "ratio", missing: "not known"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "nMet", label: "Met", unit: "count"},
      {key: "nNotMet", label: "Broken", unit: "count"},
      {key: "nUnknown", label: "Not known", unit: "count"}
    ],
    name: "stage-rules",
    how: definitionOf(context, "conformance"),
    empty: NO_RULES,
    note: "Not known: the field has no change log, so its value at that time cannot be told.",
    render: (width) =>
      BarRows({
        rows,
        keys: ["met", "broken", "not known"],
        colours: [colour("won"), colour("wrong"), tint("lost", 0.4)],
        width,
        unit: "count",
        order: "given",
        noun: "checks",
        onSelect: (key) => {
          const {nNotMet, nUnknown} = rules.find((rule) => rule.key === key)!;
          const [found, n, word] =
            nNotMet > 0 ? [broken, nNotMet, "not met"] : [unknown, nUnknown, "not known"];
          showAsked(
            context,
            {n, list: found.list.filter((row) => row.key === key)},
            {title: `${key}: ${word}`, scope: `checked in ${period.label}`, value: n}
          );
        }
      })
  });
}

/** Money in stages it has not earned, by stage or by what the page is cut by; a bar opens its deals. */
export function UnearnedBy(
  context: PageContext,
  {cut, asOf}: ChosenAsOf,
  figures: ConformanceFigures,
  by: "stage" | "slice"
): HTMLElement {
  const {byStage, bySlice, isToday} = figures;
  const {currency} = context.site;
  if (by === "slice" && !cut) return html`<span></span>`;
  const word = by === "stage" ? "stage" : cut!.label.toLowerCase();
  const {n, list: rows} = by === "stage" ? byStage : bySlice;
  return Chart({
    title: `Not earned, by ${word}`,
    subtitle: `Open amount of deals that ${isToday ? "break an entry rule of their stage today" : `broke an entry rule of their stage at the end of ${date(asOf)}`}, ${currency}${n > MOST_DRAWN ? `; the ${MOST_DRAWN} with most of ${count(n)}` : ""}`,
    rows,
    columns: [
      {key: "label", label: by === "stage" ? "Stage" : cut!.label, unit: "text"},
      {key: "value", label: "Open", unit: "money", currency},
      {key: "n", label: "Deals", unit: "count"}
    ],
    name: `unearned-by-${by === "stage" ? by : cut!.key}`,
    how: definitionOf(context, "unearned"),
    empty: noneUnearned(figures),
    render: (width) =>
      BarRows({
        rows: rows.slice(0, MOST_DRAWN).map((row) => ({...row, text: named(row.label, word)})),
        ...{width, unit: "money", currency, meaning: "warning"},
        onSelect: (label) => {
          const found = rows.find((row) => row.label === label)!;
          showOpen(context, found, {
            title: `Not earned: ${named(label, word)}`,
            value: found.value,
            unit: "money"
          });
        }
      })
  });
}

/** Open deals that break a rule of their stage, the most money first. */
export function UnearnedDeals({site}: PageContext, figures: ConformanceFigures): HTMLElement {
  const {unearnedDeals} = figures;
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
      caption: "Deals that do not meet the entry rules of their stage",
      of: unearnedDeals.n,
      showCaption: true,
      pageSize: 12,
      empty: noneUnearned(figures)
    }
  );
}

/** Whose deals move on without the rules being met, by what the page is cut by. */
export function RulesBySlice({cut}: ChosenAsOf, {slices, hasRules}: ConformanceFigures): HTMLElement {
  if (!cut) return html`<span></span>`;
  const rows = slices.list.map((row) => ({
    ...row,
    between: row.lo === null || row.hi === null ? null : `${percent(row.lo)} to ${percent(row.hi)}`
  }));
  return DataTable(
    rows,
    [
      {key: "key", label: cut.key === "owner" ? "Owner then" : cut.label, unit: "text"},
      {key: "met", label: "Rules met", unit: "ratio", missing: "not known"},
      {key: "between", label: "95% interval", unit: "text", missing: ""},
      {key: "nNotMet", label: "Broken", unit: "count", total: true},
      {key: "nMet", label: "Met", unit: "count", total: true},
      {key: "nUnknown", label: "Not known", unit: "count", total: true}
    ],
    {
      caption: `Rules met when deals moved, by ${cut.label.toLowerCase()}`,
      of: slices.n,
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
