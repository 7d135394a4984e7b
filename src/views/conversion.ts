/** What the pages of stages share: the stages, the ways of the selection's deals; and who wins, by slice. */
import {Chart} from "../components/chart.js";
import {Dots} from "../components/charts/dots.js";
import {breakdown} from "../slices/breakdown.js";
import {closedRows, wonInterval} from "../slices/clusteredRate.js";
import {evaluate} from "../slices/evaluate.js";
import {selectRows} from "../slices/select.js";
import {type Ladder, laddersOf, type Path, stagePaths} from "../slices/stagePaths.js";
import type {ChosenAsOf} from "./asOf.js";
import {howOf} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";

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
export function stageLabel({site}: PageContext): (row: {pipeline: string; stage: string}) => string {
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

const MOST_ROWS = 12;

/** Win rate by what the page is cut by, for the chosen period; the values with most closed deals. */
export function WinRateBy(context: PageContext, {filters, period, cut: dimension}: ChosenAsOf): HTMLElement {
  const {site, facts} = context;
  const parts = dimension
    ? breakdown("win_rate", dimension.key, site.catalogue, facts, {filters, period})
    : [];
  const most = [...parts].sort((a, b) => b.n - a.n).slice(0, MOST_ROWS);
  const rows = most.map(({key, value, n}) => {
    const inSlice = {filters: {...filters, [dimension!.key]: [key]}, period};
    const interval =
      value === null ? null : wonInterval(facts["deals"]!, closedRows(facts["deals"]!, inSlice));
    return {label: key, rate: value, n, lo: interval?.lo ?? null, hi: interval?.hi ?? null};
  });
  const overall = evaluate("win_rate", site.catalogue, facts, {filters, period}).value;
  return Chart({
    title: `Win rate by ${dimension?.label.toLowerCase() ?? "slice"}`,
    subtitle: `Won of closed in ${period.label}, counted, with 95% intervals${parts.length > most.length ? `; the ${MOST_ROWS} with most closed deals of ${parts.length}` : ""}`,
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
