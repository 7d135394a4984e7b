/** The Pipeline page: what is open on the as-of day, where it stands, how old it is, whose it is. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {type BarRow, BarRows} from "../components/charts/barRows.js";
import {HeatGrid} from "../components/charts/heatGrid.js";
import {DataTable} from "../components/dataTable.js";
import {count, money, named, percent} from "../components/format.js";
import {kpiRow} from "../components/kpi.js";
import {meaningNamed} from "../components/palette.js";
import type {PicksElement} from "../components/picks.js";
import type {State} from "../figures/chosen.js";
import {type OpenBefore, openBefore} from "../figures/earlier.js";
import {breakdown, OTHERS} from "../slices/breakdown.js";
import {evaluate, stated} from "../slices/evaluate.js";
import {cell, countOf} from "../slices/facts.js";
import {type Filters, groupRows, selectRows} from "../slices/select.js";
import {type DealRow, dealColumns, dealRows, largestDeals, showDeals} from "./deals.js";
import {comparedWith, type Earlier, earlier} from "./earlier.js";
import {howOf, MetricKpi} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";
import type {Source} from "./source.js";
import {hasFirmFigure} from "./wholeFirm.js";

const OLD_BANDS = ["180-364 d", "365 d or more"];
const MOST_BARS = 15;
/** Written in place of the amount of deals none of which states one. */
const NO_AMOUNT = "no amounts";

/** One sentence: how much, in how many deals, and how much of it is old. */
export function pipelineAnswer({site, facts}: PageContext, {filters}: Chosen): Content | null {
  const deals = facts["deals"]!;
  const rows = openRows({site, facts}, filters);
  if (rows.length === 0) return null;
  const n = countOf(deals, rows);
  const open = evaluate("open_amount", site.catalogue, facts, {filters}).value;
  if (open === null)
    return `What ${count(n)} open ${n === 1 ? "deal is" : "deals are"} worth is not known: none states an amount.`;
  const old = rows.filter((row) => OLD_BANDS.includes(String(cell(deals, "age_band", row))));
  const share = open > 0 ? (openAmount({site, facts}, old) ?? 0) / open : 0;
  return [
    html`<strong>${money(open, site.currency)}</strong>`,
    ` is open in ${count(n)} ${n === 1 ? "deal" : "deals"}; `,
    html`<strong>${percent(share)}</strong>`,
    ` of it was created 180 days ago or more.`
  ];
}

/** What was open on the day that the pick asks for. */
export function openEarlier(
  source: Source,
  state: State,
  picked: PicksElement["value"]
): Promise<Earlier<OpenBefore> | null> {
  return earlier(source, state, picked, {
    since: source.site.flagsSince,
    of: ({context: {site, facts}, files}, chosen) => openBefore({site, facts, files, chosen})
  });
}

/** Open amount, open deals, weighted, median age. */
export function pipelineKpis(
  context: PageContext,
  chosen: Chosen,
  before: Earlier<OpenBefore> | null
): HTMLElement {
  const of = (key: string, note: string, then?: (open: OpenBefore) => number | null) =>
    MetricKpi(context, key, chosen, {
      ...{isTimeless: true, note},
      ...(then ? {compared: (value, unit) => comparedWith(before, value, then, unit)} : {})
    });
  return kpiRow([
    of("open_amount", "amounts as the CRM states them", ({cents}) => cents / 100),
    of("n_open", "on the as-of day", ({n}) => n),
    // Other firms are not told the stages' probabilities.
    ...(hasFirmFigure(context, "weighted_amount", chosen)
      ? [
          of("weighted_amount", "at the CRM's stage probabilities", ({weighted}) =>
            weighted === null ? null : weighted / 100
          )
        ]
      : []),
    of("age_days", "median, since creation")
  ]);
}

/** Open amount by stage and age: the darker a cell, the more money is in it. */
export function StageByAge(context: PageContext, chosen: Chosen): HTMLElement {
  const {filters} = chosen;
  const {site, facts} = context;
  const deals = facts["deals"]!;
  const byStage = groupRows(deals, openRows(context, filters), "stage");
  const stages = stagesOf(context, byStage);
  const cells = stages.flatMap((stage) => {
    const byAge = groupRows(deals, byStage.get(stage)!, "age_band");
    return site.ageBands.map((band) => ({
      row: stage,
      column: band,
      value: openAmount(context, byAge.get(band) ?? []),
      n: countOf(deals, byAge.get(band) ?? [])
    }));
  });
  const columns = site.ageBands.filter((band) => cells.some(({column, n}) => column === band && n > 0));
  const shown = cells.filter(({column}) => columns.includes(column));
  return Chart({
    title: "Open pipeline by stage and age",
    subtitle: `Open amount, ${site.currency}, by days since creation`,
    rows: shown,
    columns: [
      {key: "row", label: "Stage", unit: "text"},
      {key: "column", label: "Age", unit: "text"},
      {key: "value", label: "Open", unit: "money", currency: site.currency, total: true},
      {key: "n", label: "Deals", unit: "count", total: true}
    ],
    name: "open-pipeline-by-stage-and-age",
    how: howOf(context, "open_amount", chosen, "The sum of what is drawn."),
    empty: {reason: "No deal is open in this selection.", action: "Clear a filter."},
    render: (width) =>
      HeatGrid({
        cells: shown,
        rows: stages,
        columns,
        width,
        unit: "money",
        currency: site.currency,
        onSelect: ({row, column}) => showCell(context, filters, row, column)
      })
  });
}

