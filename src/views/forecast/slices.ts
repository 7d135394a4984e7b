/** The forecast cut by region, owner, product and the like: parts that add up, and each slice's own band. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {RangeRows} from "../../components/charts/rangeRows.js";
import {DataTable} from "../../components/dataTable.js";
import {count, percent} from "../../components/format.js";
import {Picks, type PicksElement} from "../../components/picks.js";
import type {ForecastData} from "../../slices/forecast.js";
import {PART_LEVELS} from "../../slices/forecastSlices.js";

/** Which quarter, cut by what. */
export function SlicePicks({quarters}: ForecastData): PicksElement {
  const dimensions = quarters[0]?.slices ?? [];
  return Picks(
    [
      {
        key: "quarter",
        label: "Quarter",
        values: quarters.map(({label}) => ({value: label, label})),
        initial: quarters[0]?.label ?? ""
      },
      {
        key: "by",
        label: "Cut by",
        values: dimensions.map(({key, label}) => ({value: key, label})),
        initial: dimensions[0]?.key ?? ""
      }
    ],
    "Cut of the forecast"
  );
}

/** The slices of the chosen quarter and dimension: drawn, and as a table whose columns add up. */
export function Slices(
  {quarters, currency}: ForecastData,
  {quarter, by}: Readonly<Record<string, string>>
): HTMLElement {
  const chosen = quarters.find(({label}) => label === quarter);
  const dimension = chosen?.slices.find(({key}) => key === by);
  if (!chosen || !dimension) return html`<div></div>`;
  const at = (level: (typeof PART_LEVELS)[number]) => PART_LEVELS.indexOf(level);
  const rows = dimension.slices.map(({value, n, wonSoFar, mean, parts, low80, high80}) => ({
    value,
    n,
    wonSoFar,
    mean,
    low: parts[at(0.1)]!,
    median: parts[at(0.5)]!,
    high: parts[at(0.9)]!,
    low80,
    high80
  }));
  const sorted = [...rows].sort((a, b) => b.mean - a.mean);
  const {record} = dimension;
  const cash = {unit: "money", currency} as const;
  const held =
    record.n < 6
      ? "There are too few past quarters to say how often such bands hold."
      : `At this point of the last ${count(record.quarters)} quarters such bands held ${count(record.inside80)} of ${count(record.n)} times${
          record.wape === null || record.naiveWape === null
            ? "."
            : `; the parts erred by ${percent(record.wape)}, the same days of the quarter before by ${percent(record.naiveWape)}.`
        }`;
  const chart = Chart({
    title: `${chosen.label} by ${dimension.label.toLowerCase()}`,
    subtitle: `Expected, ${currency}. Line: the slice's own 80% band; bar: won so far`,
    rows: sorted,
    columns: [
      {key: "value", label: dimension.label, unit: "text"},
      {key: "wonSoFar", label: "Won so far", ...cash},
      {key: "mean", label: "Expected", ...cash},
      {key: "low80", label: "Own 80% from", ...cash},
      {key: "high80", label: "Own 80% to", ...cash}
    ],
    name: "forecast-slices",
    note: held,
    render: (width) =>
      RangeRows({
        rows: sorted.map(({value, n, mean, low80, high80, wonSoFar}) => ({
          label: value,
          value: mean,
          lo: low80,
          hi: high80,
          base: wonSoFar,
          isThin: n < 5,
          said: [`${count(n)} open deals`]
        })),
        width,
        meaning: "forecast",
        unit: "money",
        currency,
        words: {value: "expected", range: "its own 80% band", base: "won so far"}
      })
  });
  const table = DataTable(
    sorted,
    [
      {key: "value", label: dimension.label, unit: "text"},
      {key: "mean", label: "Expected", ...cash, total: true},
      {key: "low", label: "If the whole comes in low (10%)", ...cash, total: true},
      {key: "median", label: "In the middle (50%)", ...cash, total: true},
      {key: "high", label: "High (90%)", ...cash, total: true},
      {key: "wonSoFar", label: "Won so far", ...cash, total: true},
      {key: "n", label: "Open deals", unit: "count", total: true}
    ],
    {
      caption: `What each ${dimension.label.toLowerCase()} brings: every column adds up to the forecast`,
      showCaption: true,
      pageSize: 13,
      search: false
    }
  );
  return html`<div>${chart}${table}
    <p class="weir-chart-note">Parts add up by construction: each is what the slice brings on average when the whole comes in at that
    quantile. A slice's own band is wider than its part of the whole's, because not all slices have a bad quarter at once; own bands do not add up.</p></div>`;
}
