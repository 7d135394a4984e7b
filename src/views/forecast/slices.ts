/** The forecast cut by region, owner, product and the like: parts that add up, and each slice's own band. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {RangeRows} from "../../components/charts/rangeRows.js";
import {DataTable} from "../../components/dataTable.js";
import {count, named, percent} from "../../components/format.js";
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
        label: "Group by",
        values: dimensions.map(({key, label}) => ({value: key, label})),
        initial: dimensions[0]?.key ?? ""
      }
    ],
    "Grouping of the forecast"
  );
}

type Picked = Readonly<Record<string, string>>;

/** The slices of the chosen quarter and dimension, the largest first. */
function chosenSlices({quarters}: ForecastData, {quarter, by}: Picked) {
  const chosen = quarters.find(({label}) => label === quarter);
  const dimension = chosen?.slices.find(({key}) => key === by);
  if (!chosen || !dimension) return null;
  const at = (level: (typeof PART_LEVELS)[number]) => PART_LEVELS.indexOf(level);
  const rows = dimension.slices.map(({parts, ...slice}) => ({
    ...slice,
    low: parts[at(0.1)]!,
    median: parts[at(0.5)]!,
    high: parts[at(0.9)]!
  }));
  return {quarter: chosen.label, dimension, rows: rows.sort((a, b) => b.mean - a.mean)};
}

/** What each slice is expected to bring, with its own band and how often such bands held. */
export function SliceChart(forecast: ForecastData, picked: Picked): HTMLElement {
  const chosen = chosenSlices(forecast, picked);
  if (!chosen) return html`<div></div>`;
  const {dimension, rows, quarter} = chosen;
  const {record, label} = dimension;
  const cash = {unit: "money", currency: forecast.currency} as const;
  const erred =
    record.wape === null || record.naiveWape === null
      ? "."
      : `. Expected values were off by ${percent(record.wape)}; repeating the last finished quarter would have been off by ${percent(record.naiveWape)}.`;
  return Chart({
    title: `${quarter} by ${label.toLowerCase()}`,
    subtitle: `Expected, ${forecast.currency}. Line: 80% band; bar: won so far`,
    rows,
    columns: [
      {key: "value", label, unit: "text"},
      {key: "wonSoFar", label: "Won so far", ...cash},
      {key: "mean", label: "Expected", ...cash},
      {key: "low80", label: "80% from", ...cash},
      {key: "high80", label: "80% to", ...cash}
    ],
    name: "forecast-slices",
    note:
      record.n < 6
        ? "There are too few past quarters to say how often such bands hold."
        : `At this point of the last ${count(record.quarters)} quarters, 80% bands of single parts held ${count(record.inside80)} of ${count(record.n)} times${erred}`,
    render: (width) =>
      RangeRows({
        rows: rows.map(({value, n, mean, low80, high80, wonSoFar}) => ({
          label: named(value, label),
          value: mean,
          lo: low80,
          hi: high80,
          base: wonSoFar,
          isThin: n < 5,
          said: [`${count(n)} open deals`]
        })),
        width,
        meaning: "forecast",
        baseMeaning: "won",
        words: {value: "expected", range: "80% band", base: "won so far"},
        ...cash
      })
  });
}

/** The same as a table whose columns add up to the forecast. */
export function SliceTable(forecast: ForecastData, picked: Picked): HTMLElement {
  const chosen = chosenSlices(forecast, picked);
  if (!chosen) return html`<div></div>`;
  const {label} = chosen.dimension;
  const cash = {unit: "money", currency: forecast.currency, total: true} as const;
  const table = DataTable(
    chosen.rows,
    [
      {key: "value", label, unit: "text"},
      {key: "mean", label: "Expected", ...cash},
      {key: "low", label: "Low case (10%)", ...cash},
      {key: "median", label: "Middle case (50%)", ...cash},
      {key: "high", label: "High case (90%)", ...cash},
      {key: "wonSoFar", label: "Won so far", ...cash},
      {key: "n", label: "Open deals", unit: "count", total: true}
    ],
    {
      caption: `Forecast by ${label.toLowerCase()}: every column adds up to the total`,
      showCaption: true,
      pageSize: 13,
      search: false
    }
  );
  return html`<div>${table}<p class="weir-chart-note">Low, middle and high case: what each part brings on average when the total comes in at
    that level, so the columns add up. The 80% bands in the chart are wider, because not all parts have a bad quarter at once; they do not
    add up.</p></div>`;
}