/** Open amount by stage, direct and partner apart when the exports tell them apart. */
export function OpenByStage(context: PageContext, chosen: Chosen): HTMLElement {
  const {filters} = chosen;
  const {site, facts} = context;
  const deals = facts["deals"]!;
  const byStage = groupRows(deals, openRows(context, filters), "stage");
  const hasChannels = site.dimensions.some(({key}) => key === "channel");
  const rows: (BarRow & {n: number})[] = stagesOf(context, byStage).flatMap((stage) => {
    const stays = byStage.get(stage)!;
    if (!hasChannels) return [{label: stage, value: openAmount(context, stays), n: countOf(deals, stays)}];
    const byChannel = groupRows(deals, stays, "channel");
    return ["Direct", "Partner"].flatMap((channel) => {
      const part = byChannel.get(channel);
      return part
        ? [{label: stage, key: channel, value: openAmount(context, part), n: countOf(deals, part)}]
        : [];
    });
  });
  return Chart({
    title: hasChannels ? "Open pipeline by stage, direct and partner" : "Open pipeline by stage",
    subtitle: `Open amount on the as-of day, ${site.currency}`,
    rows,
    columns: [
      {key: "label", label: "Stage", unit: "text"},
      ...(hasChannels ? [{key: "key" as const, label: "Channel", unit: "text" as const}] : []),
      {key: "value", label: "Open", unit: "money", currency: site.currency, total: true},
      {key: "n", label: "Deals", unit: "count", total: true}
    ],
    name: "open-pipeline-by-stage",
    how: howOf(context, "open_amount", chosen, "The sum of what is drawn."),
    empty: {reason: "No deal is open in this selection.", action: "Clear a filter."},
    render: (width) =>
      BarRows({
        rows,
        ...(hasChannels ? {keys: ["Direct", "Partner"]} : {}),
        width,
        unit: "money",
        currency: site.currency,
        order: "given",
        missing: NO_AMOUNT,
        onSelect: (stage) => showCell(context, filters, stage)
      })
  });
}

/** Open amount by one dimension, largest first. */
export function OpenBy(context: PageContext, chosen: Chosen, dimension: string): HTMLElement {
  const {filters} = chosen;
  const {site, facts} = context;
  const label = site.dimensions.find(({key}) => key === dimension)?.label ?? dimension;
  const parts = breakdown("open_amount", dimension, site.catalogue, facts, {filters}).map(
    ({key, value, n}) => ({
      label: key,
      text: named(key, label),
      value,
      n,
      ...(dimension === "channel" ? channelColour(key) : {})
    })
  );
  const hasOthers = parts.some((part) => part.label === OTHERS);
  return Chart({
    title: `Open pipeline by ${label.toLowerCase()}`,
    subtitle: `Open amount, ${site.currency}${parts.length > MOST_BARS ? `; the largest ${MOST_BARS}${hasOthers ? "" : ` of ${parts.length}`}` : ""}`,
    rows: parts,
    columns: [
      {key: "label", label, unit: "text"},
      {key: "value", label: "Open", unit: "money", currency: site.currency, total: true},
      {key: "n", label: "Deals", unit: "count", total: true}
    ],
    name: `open-pipeline-by-${dimension}`,
    how: howOf(
      context,
      "open_amount",
      chosen,
      parts.length > MOST_BARS
        ? `The sum of all of them; drawn are the largest ${MOST_BARS}.`
        : "The sum of what is drawn."
    ),
    empty: {reason: "No deal is open in this selection.", action: "Clear a filter."},
    render: (width) =>
      BarRows({
        rows: parts.slice(0, MOST_BARS),
        width,
        unit: "money",
        currency: site.currency,
        missing: NO_AMOUNT,
        onSelect: (value) => showPart(context, filters, dimension, parts.find(({label}) => label === value)!)
      })
  });
}

/** Direct and partner have their colours everywhere. */
function channelColour(channel: string): Pick<BarRow, "meaning"> {
  const meaning = meaningNamed(channel);
  return meaning ? {meaning} : {};
}

