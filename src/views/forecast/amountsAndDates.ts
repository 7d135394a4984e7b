/** What deals close at against what they say, and how far their dates move. */
import {Chart} from "../../components/chart.js";
import {RangeRows} from "../../components/charts/rangeRows.js";
import {count, days, percent} from "../../components/format.js";
import type {DealScoresData} from "../../slices/dealScores.js";

/** Won over stated amount by stage, with its interval and how it did on past days. */
export function AmountsHeld({amounts}: DealScoresData): HTMLElement {
  const rows = amounts?.byStage ?? [];
  const past = amounts?.past;
  return Chart({
    title: "What deals close at, against the stated amount",
    subtitle: "Won amount / amount stated on entering each stage. Line: 80% of deals; thin mark: as stated",
    rows,
    columns: [
      {key: "stage", label: "Stage", unit: "text"},
      {key: "ratio", label: "Won over stated", unit: "ratio"},
      {key: "low", label: "80% from", unit: "ratio"},
      {key: "high", label: "80% to", unit: "ratio"},
      {key: "n", label: "Won deals", unit: "count"}
    ],
    name: "amounts-held",
    note: past
      ? `Checked on ${count(past.n)} open deals of ${count(past.days)} past days that were won later: stated amounts were off by ${percent(past.statedWape)}, expected ones by ${percent(past.expectedWape)}${past.expectedWape > past.statedWape ? ", so the stated ones were the better guide" : ""}; ${percent(past.inside80 / past.n)} closed inside the 80% band.`
      : "There is too little past to check how such expectations did.",
    empty: {reason: "Fewer than five won deals stated an amount in any stage."},
    render: (width) =>
      RangeRows({
        rows: rows.map(({stage, ratio, low, high, n}) => ({
          label: stage,
          value: ratio,
          lo: low,
          hi: high,
          mark: 1,
          isThin: n < 20,
          said: [`${count(n)} won deals`]
        })),
        width,
        meaning: "open",
        unit: "ratio",
        words: {value: "won over stated", range: "80% of deals", mark: "as stated"}
      })
  });
}

/** Days from the stated date to the day a deal was won, by how far away the date was. */
export function DatesHeld({dates}: DealScoresData): HTMLElement {
  const rows = dates?.byDue ?? [];
  const past = dates?.past;
  return Chart({
    title: "How far close dates move",
    subtitle:
      "Days from the stated close date to the day the deal was won; below 0 is earlier. Dot: median; line: 80% of deals; thin mark: on the day",
    rows,
    columns: [
      {key: "due", label: "Close date stated", unit: "text"},
      {key: "median", label: "Median", unit: "days"},
      {key: "low80", label: "80% from", unit: "days"},
      {key: "high80", label: "80% to", unit: "days"},
      {key: "kept", label: "Won by its date or within a week", unit: "ratio"},
      {key: "n", label: "Deals checked", unit: "count"}
    ],
    name: "dates-held",
    note: past
      ? `Checked on ${count(past.n)} open deals of ${count(past.days)} past days that were won later: stated dates were ${days(past.statedError)} off on average, expected ones ${days(past.expectedError)}; ${percent(past.inside80 / past.n)} were won inside the 80% band. Won deals only.`
      : "There is too little past to check how such expectations did.",
    empty: {reason: "Too few won deals stated a close date while they were open."},
    render: (width) =>
      RangeRows({
        rows: rows.map(({due, median, low80, high80, kept, n}) => ({
          label: due,
          value: median,
          lo: low80,
          hi: high80,
          mark: 0,
          isThin: n < 20,
          said: [`${percent(kept)} won by the date or within a week`, `${count(n)} deals checked`]
        })),
        width,
        meaning: "open",
        unit: "days",
        words: {value: "median", range: "80% of deals", mark: "on the day"}
      })
  });
}
