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
import {type FlowFigures, type FlowStep, flowSpan, quarterBefore} from "../figures/flow.js";
import type {DealList} from "../figures/pageFigures.js";
import {openStages, undatedStages} from "../figures/stages.js";
import {stated} from "../slices/evaluate.js";
import {dayNumber, isoDay} from "../slices/facts.js";
import type {MovementData} from "../slices/movementData.js";
import type {SiteData} from "../slices/site.js";
import {NOT_YET} from "../slices/stageFlow.js";
import type {ChosenAsOf} from "./asOf.js";
import {noStages, undatedWords} from "./conversion.js";
import {showDeals} from "./deals.js";
import {type FilterContext, PageFilters} from "./filters.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";
import {showStanding} from "./standingDeals.js";

/** The two days whose ends the flow lies between. */
type FlowDays = Pick<ReturnType<typeof flowSpan>, "from" | "to">;

/** Slices and the two days; by default the quarter to the as-of day. */
export function FlowFilters(context: FilterContext, data: Pick<MovementData, "since">): FilterBarElement {
  const {site} = context;
  const min = isoDay(dayNumber(data.since) - 1);
  return PageFilters(
    context,
    null,
    [
      {
        key: "from",
        label: "From the end of",
        initial: firstDay(site.asOf, data.since),
        min,
        max: site.asOf,
        phrase: "after"
      },
      {key: "to", label: "to", initial: site.asOf, min, max: site.asOf, phrase: "until"}
    ],
    [],
    true
  );
}

/** One sentence: how many deals walk straight. */
export function flowAnswer({ways, variants}: FlowFigures): Content | null {
  if (ways.n === 0) return null;
  const most = variants.list.find(({outcome}) => outcome === "won");
  return [
    "Of ",
    html`<strong>${count(ways.n)}</strong>`,
    " deals won or lost",
    ...(ways.skipped === null
      ? [", none could skip a stage: no more than one is dated. "]
      : [
          ", ",
          html`<strong>${percent(ways.skipped)}</strong>`,
          " skipped a stage and ",
          html`<strong>${percent(ways.wentBack)}</strong>`,
          " moved back. "
        ]),
    ...(most
      ? [
          `The most common path to a win (${count(most.n)} ${most.n === 1 ? "deal" : "deals"}): ${most.stages.join(", ")}`
        ]
      : []),
    "."
  ];
}

/** The two days that the filter bar asks for, and whether they are those it begins with. */
export function flowDays(
  {asOf}: SiteData,
  {since}: Pick<MovementData, "since">,
  {dates}: Pick<FilterState, "dates">
): FlowDays & {isUsual: boolean} {
  const {from, to} = flowSpan({asOf, dates});
  return {from, to, isUsual: from === firstDay(asOf, since) && to === asOf};
}

/** A quarter of a year before the day, or where the history begins. */
function firstDay(asOf: string, since: string): string {
  return [isoDay(dayNumber(since) - 1), quarterBefore(asOf)].sort().at(-1)!;
}

/** Ended, skipped, went back, rework. */
export function flowKpis(
  context: PageContext,
  {from, to}: FlowDays,
  {ways, wayDeals}: FlowFigures
): HTMLElement {
  const how = definitionOf(context, "ways");
  const reason =
    ways.n > 0
      ? "No more than one stage is dated: there is none to skip or to go back to."
      : "No deal of this selection was won or lost between the two days.";
  const opens = (
    title: string,
    deals: DealList,
    value: number | null,
    unit: "count" | "ratio",
    made: string
  ) =>
    deals.n > 0
      ? {
          onOpen: () =>
            showDeals(context, deals, {
              title,
              scope: `${count(deals.n)} of the ${count(ways.n)} deals won or lost after ${date(from)}, until ${date(to)}`,
              ...{value, unit, made}
            })
        }
      : {};
  const of = (deals: DealList, value: number | null) =>
    value === null
      ? {n: ways.n, nLabel: "won or lost"}
      : {n: deals.n, nLabel: `of ${count(ways.n)} won or lost`};
  const share = (label: string, value: number | null, deals: DealList) =>
    Kpi({
      ...{label, value, unit: "ratio", ...of(deals, value), how, reason},
      ...opens(label, deals, value, "ratio", `${count(deals.n)} / ${count(ways.n)} = ${percent(value)}`)
    });
  const visits = ways.rework === null ? null : Math.round(ways.rework * 100);
  const repeated = Math.round((ways.rework ?? 0) * ways.n);
  return kpiRow([
    share("Skipped a stage", ways.skipped, wayDeals.skipped),
    share("Moved back a stage", ways.wentBack, wayDeals.wentBack),
    Kpi({
      label: "Repeated stage visits per 100 deals",
      value: visits,
      unit: "count",
      ...of(wayDeals.again, visits),
      how,
      reason,
      ...opens(
        "Repeated stage visits per 100 deals",
        wayDeals.again,
        visits,
        "count",
        `${some(repeated, "repeated visit")}, over ${some(ways.n, "deal")} won or lost`
      )
    })
  ]);
}

function some(n: number, noun: string): string {
  return `${count(n)} ${n === 1 ? noun : `${noun}s`}`;
}

/** The map of each pipeline: stages top to bottom, with what moved on, skipped, went back and was lost. */
export function FlowMap(context: PageContext, chosen: FlowDays, {maps}: FlowFigures): HTMLElement {
  const several = openStages(context).ladders.length > 1;
  return html`<div class="weir-stack">${maps.map((map) => LadderMap(context, chosen, map, several))}</div>`;
}