/** What the page offers in place of a cut the exports cannot give. */
export const CUTS: readonly {dimension: string; missing: string; action: string}[] = [
  {
    dimension: "owner",
    missing: "Deals carry no owner.",
    action: "Export the deals with their owner, or say in workspace.yaml which column it is."
  },
  {
    dimension: "product",
    missing: "Deals carry no product lines.",
    action: "Export the deals' line items and the products, and run weir init again."
  },
  {
    dimension: "region",
    missing: "Neither accounts nor owners carry a region.",
    action:
      "Export the accounts, or the users, with their region; a column of another name is mapped to region in workspace.yaml."
  },
  {
    dimension: "channel",
    missing: "The exports say nothing of partners, so direct and partner cannot be told apart.",
    action: "Export which partner is on which deal (Salesforce: OpportunityPartner), and run weir init again."
  }
];

/** One chart for each of the four cuts, or why there is none. */
export function OpenCuts(context: PageContext, chosen: Chosen): HTMLElement[] {
  const known = (dimension: string) => context.site.dimensions.some(({key}) => key === dimension);
  // Who reads a part of the firm is not told what its exports lack.
  const shown = context.site.audience ? CUTS.filter(({dimension}) => known(dimension)) : CUTS;
  return shown.map(({dimension, missing, action}) => {
    if (known(dimension)) return OpenBy(context, chosen, dimension);
    const title = dimension === "channel" ? "Direct or partner" : `By ${dimension}`;
    return Chart({
      title,
      subtitle: "Open amount",
      rows: [],
      columns: [],
      name: dimension,
      empty: {reason: missing, action},
      render: () => html`<span></span>`
    });
  });
}

/** All open deals of the selection, largest first; of a large firm the largest. */
export function OpenDeals(context: PageContext, {filters}: Chosen): HTMLElement {
  const rows = openRows(context, filters);
  if (!context.cells) return OpenTable(context, dealRows(context, rows), "Open deals");
  const all = countOf(context.facts["deals"]!, rows);
  const place = html`<div></div>`;
  void largestDeals(context, rows).then((deals) => {
    const isAll = deals.length === all;
    const caption = isAll ? "Open deals" : `The largest ${count(deals.length)} of ${count(all)} open deals`;
    place.replaceChildren(OpenTable(context, deals, caption));
  });
  return place;
}

function OpenTable(context: PageContext, deals: readonly DealRow[], caption: string): HTMLElement {
  return DataTable(deals, dealColumns(context, deals, "open"), {
    caption,
    showCaption: true,
    sort: {key: "amount", descending: true},
    pageSize: 12,
    empty: {reason: "No deal is open in this selection.", action: "Clear a filter."}
  });
}

function openRows({facts}: PageContext, filters: Filters): number[] {
  const deals = facts["deals"]!;
  const isOpen = deals.columns["n_open"];
  if (isOpen?.kind !== "number") return [];
  return selectRows(deals, filters).filter((row) => isOpen.values[row]! > 0);
}

/** Open stages that hold a deal, in the order deals walk them. */
function stagesOf({site}: PageContext, byStage: ReadonlyMap<string, number[]>): string[] {
  return [...new Set(site.stages.map(({stage}) => stage))].filter((stage) => byStage.has(stage));
}

/** Summed as whole cents; null where no deal of them states an amount. */
function openAmount({facts}: PageContext, rows: readonly number[]): number | null {
  const amounts = facts["deals"]!.columns["open_amount"];
  if (amounts?.kind !== "cents") return stated(0, rows.length);
  return stated(rows.reduce((sum, row) => sum + (amounts.values[row] ?? 0), 0) / 100, rows.length);
}

function showCell(context: PageContext, filters: Filters, stage: string, band?: string): void {
  const deals = context.facts["deals"]!;
  const rows = openRows(context, filters).filter(
    (row) =>
      cell(deals, "stage", row) === stage && (band === undefined || cell(deals, "age_band", row) === band)
  );
  show(context, rows, `Open in ${stage}${band ? `, ${band} old` : ""}`);
}

function showPart(
  context: PageContext,
  filters: Filters,
  dimension: string,
  part: {label: string; value: number | null; n: number}
): void {
  const title = `Open: ${part.label}`;
  if (!context.cells) return show(context, openRows(context, {...filters, [dimension]: [part.label]}), title);
  if (part.label === OTHERS) return;
  showDeals(context, openRows(context, filters), {
    title,
    scope: "open on the as-of day",
    value: part.value,
    unit: "money",
    n: part.n,
    within: {[dimension]: [part.label]}
  });
}

function show(context: PageContext, rows: number[], title: string): void {
  showDeals(context, rows, {
    title,
    scope: "open on the as-of day",
    value: openAmount(context, rows),
    unit: "money"
  });
}
