/** The Conversion page's stages: where deals move on, in each way of counting, how fast, and quarter by quarter. */
import {html} from "htl";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {NARROW} from "../components/charts/frame.js";
import {HeatGrid} from "../components/charts/heatGrid.js";
import {Survival} from "../components/charts/survival.js";
import {DataTable} from "../components/dataTable.js";
import {days, sentence} from "../components/format.js";
import {colour, stageRamp} from "../components/palette.js";
import {type ConversionFigures, EARLY, FEW, type StageFigures} from "../figures/conversion.js";
import {openStages, undatedStages} from "../figures/stages.js";
import {lateWords} from "../slices/evaluate.js";
import type {StageRow} from "../slices/stagePaths.js";
import type {ChosenAsOf} from "./asOf.js";
import {noHistory, noStages, undatedWords} from "./conversion.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

const QUARTERS_SHOWN = 8;
const NARROW_QUARTERS = 4;

/** What became of the deals that entered each stage in the two years to the day. */
export function StageOutcomes(context: PageContext, {stages, late}: ConversionFigures): HTMLElement {
  const rows = stages.flatMap(({label, nMovedOn, nLost, nUndecided}) => [
    {label, key: "moved on", value: nMovedOn},
    {label, key: "lost", value: nLost},
    {label, key: "undecided", value: nUndecided}
  ]);
  return Chart({
    title: "What became of the deals that entered each stage",
    subtitle: "Deals that first entered the stage in the last two years; later visits are not counted again",
    rows: stages.map(flat),
    columns: [
      {key: "label", label: "Stage", unit: "text"},
      {key: "nEntered", label: "Entered", unit: "count"},
      {key: "nMovedOn", label: "Moved on", unit: "count"},
      {key: "nLost", label: "Lost", unit: "count"},
      {key: "nUndecided", label: "Undecided", unit: "count"}
    ],
    name: "stage-outcomes",
    how: definitionOf(context, "stage_conversion"),
    note:
      [
        ...(late ? [`${sentence(lateWords(late))} Stages before are left out.`] : []),
        ...undatedWords(undatedStages(context))
      ].join(" ") || null,
    empty: noHistory(context.site),
    render: (width) =>
      BarRows({
        rows,
        keys: ["moved on", "lost", "undecided"],
        colours: [colour("won"), colour("lost"), colour("open")],
        width,
        unit: "count",
        order: "given",
        noun: "deals"
      })
  });
}

/** The share that moves on from each stage, counted in four ways side by side, and how far apart they are. */
export function StageWays(
  context: PageContext,
  chosen: ChosenAsOf,
  {stages, decided}: ConversionFigures
): HTMLElement {
  const ways = ["entered", `in ${chosen.period.label}`, "in order", "any stage"];
  const cells = stages.flatMap((row) => {
    const {nMovedOn = 0, nLost = 0} =
      decided.find(({pipeline, stage}) => pipeline === row.pipeline && stage === row.stage) ?? {};
    const inPeriod = nMovedOn + nLost;
    const values: [number | null, number, number | null, number | null][] = [
      [row.cohort?.share ?? null, row.nEntered, row.cohort?.lo ?? null, row.cohort?.hi ?? null],
      [inPeriod > 0 ? nMovedOn / inPeriod : null, inPeriod, null, null],
      [row.inOrderRate, row.nInOrder, null, null],
      [row.anyStageRate, row.nReached, null, null]
    ];
    return values.map(([value, n, lo, hi], i) => ({row: row.label, column: ways[i]!, value, n, lo, hi}));
  });
  const widest = stages
    .map(({label}) => ({label, spread: spreadOf(cells.filter(({row}) => row === label))}))
    .sort((a, b) => b.spread - a.spread)[0];
  const within = Math.min(365, ...stages.map(({withinDays}) => withinDays ?? 365));
  return Chart({
    title:
      widest && widest.spread > 0
        ? `Stage conversion, four ways: up to ${Math.round(widest.spread * 100)} points apart`
        : "Stage conversion, four ways",
    subtitle: `Deals that entered in the last two years; “in ${chosen.period.label}”: deals that moved on or were lost in it`,
    rows: cells,
    columns: [
      {key: "row", label: "Stage", unit: "text"},
      {key: "column", label: "Way", unit: "text"},
      {key: "value", label: "Moves on", unit: "ratio", missing: "nothing to divide by"},
      {key: "lo", label: "95% from", unit: "ratio", missing: "not an estimate"},
      {key: "hi", label: "95% to", unit: "ratio", missing: "not an estimate"},
      {key: "n", label: "Deals", unit: "count"}
    ],
    name: "stage-ways",
    how: definitionOf(context, "stage_conversion"),
    empty: noHistory(context.site),
    note: `Entered: share of the deals that entered which reached a later stage or were won within ${within === 365 ? "a year" : days(within)}; undecided deals count up to today. In the quarter: moved on / (moved on + lost), whenever the deal entered. In order: of the deals that went through every stage up to this one, those that entered the next. Any stage: of the deals that reached this stage or a later one, those that got further. From the last stage, moving on means won.`,
    render: (width) => HeatGrid({cells, columns: ways, width, unit: "ratio", meaning: "won", noun: "deals"})
  });
}

