/** How good such figures were on past days: beside every band, and as a table and a chart of its own. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {Intervals} from "../../components/charts/intervals.js";
import {DataTable} from "../../components/dataTable.js";
import {count, month, percent} from "../../components/format.js";
import {type DemandScore, PLAN_WEEKS, type PlanningData} from "../../slices/material/planningData.js";
import type {SiteData} from "../../slices/site.js";
import {definitionOf} from "../metricKpi.js";

export function scoreFor(
  {record}: PlanningData,
  kind: DemandScore["kind"],
  what: DemandScore["what"]
): DemandScore | null {
  return record?.scores.find((score) => score.kind === kind && score.what === what) ?? null;
}

/** "such a band held 6 of 7 times". @param what said instead of "such a band" where no band stands beside it */
export function heldWords({n, inside80}: Pick<DemandScore, "n" | "inside80">, what = "such a band"): string {
  return `${what} held ${count(inside80)} of ${count(n)} ${n === 1 ? "time" : "times"}`;
}

/** ", the mean 27% too high": what its mean was off by, all windows together; "" where nothing came. */
export function biasWords({bias}: Pick<DemandScore, "bias">): string {
  if (bias === null) return "";
  return `, the mean ${percent(Math.abs(bias))} too ${bias < 0 ? "low" : "high"}`;
}

/** Past windows of 26 weeks as bands with what came, and every score; nothing without a past. */
export function RecordTable(site: SiteData, {record, currency}: PlanningData): HTMLElement {
  if (!record) return html`<div></div>`;
  const rows = record.past
    .filter(({weeks}) => weeks === PLAN_WEEKS)
    .map(({askedOn, mean, p10, p90, actual, naive}) => ({
      label: month(askedOn),
      ...{askedOn, mean, actual, naive},
      ...{low95: p10, low80: p10, low50: mean, high50: mean, high80: p90, high95: p90}
    }));
  const scores = record.scores.map((score) => ({
    ...score,
    name: `${score.what}, ${score.kind}`,
    held: score.inside80 / score.n
  }));
  const later =
    record.fromLaterDeals === null
      ? ""
      : ` Of what was won within 26 weeks of those days, ${percent(record.fromLaterDeals)} came from deals that did not exist yet: no such figure holds it.`;
  return html`<section>
    ${Chart({
      title: "How such forecasts of demand came out",
      subtitle: `Material of the deals open then and won within 26 weeks, at standard cost, ${currency}: P10 to P90, mean, and what came`,
      rows,
      columns: [
        {key: "askedOn", label: "Asked on", unit: "date"},
        {key: "mean", label: "Expected", unit: "money", currency},
        {key: "low80", label: "P10", unit: "money", currency},
        {key: "high80", label: "P90", unit: "money", currency},
        {key: "actual", label: "Came", unit: "money", currency},
        {key: "naive", label: "Mean of the last four quarters' windows", unit: "money", currency}
      ],
      name: "demand-track-record",
      how: definitionOf({site}, "demand_record"),
      note: `Asked anew with only what was known on the day; a filled mark lies inside the band, a cross outside.${later}`,
      empty: {reason: "No past window of 26 weeks is over yet."},
      render: (width) => Intervals({rows, width, unit: "money", currency, actualLabel: "came"})
    })}
    ${DataTable(
      scores,
      [
        {key: "name", label: "What was forecast", unit: "text"},
        {key: "held", label: "80% band held", unit: "ratio"},
        {key: "n", label: "Of windows", unit: "count"},
        {key: "error", label: "Error of the mean", unit: "ratio", missing: "nothing came"},
        {key: "naiveError", label: "Error of four quarters' mean", unit: "ratio", missing: "nothing came"},
        {key: "bias", label: "Too high by", unit: "ratio", missing: "nothing came"}
      ],
      {caption: "Track record of demand", showCaption: true, pageSize: 13, search: false}
    )}
  </section>`;
}
