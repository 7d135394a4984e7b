/** The Conversion page's stages: where deals move on, counted in each of the ways, and who wins. */
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {Dots} from "../components/charts/dots.js";
import {colour} from "../components/palette.js";
import {breakdown} from "../slices/breakdown.js";
import {evaluate} from "../slices/evaluate.js";
import {rateInterval} from "../slices/rateInterval.js";
import {selectRows} from "../slices/select.js";
import {
  type Ladder,
  laddersOf,
  type Path,
  type StageRow,
  stagePaths,
  stageRows
} from "../slices/stagePaths.js";
import type {ChosenAsOf} from "./asOf.js";
import {definitionOf, howOf} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";

const YEAR = 365;

export const NO_HISTORY = {
  reason: "The exports hold no stage changes.",
  action: "Export the stage history (field history of the stage), and map it to deal_event."
};

/** Open stages in the order deals walk them: of all pipelines, and of each. */
export function openStages({site}: PageContext): {names: string[]; ladders: Ladder[]} {
  const ladders = laddersOf(site.stages);
  return {names: [...new Set(ladders.flatMap(({stages}) => stages))], ladders};
}

/** A stage by its name, and by its pipeline's where two have a stage of that name. */
function stageLabel({site}: PageContext): (row: {pipeline: string; stage: string}) => string {
  return ({pipeline, stage}) =>
    site.stages.filter((each) => each.stage === stage).length > 1 ? `${stage} (${pipeline})` : stage;
}

/** The ways of the selection's deals as known on the day. */
export function pathsOf(
  context: PageContext,
  {filters, day}: {filters: Chosen["filters"]; day: number}
): Path[] {
  const entries = context.facts["stage_entries"]!;
  return stagePaths(entries, selectRows(entries, filters), openStages(context).ladders, day);
}

/** What became of the deals that entered each stage in the twelve months to the day. */
export function StageOutcomes(context: PageContext, chosen: ChosenAsOf): HTMLElement {
  const paths = pathsOf(context, chosen);
  const stages = stageRows(paths, openStages(context).ladders, chosen.day, {
    from: chosen.day - YEAR + 1,
    to: chosen.day
  }).map((row) => ({...row, stage: stageLabel(context)(row)}));
  const known = stages.filter(({nEntered}) => nEntered > 0);
  const part = (label: string, key: string, value: number) => ({label, key, value});
  const rows = known.flatMap(({stage, nMovedOn, nLost, nUndecided}) => [
    part(stage, "moved on", nMovedOn),
    part(stage, "lost", nLost),
    part(stage, "undecided", nUndecided)
  ]);
  return Chart({
    title: "What became of the deals that entered each stage",
    subtitle:
      "Deals that first entered it in the twelve months to the day; later visits are not counted again",
    rows: known.map(flat),
    columns: [
      {key: "stage", label: "Stage", unit: "text"},
      {key: "nEntered", label: "Entered", unit: "count"},
      {key: "nMovedOn", label: "Moved on", unit: "count"},
      {key: "nLost", label: "Lost", unit: "count"},
      {key: "nUndecided", label: "Undecided", unit: "count"},
      {key: "cohort", label: "Moved on in the end", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "decidedRate", label: "Of the decided", unit: "ratio"},
      {key: "nReached", label: "Reached (any stage)", unit: "count"},
      {key: "nInOrder", label: "All stages in order", unit: "count"},
      {key: "inOrderRate", label: "To the next, in order", unit: "ratio"},
      {key: "nSkipped", label: "Skipped it", unit: "count"},
      {key: "nBackward", label: "Went back", unit: "count"},
      {key: "nReentered", label: "Came again", unit: "count"}
    ],
    name: "stage-outcomes",
    how: definitionOf(context, "stage_conversion"),
    empty: NO_HISTORY,
    note: "Show data has each way of counting: in the end (undecided deals as censored), of the decided alone, any stage, and all stages in order.",
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

/** The share that moves on from each stage, with its band: undecided deals as censored, and against the decided alone. */
export function StageRates(context: PageContext, chosen: ChosenAsOf): HTMLElement {
  const stages = stageRows(pathsOf(context, chosen), openStages(context).ladders, chosen.day, {
    from: chosen.day - YEAR + 1,
    to: chosen.day
  }).filter(({nEntered}) => nEntered > 0);
  const rows = stages.map((row) => ({
    label: stageLabel(context)(row),
    rate: row.cohort?.share ?? null,
    lo: row.cohort?.lo ?? null,
    hi: row.cohort?.hi ?? null,
    n: row.nEntered
  }));
  return Chart({
    title: "Share that moves on from each stage",
    subtitle: "Entered in the twelve months to the day; moved on in the end, with 95% intervals",
    rows,
    columns: [
      {key: "label", label: "Stage", unit: "text"},
      {key: "rate", label: "Moves on", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Entered", unit: "count"}
    ],
    name: "stage-rates",
    how: definitionOf(context, "stage_conversion"),
    empty: NO_HISTORY,
    render: (width) => Dots({rows, width, order: "given"})
  });
}

const WIN_RATE_CUTS = ["channel", "region", "segment", "product_family", "team", "owner"];
const MOST_ROWS = 12;

/** Win rate by the first dimension these deals are cut by, for the chosen period. */
export function WinRateBy(context: PageContext, {filters, period}: Chosen): HTMLElement {
  const {site, facts} = context;
  const dimension = WIN_RATE_CUTS.flatMap((cut) => site.dimensions.filter(({key}) => key === cut))[0];
  const parts = dimension
    ? breakdown("win_rate", dimension.key, site.catalogue, facts, {filters, period})
    : [];
  const rows = parts.slice(0, MOST_ROWS).map(({key, value, n}) => {
    const interval = value === null ? null : rateInterval(Math.round(value * n), n);
    return {label: key, rate: value, n, lo: interval?.lo ?? null, hi: interval?.hi ?? null};
  });
  const overall = evaluate("win_rate", site.catalogue, facts, {filters, period}).value;
  return Chart({
    title: `Win rate by ${dimension?.label.toLowerCase() ?? "slice"}`,
    subtitle: `Won of closed in ${period.label}, counted, with 95% intervals`,
    rows,
    columns: [
      {key: "label", label: dimension?.label ?? "", unit: "text"},
      {key: "rate", label: "Win rate", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Closed", unit: "count"}
    ],
    name: "win-rate-by-slice",
    how: howOf(context, "win_rate"),
    render: (width) => Dots({rows, width, overall, overallLabel: "all", intervalLabel: "95% interval"})
  });
}

function flat({cohort, ...row}: StageRow) {
  return {...row, cohort: cohort?.share ?? null, lo: cohort?.lo ?? null, hi: cohort?.hi ?? null};
}
