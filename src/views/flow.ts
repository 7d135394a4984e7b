/** The Flow page: the stages as they are really walked, the ways deals take, and who stood where on two days. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {Sankey} from "../components/charts/sankey.js";
import {StageMap} from "../components/charts/stageMap.js";
import {DataTable} from "../components/dataTable.js";
import type {FilterBarElement, FilterState} from "../components/filterBar.js";
import {count, date, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour, stageRamp} from "../components/palette.js";
import {dayNumber, isoDay} from "../slices/facts.js";
import type {MovementData} from "../slices/movementData.js";
import {
  NOT_YET,
  passages,
  type Step,
  steps,
  variants,
  type WayFigures,
  wayFigures,
  wayInWords
} from "../slices/stageFlow.js";
import type {Ladder, Path} from "../slices/stagePaths.js";
import {type DaySpan, dealLives} from "../slices/stretches.js";
import {NO_HISTORY, openStages, pathsOf} from "./conversion.js";
import {showDeals} from "./deals.js";
import {PageFilters} from "./filters.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

/** The flow between the ends of two days, in the slice chosen. */
export interface ChosenFlow {
  from: string;
  to: string;
  filters: Record<string, string[]>;
  span: DaySpan;
  paths: Path[];
  figures: WayFigures;
}

/** Slices and the two days; by default the quarter to the as-of day. */
export function FlowFilters(context: PageContext, data: Pick<MovementData, "since">): FilterBarElement {
  const {site} = context;
  const min = isoDay(dayNumber(data.since) - 1);
  const quarterAgo = isoDay(dayNumber(site.asOf) - 91);
  return PageFilters(context, null, [
    {
      key: "from",
      label: "From the end of",
      initial: quarterAgo < min ? min : quarterAgo,
      min,
      max: site.asOf,
      phrase: "after"
    },
    {key: "to", label: "to", initial: site.asOf, min, max: site.asOf, phrase: "until"}
  ]);
}

/** Works out what the filter bar asks for; days the wrong way round are turned. */
export function chooseFlow(context: PageContext, {filters, dates}: FilterState): ChosenFlow {
  const [from, to] = [dates!["from"]!, dates!["to"]!].sort() as [string, string];
  const span = {from: dayNumber(from) + 1, to: dayNumber(to)};
  const paths = pathsOf(context, {filters, day: span.to});
  return {from, to, filters, span, paths, figures: wayFigures(paths, span)};
}

/** One sentence: how many deals walk straight. */
export function flowAnswer({paths, span, figures}: ChosenFlow): Content | null {
  if (figures.n === 0) return null;
  const [most] = variants(paths, () => 0, span).filter(({outcome}) => outcome === "won");
  return [
    "Of ",
    html`<strong>${count(figures.n)}</strong>`,
    " deals that ended, ",
    html`<strong>${percent(figures.skipped)}</strong>`,
    " skipped a stage and ",
    html`<strong>${percent(figures.wentBack)}</strong>`,
    " went back",
    ...(most ? [`. The way most deals were won, ${count(most.n)} of them: ${most.stages.join(", ")}`] : []),
    "."
  ];
}

/** Ended, skipped, went back, rework. */
export function flowKpis(context: PageContext, {figures}: ChosenFlow): HTMLElement {
  const how = definitionOf(context, "ways");
  const reason = "No deal of this selection ended between the two days.";
  const share = (label: string, value: number | null) =>
    Kpi({label, value, unit: "ratio", n: figures.n, nLabel: "ended", how, reason});
  return kpiRow([
    share("Skipped a stage", figures.skipped),
    share("Went back", figures.wentBack),
    Kpi({
      label: "Repeat visits per 100 deals",
      value: figures.rework === null ? null : Math.round(figures.rework * 100),
      unit: "count",
      n: figures.n,
      nLabel: "ended",
      how,
      reason
    })
  ]);
}

/** The map of each pipeline: stages top to bottom, with what moved on, skipped, went back and was lost. */
export function FlowMap(context: PageContext, chosen: ChosenFlow): HTMLElement {
  const {ladders} = openStages(context);
  const walked = ladders.filter(({pipeline}) =>
    chosen.paths.some(({ladder}) => ladder.pipeline === pipeline)
  );
  const shown = walked.length > 0 ? walked : ladders.slice(0, 1);
  return html`<div class="weir-stack">${shown.map((ladder) => LadderMap(context, chosen, ladder, ladders.length > 1))}</div>`;
}

