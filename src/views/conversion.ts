/** Who wins, by slice. */
import {Chart} from "../components/chart.js";
import {Dots} from "../components/charts/dots.js";
import {named, sentence} from "../components/format.js";
import {type ConversionFigures, MOST_ROWS} from "../figures/conversion.js";
import {lateWords} from "../slices/evaluate.js";
import type {SiteData} from "../slices/site.js";
import type {ChosenAsOf} from "./asOf.js";
import {howOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";
import {holdsNo} from "./wholeFirm.js";

/** Why nothing that needs the days of stage changes is told. */
export function noHistory(site: SiteData): {reason: string; action: string} {
  return {
    reason: holdsNo(site, "stage changes"),
    action: "Export the stage history (field history of the stage), and map it to deal_event."
  };
}

/** Why no stage is drawn: the exports have no history of stages, or else what is said. */
export function noStages(
  {site}: PageContext,
  otherwise: {reason: string; action: string}
): {reason: string; action: string} {
  return site.hasStageHistory ? otherwise : noHistory(site);
}

/** Which stages are not counted, as a sentence; none where every stage is dated. */
export function undatedWords(stages: readonly string[]): string[] {
  if (stages.length === 0) return [];
  const verb = stages.length === 1 ? "is" : "are";
  return [`${stages.join(", ")} ${verb} left out: the exports never say when a deal entered.`];
}

/** Whom the rates of a selection by product leave out. */
export function lateNote(late: {key: string; from: readonly string[]}): string {
  return `${sentence(lateWords(late))} Counted are the others.`;
}

/** Win rate by what the page is cut by, for the chosen period; the values with most closed deals. */
export function WinRateBy(
  context: PageContext,
  chosen: ChosenAsOf,
  {winRates: {rows, of, knownFrom}, broad: {rate: overall}, late}: ConversionFigures
): HTMLElement {
  const {period, cut: dimension} = chosen;
  return Chart({
    title: `Win rate by ${dimension?.label.toLowerCase() ?? "slice"}`,
    subtitle: `Won of all deals closed in ${period.label}, by number, with 95% intervals${of > rows.length ? `; the ${MOST_ROWS} with most closed deals of ${of}` : ""}`,
    rows,
    columns: [
      {key: "label", label: dimension?.label ?? "", unit: "text"},
      {key: "rate", label: "Win rate", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Closed", unit: "count"}
    ],
    name: "win-rate-by-slice",
    how: {
      ...howOf(context, "win_rate", chosen, "The rate of all of them together."),
      ...(knownFrom?.length || late ? {sql: null} : {})
    },
    note: knownFrom?.length
      ? `Counts deals that reached ${knownFrom.join(" or ")} or were won: earlier, few have a ${dimension?.label.toLowerCase()}, so deals lost early would be missing.`
      : late
        ? lateNote(late)
        : null,
    empty: knownFrom
      ? {
          reason: `Deals get their ${dimension?.label.toLowerCase()} so late that only those that were won have one.`,
          action: "Group by something else."
        }
      : {reason: "Nothing closed in this selection.", action: "Clear a filter, or choose another quarter."},
    render: (width) =>
      Dots({
        rows: rows.map((row) => ({...row, label: named(row.label, dimension?.label ?? "")})),
        ...{width, overall, overallLabel: "all", intervalLabel: "95% interval"}
      })
  });
}
