/** How often the bands of slices held: the same point of past quarters, one dimension at a time. */
import {Chart} from "../../components/chart.js";
import {RangeRows} from "../../components/charts/rangeRows.js";
import {capitalised, count, percent} from "../../components/format.js";
import {Picks, type PicksElement} from "../../components/picks.js";
import type {TrackRecordData} from "../../slices/trackRecord.js";

/** Below so many outcomes that do not overlap a share is shown hollow and judged by nobody. */
const LEAST = 5;
const FIRST_KIND = "rest of the quarter";

/** What to cut by, and which window. */
export function SlicePicks({slices}: TrackRecordData): PicksElement {
  const kinds = [...new Set(slices.map(({kind}) => kind))];
  const labels = new Map(slices.map(({dimension, label}) => [dimension, label]));
  return Picks(
    [
      {
        key: "cut",
        label: "Group by",
        values: [...labels].map(([value, label]) => ({value, label})),
        initial: [...labels.keys()][0] ?? ""
      },
      {
        key: "window",
        label: "forecast of",
        values: kinds.map((kind) => ({value: kind, label: capitalised(kind)})),
        initial: kinds.includes(FIRST_KIND) ? FIRST_KIND : (kinds[0] ?? "")
      }
    ],
    "Parts to look at"
  );
}

/** One row a slice: how often its own 80% band held, with what so few outcomes leave open. */
export function SlicesHeld(
  {slices}: TrackRecordData,
  {cut, window}: Readonly<Record<string, string>>
): HTMLElement {
  const rows = slices
    .filter(({dimension, kind}) => dimension === cut && kind === window)
    .map(({value, label, held80, lo, hi, n, nIndependent, wape, naiveWape, naiveHeld}) => ({
      slice: value ?? `All by ${label.toLowerCase()}`,
      held80,
      lo,
      hi,
      n,
      nIndependent,
      wape,
      naiveWape,
      naiveHeld
    }));
  const [whole] = rows;
  const isThin = (each: {nIndependent: number}) => each.nIndependent < LEAST;
  const narrow = rows.slice(1).filter((each) => !isThin(each) && each.hi < 0.8).length;
  const told = rows.slice(1).filter((each) => !isThin(each)).length;
  return Chart({
    title: "Do the bands of regions, owners and other parts hold too?",
    subtitle: `${capitalised(window ?? "")}, at the same point of past quarters: share of results inside each part's own 80% band. Line: what chance allows with so few results (80% interval); thin mark: 80%`,
    rows,
    columns: [
      {key: "slice", label: "Part", unit: "text"},
      {key: "held80", label: "In the 80% band", unit: "ratio"},
      {key: "lo", label: "80% interval from", unit: "ratio"},
      {key: "hi", label: "to", unit: "ratio"},
      {key: "n", label: "Forecasts", unit: "count"},
      {key: "nIndependent", label: "Independent results", unit: "count"},
      {key: "wape", label: "Error (WAPE)", unit: "ratio", missing: "nothing was won"},
      {
        key: "naiveWape",
        label: "Error of the same days last quarter",
        unit: "ratio",
        missing: "nothing was won"
      },
      {key: "naiveHeld", label: "In the 80% band of the same days", unit: "ratio", missing: "too few before"}
    ],
    name: "track-record-slices",
    note: !whole
      ? null
      : told === 0
        ? `With about ${count(Math.round(whole.nIndependent))} independent results each, nothing can be said of single parts: they are drawn hollow. All together held ${percent(whole.held80)}.`
        : `${narrow === 0 ? "No part's band is clearly too narrow" : `${count(narrow)} of ${count(told)} parts ${narrow === 1 ? "has a band that is" : "have bands that are"} clearly too narrow`}; chance alone would show about one in ten so. ${count(whole.n)} forecasts amount to about ${count(Math.round(whole.nIndependent))} independent results for each part, so look at all together first: ${percent(whole.held80)}.`,
    empty: {
      reason: "No part was forecast on a past day whose result is known.",
      action:
        "It needs at least ten won deals before a quarter that is over, and deals that differ in some field."
    },
    render: (width) =>
      RangeRows({
        rows: rows.map((row) => ({
          label: row.slice,
          value: row.held80,
          lo: row.lo,
          hi: row.hi,
          mark: 0.8,
          isThin: isThin(row),
          said: [
            `${count(row.n)} forecasts`,
            row.wape === null || row.naiveWape === null
              ? "nothing was won"
              : `error ${percent(row.wape)}, same days last quarter ${percent(row.naiveWape)}`,
            ...(row.naiveHeld === null ? [] : [`their own 80% band held ${percent(row.naiveHeld)}`])
          ]
        })),
        width,
        meaning: "forecast",
        unit: "ratio",
        words: {value: "held", range: "80% interval", mark: "80%"}
      })
  });
}
