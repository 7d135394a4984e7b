/** The Conversion & velocity page: where deals move on, how long they stay, who wins. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {Dots} from "../components/charts/dots.js";
import {days, percent} from "../components/format.js";
import {kpiRow} from "../components/kpi.js";
import {colour} from "../components/palette.js";
import {breakdown} from "../slices/breakdown.js";
import {evaluate} from "../slices/evaluate.js";
import {rateInterval} from "../slices/rateInterval.js";
import {selectRows} from "../slices/select.js";
import {MOVES, type StageConversion, stageConversion} from "../slices/stageConversion.js";
import {howOf, MetricKpi} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";

const MOVE_LABELS = {
  forward: "moved on",
  lost: "lost",
  backward: "went back",
  "still there": "still there"
} as const;

/** One sentence: win rate and cycle of the period. */
export function conversionAnswer({site, facts}: PageContext, chosen: Chosen): Content | null {
  const rate = evaluate("win_rate", site.catalogue, facts, chosen);
  const cycle = evaluate("cycle_days", site.catalogue, facts, chosen);
  if (rate.value === null) return null;
  return [
    "Of the deals closed in ",
    chosen.period.label,
    ", ",
    html`<strong>${percent(rate.value)}</strong>`,
    " were won",
    ...(cycle.value === null
      ? []
      : [", half of them within ", html`<strong>${days(cycle.value)}</strong>`, " of creation"]),
    "."
  ];
}

/** Win rate twice, cycle, average deal. */
export function conversionKpis(context: PageContext, chosen: Chosen): HTMLElement {
  return kpiRow(
    ["win_rate", "win_rate_amount", "cycle_days", "average_won"].map((key) => MetricKpi(context, key, chosen))
  );
}

/** The stages of the selection's deals over the whole history. */
export function conversions({site, facts}: PageContext, {filters}: Chosen): StageConversion[] {
  const entries = facts["stage_entries"]!;
  const stages = site.stages.filter(({kind}) => kind === "open").map(({stage}) => stage);
  return stageConversion(entries, selectRows(entries, filters), [...new Set(stages)]);
}

const NO_HISTORY = {
  reason: "The exports hold no stage changes.",
  action: "Export the stage history (field history of the stage), and map it to deal_event."
};

/** For each stage: moved on, lost, went back, still there. */
export function StageOutcomes(context: PageContext, chosen: Chosen): HTMLElement {
  const stages = conversions(context, chosen);
  const rows = stages.flatMap(({stage, counts}) =>
    MOVES.map((move) => ({label: stage, key: MOVE_LABELS[move], value: counts[move]}))
  );
  return Chart({
    title: "What became of the deals that entered each stage",
    subtitle: "Stays in a stage, all history; a deal that comes back counts again",
    rows: stages.map(({stage, entered, counts, rate, interval, medianDays}) => ({
      stage,
      entered,
      forward: counts.forward,
      lost: counts.lost,
      backward: counts.backward,
      still: counts["still there"],
      rate,
      lo: interval?.lo ?? null,
      hi: interval?.hi ?? null,
      medianDays
    })),
    columns: [
      {key: "stage", label: "Stage", unit: "text"},
      {key: "entered", label: "Entered", unit: "count"},
      {key: "forward", label: "Moved on", unit: "count"},
      {key: "lost", label: "Lost", unit: "count"},
      {key: "backward", label: "Went back", unit: "count"},
      {key: "still", label: "Still there", unit: "count"},
      {key: "rate", label: "Moved on, of ended", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "medianDays", label: "Half have left after", unit: "days", missing: "fewer than half have left"}
    ],
    name: "stage-outcomes",
    empty: NO_HISTORY,
    note: "Deals still in a stage have not decided yet; early stages of young deals look worse than they are until they do.",
    render: (width) =>
      BarRows({
        rows,
        keys: MOVES.map((move) => MOVE_LABELS[move]),
        colours: [colour("won"), colour("lost"), colour("warning"), colour("open")],
        width,
        unit: "count",
        order: "given",
        noun: "stays"
      })
  });
}

/** How long half of the deals take to leave each stage, those still there counted as such. */
export function StageDays(context: PageContext, chosen: Chosen): HTMLElement {
  const stages = conversions(context, chosen);
  const rows = stages.map(({stage, medianDays, entered}) => ({label: stage, value: medianDays, n: entered}));
  return Chart({
    title: "How long deals stay in a stage",
    subtitle: "Days until half have left the stage; deals still there are counted as such",
    rows: stages,
    columns: [
      {key: "stage", label: "Stage", unit: "text"},
      {key: "entered", label: "Stays", unit: "count"},
      {key: "medianDays", label: "Half have left", unit: "days", missing: "fewer than half have left"},
      {key: "days75", label: "Three quarters", unit: "days", missing: "fewer have left"},
      {key: "days90", label: "Nine in ten", unit: "days", missing: "fewer have left"}
    ],
    name: "days-in-stage",
    how: {
      label: "Days in stage",
      unit: "days",
      formula:
        "The day on which the Kaplan-Meier curve of stays falls to one half; a stay that lasts counts until the as-of day.",
      caveat: "A deal that comes back to a stage is another stay."
    },
    empty: NO_HISTORY,
    render: (width) => BarRows({rows, width, unit: "days", order: "given", noun: "stays"})
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