function spreadOf(cells: readonly {value: number | null}[]): number {
  const known = cells.flatMap(({value}) => (value === null ? [] : [value]));
  return known.length > 1 ? Math.max(...known) - Math.min(...known) : 0;
}

/** For each pipeline the share moved on by days since entering a stage, with bands. */
export function StageCurves(context: PageContext, {stages: all}: ConversionFigures): HTMLElement {
  const {ladders} = openStages(context);
  const known = ladders.filter(({pipeline}) => all.some((row) => row.pipeline === pipeline));
  const shown = known.length > 0 ? known : ladders.slice(0, 1);
  const several = ladders.length > 1;
  return html`<div class="weir-stack">${shown.map(({pipeline}) => {
    const stages = all.filter((row) => row.pipeline === pipeline);
    const rows = stages.flatMap(({label, curve}) =>
      curve.map(({t, share, lo, hi, nAtRisk}) => ({t, s: share, lo, hi, nAtRisk, group: label}))
    );
    return Chart({
      title: `How fast deals move on from each stage${several ? `: ${pipeline}` : ""}`,
      subtitle:
        "Share of deals that moved on, by days since entering, with 95% bands; entered in the last two years, undecided deals count up to today",
      rows,
      columns: [
        {key: "group", label: "Stage", unit: "text"},
        {key: "t", label: "Days since entering", unit: "days"},
        {key: "s", label: "Moved on", unit: "ratio"},
        {key: "lo", label: "95% from", unit: "ratio"},
        {key: "hi", label: "95% to", unit: "ratio"},
        {key: "nAtRisk", label: "Undecided then", unit: "count"}
      ],
      name: several ? `moved-on-${pipeline.toLowerCase().replace(/\W+/g, "-")}` : "moved-on",
      how: definitionOf(context, "stage_conversion"),
      empty: noHistory(context.site),
      note: "Where a curve levels off below 100%, the rest was lost or is stuck.",
      render: (width) =>
        Survival({
          rows,
          width,
          words: "moved on",
          atRisk: "Undecided",
          colours: stageRamp(stages.length),
          upTo: Math.max(30, ...stages.map(({curve}) => nearlyThere(curve)))
        })
    });
  })}</div>`;
}

/** The day by which a curve is within a fiftieth of where it ends. */
function nearlyThere(curve: StageRow["curve"]): number {
  const end = curve.at(-1)?.share ?? 0;
  return curve.find(({share}) => share >= 0.98 * end)?.t ?? 0;
}

/** Quarter by quarter of entering a stage, the share that moved on within so many days. */
export function StageCohorts(context: PageContext, {stageQuarters: cells}: ConversionFigures): HTMLElement {
  return Chart({
    title: "Is it getting better? Stage conversion by quarter of entry",
    subtitle: `Share of deals that moved on within ${days(EARLY)} of entering; undecided deals count up to today`,
    rows: cells.some(({value}) => value !== null) ? cells : [],
    columns: [
      {key: "row", label: "Stage", unit: "text"},
      {key: "column", label: "Entered in", unit: "text"},
      {key: "value", label: "Moved on", unit: "ratio", missing: "not enough data"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Entered", unit: "count"}
    ],
    name: "stage-cohorts",
    how: definitionOf(context, "stage_conversion"),
    empty: noStages(context, {
      reason: `In no quarter did ${FEW} deals of this selection enter a stage and have the time to move on.`,
      action: "Clear a filter to see more."
    }),
    note: `A dash: fewer than ${FEW} deals entered, or fewer than a quarter of them entered long enough ago.`,
    render: (width) => {
      // On a phone there is room for the newest.
      const quarters = [...new Set(cells.map(({column}) => column))];
      const columns = quarters.slice(width < NARROW ? -NARROW_QUARTERS : -QUARTERS_SHOWN);
      const shown = cells.filter(({column}) => columns.includes(column));
      return HeatGrid({cells: shown, width, unit: "ratio", meaning: "won", noun: "deals"});
    }
  });
}

/** Stages jumped over, left backwards and entered again, with the rule of each. */
export function StageDetours(context: PageContext, {stages}: ConversionFigures): HTMLElement {
  const share = (n: number, of: number) => (of === 0 ? null : n / of);
  return DataTable(
    stages.map((row) => ({
      stage: row.label,
      nSkipped: row.nSkipped,
      skipped: share(row.nSkipped, row.nReached),
      nBackward: row.nBackward,
      backward: share(row.nBackward, row.nEntered),
      nAgain: row.nReentered,
      again: share(row.nReentered, row.nEntered)
    })),
    [
      {key: "stage", label: "Stage", unit: "text"},
      {key: "nSkipped", label: "Skipped it", unit: "count"},
      {key: "skipped", label: "% of deals that got this far", unit: "ratio"},
      {key: "nBackward", label: "Moved back", unit: "count"},
      {key: "backward", label: "% of entered", unit: "ratio"},
      {key: "nAgain", label: "Entered again", unit: "count"},
      {key: "again", label: "% of entered ", unit: "ratio"}
    ],
    {
      caption: "Stages skipped, moved back from, and entered again",
      showCaption: true,
      empty: noHistory(context.site)
    }
  );
}

function flat({cohort, curve, ...row}: StageFigures) {
  return row;
}