function LadderMap(
  context: PageContext,
  {from, to}: FlowDays,
  {pipeline, stages, steps: found}: FlowFigures["maps"][number],
  several: boolean
): HTMLElement {
  const {currency} = context.site;
  const rows = found.map((step) => ({...step, value: stated(step.cents / 100, step.n)}));
  return Chart({
    title: `How deals move between stages${several ? `: ${pipeline}` : ""}`,
    subtitle: `${date(from)} to ${date(to)}. On each arrow: number of moves, amount in ${currency}, median days in the stage before`,
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
    empty: noStages(context, {
      reason: "No deal of this selection changed stage between the two days.",
      action: "Choose days further apart, or clear a filter."
    }),
    note: [
      "Left: stages skipped. Right: moves back. Amounts are today's. Select an arrow to list its deals.",
      ...undatedWords(undatedStages(context))
    ].join(" "),
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
export function VariantTable(context: PageContext, {variants, nEnded}: FlowFigures): HTMLElement {
  const {currency} = context.site;
  const several = openStages(context).ladders.length > 1;
  const {n: nWays, list: found} = variants;
  const rows = found.map((variant, index) => ({
    index,
    words: variant.words,
    ...(several ? {pipeline: variant.pipeline} : {}),
    way: [...variant.stages, variant.outcome].join(" > "),
    n: variant.n,
    share: variant.n / nEnded,
    value: stated(variant.cents / 100, variant.n),
    medianDays: variant.medianDays
  }));
  return DataTable(
    rows,
    [
      {key: "words", label: "Path", unit: "text"},
      ...(several ? ([{key: "pipeline", label: "Pipeline", unit: "text"}] as const) : []),
      {key: "n", label: "Deals", unit: "count", total: true},
      {key: "share", label: "Share", unit: "ratio"},
      {key: "value", label: "Amount", unit: "money", currency, total: true},
      {key: "medianDays", label: "Median days", unit: "days"},
      {key: "way", label: "Stages in full", unit: "text"}
    ],
    {
      caption: `Paths of deals won or lost: ${count(nWays)} different`,
      of: nWays,
      showCaption: true,
      pageSize: 10,
      onRow: ({index}) => {
        const {deals, n, stages, outcome} = found[index]!;
        showDeals(context, deals, {title: [...stages, outcome].join(", "), value: n, unit: "count"});
      },
      empty: {
        reason: "No deal of this selection was won or lost between the two days.",
        action: "Choose days further apart, or clear a filter."
      }
    }
  );
}

/** How straight deals walked, by what the page is cut by. */
export function WaysBySlice(
  context: PageContext,
  {cut}: ChosenAsOf,
  {bySlice: {n, list}}: FlowFigures
): HTMLElement {
  if (!cut) return html`<span></span>`;
  return DataTable(
    list.map(({deals, rework, ...row}, index) => ({
      ...{index, ...row},
      rework: rework === null ? null : Math.round(rework * 100)
    })),
    [
      {key: "label", label: cut.label, unit: "text"},
      {key: "n", label: "Won or lost", unit: "count", total: true},
      {key: "skipped", label: "Skipped a stage", unit: "ratio"},
      {key: "wentBack", label: "Moved back", unit: "ratio"},
      {key: "rework", label: "Repeated visits per 100", unit: "count"},
      {key: "won", label: "Win rate", unit: "ratio"}
    ],
    {
      caption: `Skipped and repeated stages, by ${cut.label.toLowerCase()}`,
      of: n,
      showCaption: true,
      pageSize: 10,
      onRow: ({index}) => {
        const {label, deals, n} = list[index]!;
        showDeals(context, deals, {title: `Won or lost: ${cut.label} ${label}`, value: n, unit: "count"});
      },
      empty: {
        reason: "No deal of this selection was won or lost between the two days.",
        action: "Choose days further apart, or clear a filter."
      }
    }
  );
}

/** Where deals were on the first day and where they are on the second. */
export function FlowSankey(context: PageContext, {from, to}: FlowDays, {passages}: FlowFigures): HTMLElement {
  const {currency, stages} = context.site;
  // Deals stand in stages of which no entry is dated, too.
  const names = [...new Set(stages.filter(({kind}) => kind === "open").map(({stage}) => stage))];
  const rows = passages.map((passage) => ({...passage, value: passage.cents / 100}));
  const ramp = new Map(stageRamp(names.length).map((paint, i) => [names[i]!, paint]));
  const paint = (node: string) =>
    node === "won"
      ? colour("won")
      : node === "lost" || node === "deleted"
        ? colour("lost")
        : (ramp.get(node) ?? colour("muted"));
  return Chart({
    title: "Where deals stood, and where they went",
    subtitle: `Amount by stage on ${date(from)} and on ${date(to)}, ${currency}; won and lost deals at the amount they left with`,
    rows: rows.some(({value}) => value > 0) ? rows : [],
    columns: [
      {key: "from", label: "Then", unit: "text"},
      {key: "to", label: "Now", unit: "text"},
      {key: "value", label: "Amount", unit: "money", currency, total: true},
      {key: "n", label: "Deals", unit: "count", total: true}
    ],
    name: "where-deals-went",
    how: definitionOf(context, "passages"),
    empty: {
      reason: "No deal of this selection was open on either day with an amount.",
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
        currency,
        onSelect: (link) => {
          const {deals} = rows.find((row) => row.from === link.from && row.to === link.to)!;
          showStanding(context, deals, {
            title: `${link.from} to ${link.to}`,
            scope: `where they stood on ${date(from)} and on ${date(to)}; amounts of the second day`,
            value: link.value,
            unit: "money"
          });
        }
      })
  });
}

function showStep(context: PageContext, {from, to, deals, n}: FlowStep): void {
  showDeals(context, deals, {
    title: `${from} to ${to}`,
    scope: "a deal that made the move twice is listed twice",
    value: n,
    unit: "count"
  });
}
