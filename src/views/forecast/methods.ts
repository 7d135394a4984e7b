/** What else is said of the quarter: target, reps' commit, category roll-up, weighted pipeline and the other methods. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {RangeRows} from "../../components/charts/rangeRows.js";
import {capitalised, count, percent} from "../../components/format.js";
import type {ForecastData, OtherMethod} from "../../slices/forecast.js";
import type {SiteData} from "../../slices/site.js";
import {definitionOf} from "../metricKpi.js";
import {pointer} from "../pageLinks.js";

/** Shown beside the forecast whatever their error; of the others the best few. */
const FIELD = ["rep commit", "category roll-up", "weighted pipeline"];
const BEST = 3;

/** Each method's own number and its band after past errors, against the target. */
export function OtherMethods(site: SiteData, {quarters, currency}: ForecastData): HTMLElement {
  const now = quarters[0];
  if (!now) return html`<div></div>`;
  const best = now.others
    .filter(({method}) => !FIELD.includes(method) && method !== now.method)
    .slice(0, BEST);
  const told: (OtherMethod & {label: string})[] = [
    ...FIELD.flatMap((method) => now.others.find((other) => other.method === method) ?? []),
    ...best
  ].map((other) => ({...other, label: capitalised(other.method)}));
  const shown = {
    ...now,
    label: "This forecast",
    said: now.mean,
    wape: now.others.find(({method}) => method === now.method)?.wape ?? null,
    coverage80: null
  };
  const rows = [shown, ...told];
  return Chart({
    title: "What other methods say",
    subtitle: `${now.label}, ${currency}. Bar: the method's own figure; dot: corrected for its past errors; line: 80% band${now.target === null ? "" : "; thin mark: target"}`,
    rows: rows.map(({label, said, mean, low80, high80, wape, coverage80}) => ({
      label,
      said,
      mean,
      low80,
      high80,
      wape,
      coverage80
    })),
    columns: [
      {key: "label", label: "Method", unit: "text"},
      {key: "said", label: "Own figure", unit: "money", currency},
      {key: "mean", label: "Corrected", unit: "money", currency},
      {key: "low80", label: "80% from", unit: "money", currency},
      {key: "high80", label: "80% to", unit: "money", currency},
      {key: "wape", label: "Usual error of what is still to come (WAPE)", unit: "ratio"},
      {key: "coverage80", label: "80% band held", unit: "ratio"}
    ],
    name: "forecast-methods",
    how: definitionOf({site}, "forecast"),
    note: html`${followed(now)} ${pointer(site, "How good each was: ", "track-record", "Track record")}`,
    render: (width) =>
      RangeRows({
        rows: rows.map(({label, said, mean, low80, high80, wape, coverage80}) => ({
          label,
          value: mean,
          lo: low80,
          hi: high80,
          base: said,
          mark: now.target,
          said: [
            ...(wape === null ? [] : [`usual error of what is still to come ${percent(wape)}`]),
            ...(coverage80 === null
              ? [`held ${count(now.held.inside80)} of ${count(now.held.n)} times at this point`]
              : [`its 80% band held ${percent(coverage80)}`])
          ]
        })),
        width,
        meaning: "forecast",
        unit: "money",
        currency,
        words: {
          value: "corrected for past errors",
          range: "80% band",
          base: "own figure",
          ...(now.target === null ? {} : {mark: "target"})
        }
      })
  });
}

/** What the shown forecast is: the weighted mean of all methods, or one that has erred clearly less. */
function followed({method, others}: ForecastData["quarters"][number]): string {
  if (others.every(({wape}) => wape === null))
    return "There is no past yet by which methods could be weighed: this forecast is a mean of those that need none.";
  return method === "combination"
    ? "This forecast is a weighted mean of the methods with the smallest past errors."
    : `This forecast follows one method, which has done clearly better in the past: ${method}.`;
}