function LadderMap(
  context: PageContext,
  {paths, span, from, to}: ChosenFlow,
  {pipeline, stages}: Ladder,
  several: boolean
): HTMLElement {
  const {currency} = context.site;
  const mine = paths.filter(({ladder}) => ladder.pipeline === pipeline);
  const found = steps(mine, centsOf(context), span);
  const rows = found.map((step) => ({...step, value: step.cents / 100}));
  return Chart({
    title: `How the stages are really walked${several ? `: ${pipeline}` : ""}`,
    subtitle: `Steps between stages, ${date(from)} to ${date(to)}: how often, ${currency}, and median days before the step`,
    rows,
    columns: [
      {key: "from", label: "From", unit: "text"},
      {key: "to", label: "To", unit: "text"},
      {key: "n", label: "Times", unit: "count"},
      {key: "value", label: "Amount", unit: "money", currency},
      {key: "medianDays", label: "Median days before", unit: "days"}
    ],
    name: several ? `stage-map-${pipeline.toLowerCase().replace(/\W+/g, "-")}` : "stage-map",
    how: definitionOf(context, "stage_map"),
    empty: NO_HISTORY,
    note: "On the left, stages that were skipped; on the right, steps back. Amounts are of today.",
    render: (width) =>
      StageMap({
        stages,
        steps: rows,
        width,
        unit: "money",
        currency,
        onSelect: (step) =>
          showStep(context, found.find((each) => each.from === step.from && each.to === step.to)!)
      })
  });
}

/** Ways of the deals that ended, the most walked first. */
export function VariantTable(context: PageContext, {paths, span}: ChosenFlow): HTMLElement {
  const {currency} = context.site;
  const several = openStages(context).ladders.length > 1;
  const found = variants(paths, centsOf(context), span);
  const all = found.reduce((sum, {n}) => sum + n, 0);
  const rows = found.map((variant, index) => ({
    index,
    words: wayInWords(variant),
    ...(several ? {pipeline: variant.ladder.pipeline} : {}),
    way: [...variant.stages, variant.outcome].join(" > "),
    n: variant.n,
    share: variant.n / all,
    value: variant.cents / 100,
    medianDays: variant.medianDays
  }));
  return DataTable(
    rows,
    [
      {key: "words", label: "Way", unit: "text"},
      ...(several ? ([{key: "pipeline", label: "Pipeline", unit: "text"}] as const) : []),
      {key: "n", label: "Deals", unit: "count", total: true},
      {key: "share", label: "Share", unit: "ratio"},
      {key: "value", label: "Amount", unit: "money", currency, total: true},
      {key: "medianDays", label: "Median days", unit: "days"},
      {key: "way", label: "Stages in full", unit: "text"}
    ],
    {
      caption: `The ways deals took: ${count(found.length)} different ones`,
      showCaption: true,
      pageSize: 10,
      onRow: ({index}) => {
        const {deals, n, stages, outcome} = found[index]!;
        showDeals(context, [...deals], {title: [...stages, outcome].join(", "), value: n, unit: "count"});
      },
      empty: {
        reason: "No deal of this selection ended between the two days.",
        action: "Choose days further apart, or clear a filter."
      }
    }
  );
}

/** Where deals were on the first day and where they are on the second. */
export function FlowSankey(
  context: PageContext,
  data: MovementData,
  {filters, from, to}: ChosenFlow
): HTMLElement {
  const {currency} = context.site;
  const {names} = openStages(context);
  const lives = dealLives(data.stretches, data.deals, filters);
  const rows = passages(lives, dayNumber(from), dayNumber(to)).map((passage) => ({
    ...passage,
    value: passage.cents / 100
  }));
  const ramp = new Map(stageRamp(names.length).map((paint, i) => [names[i]!, paint]));
  const paint = (node: string) =>
    node === "won"
      ? colour("won")
      : node === "lost" || node === "deleted"
        ? colour("lost")
        : (ramp.get(node) ?? colour("muted"));
  return Chart({
    title: "Where deals were, and where they are",
    subtitle: `Amounts by stage on ${date(from)} and on ${date(to)}, ${currency}; of a deal that ended, what it left with`,
    rows,
    columns: [
      {key: "from", label: "Was", unit: "text"},
      {key: "to", label: "Is", unit: "text"},
      {key: "value", label: "Amount", unit: "money", currency, total: true},
      {key: "n", label: "Deals", unit: "count", total: true}
    ],
    name: "where-deals-went",
    how: definitionOf(context, "passages"),
    empty: {
      reason: "No deal of this selection was open on either day.",
      action: "Choose other days, or clear a filter."
    },
    render: (width) =>
      Sankey({
        links: rows,
        left: [...names, "no stage", "closed", NOT_YET],
        right: ["won", ...[...names].reverse(), "no stage", "lost", "deleted"],
        paint,
        leftTitle: date(from),
        rightTitle: date(to),
        width,
        unit: "money",
        currency
      })
  });
}

function showStep(context: PageContext, {from, to, deals, n}: Step): void {
  showDeals(context, deals, {
    title: `${from} to ${to}`,
    scope: "a deal that took the step twice is listed twice",
    value: n,
    unit: "count"
  });
}

/** Amount of a deal as of today, whatever its outcome. */
function centsOf({facts}: PageContext): (deal: number) => number {
  const columns = ["open_amount", "won_amount", "lost_amount"].map((name) => facts["deals"]!.columns[name]);
  return (deal) =>
    columns.reduce((sum, column) => sum + (column?.kind === "cents" ? (column.values[deal] ?? 0) : 0), 0);
}
