/** The Track record: how good every method was on past days, and how often what it said held. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {Chart} from "../../components/chart.js";
import {RangeRows} from "../../components/charts/rangeRows.js";
import {Reliability, type ReliabilityRow} from "../../components/charts/reliability.js";
import {Trend} from "../../components/charts/trend.js";
import {capitalised, count, date, percent} from "../../components/format.js";
import {Kpi, kpiRow} from "../../components/kpi.js";
import {colour} from "../../components/palette.js";
import {Picks, type PicksElement} from "../../components/picks.js";
import type {MethodScore} from "../../slices/forecast.js";
import {LEVELS} from "../../slices/quantileLevels.js";
import {rateInterval} from "../../slices/rateInterval.js";
import type {SiteData} from "../../slices/site.js";
import type {TrackRecordData} from "../../slices/trackRecord.js";
import {definitionOf} from "../metricKpi.js";
import {joined, the, verdictWords} from "./words.js";

const SHOWN = "shown forecast";
const FIRST_KIND = "rest of the quarter";
/** Of 80%. */
const Z80 = 1.281552;

/** How often the bands held, and where the forecast beats, ties with or loses to the best naive method. */
export function trackAnswer({held, scores, reason}: TrackRecordData): Content | null {
  const n = held.reduce((sum, each) => sum + each.n, 0);
  if (reason || n === 0) return reason;
  const inside = held.reduce((sum, each) => sum + each.inside80, 0);
  const of = (verdict: string) =>
    scores.filter((score) => score.method === SHOWN && score.verdict === verdict).map(({kind}) => kind);
  const parts: string[] = [];
  const [better, tie, worse] = [of("better"), of("tie"), of("worse")];
  const all = scores.filter(({method}) => method === SHOWN).length;
  const naive = () => (parts.length === 0 ? "the best naive method" : "it");
  const where = (kinds: readonly string[]) =>
    kinds.length === all ? "at every horizon" : `for ${joined(kinds.map(the))}`;
  if (better.length > 0) parts.push(`beats ${naive()} ${where(better)}`);
  if (tie.length > 0) parts.push(`ties with ${naive()} ${where(tie)}`);
  if (worse.length > 0) parts.push(`loses to ${naive()} ${where(worse)}`);
  const few = of("not comparable");
  if (parts.length > 0 && few.length > 0) parts.push(`has too few results to tell ${where(few)}`);
  return [
    "In a backtest over past weeks, each with only what was known then, the 80% band held ",
    html`<strong>${percent(inside / n)}</strong>`,
    ` of ${count(n)} times. The forecast `,
    parts.length > 0 ? `${joined(parts)}.` : "could not be compared with a naive method yet."
  ];
}

/** Error, bias, band and skill of the shown forecast for the rest of the quarter. */
export function trackKpis(site: SiteData, {scores}: TrackRecordData): HTMLElement {
  const shown = scores.filter(({method}) => method === SHOWN);
  const main = shown.find(({kind}) => kind === FIRST_KIND) ?? shown[0];
  if (!main) return html`<div></div>`;
  const n = {n: main.n, nLabel: "past forecasts"};
  return kpiRow([
    Kpi({
      label: `Error, ${main.kind}`,
      value: main.wape,
      unit: "ratio",
      ...n,
      note: "sum of errors / sum of results (WAPE)",
      how: definitionOf({site}, "error")
    }),
    Kpi({
      label: "Bias",
      value: main.bias,
      unit: "ratio",
      ...n,
      note: (main.bias ?? 0) > 0 ? "too high on average" : "too low on average",
      how: definitionOf({site}, "bias")
    }),
    Kpi({
      label: "80% band held",
      value: main.coverage80,
      unit: "ratio",
      ...n,
      note: `95% band: ${percent(main.coverage95)}`,
      how: definitionOf({site}, "band_held")
    }),
    Kpi({
      label: "Improvement on the best naive method",
      value: main.skill,
      unit: "ratio",
      reason: "Too few results to compare with a naive method.",
      how: definitionOf({site}, "skill"),
      note:
        main.skill === null
          ? ""
          : `skill; 90% interval ${percent(main.skillLow)} to ${percent(main.skillHigh)}: ${verdictWords(main.verdict)}`
    })
  ]);
}

/** Which window, which method. */
export function TrackPicks({kinds, series, scores}: TrackRecordData): PicksElement {
  const methods = [...new Set(series.map(({method}) => method))].sort(
    (a, b) => Number(b === SHOWN) - Number(a === SHOWN) || errorOf(scores, a) - errorOf(scores, b)
  );
  return Picks(
    [
      {
        key: "of",
        label: "Forecast of",
        values: kinds.map((kind) => ({value: kind, label: capitalised(kind)})),
        initial: kinds.includes(FIRST_KIND) ? FIRST_KIND : (kinds[0] ?? "")
      },
      {
        key: "method",
        label: "by",
        values: methods.map((method) => ({value: method, label: capitalised(method)})),
        initial: methods[0] ?? ""
      }
    ],
    "Forecast to look at"
  );
}

function errorOf(scores: readonly MethodScore[], method: string): number {
  return scores.find((score) => score.method === method && score.kind === FIRST_KIND)?.crps ?? 9;
}

type Chosen = Readonly<Record<string, string>>;

/** What was said and what came, over time. */
export function SaidAndCame(data: TrackRecordData, {of, method}: Chosen): HTMLElement {
  const {currency, series, scores} = data;
  const found = series.find((each) => each.kind === of && each.method === method);
  const rows = (found?.askedOn ?? []).map((on, i) => ({
    on,
    to: found!.to[i]!,
    mean: found!.mean[i]!,
    low80: found!.low80[i]!,
    high80: found!.high80[i]!,
    actual: found!.actual[i] ?? null
  }));
  const score = scores.find((each) => each.kind === of && each.method === method);
  const isPeriod = of === FIRST_KIND || of === "rest of the month";
  const cash = {unit: "money", currency} as const;
  const word = method === SHOWN ? "the forecast" : method!;
  return Chart({
    title: `What ${word} said, and what was won`,
    subtitle: `${isPeriod ? `Won in the whole ${of!.replace("rest of the ", "")}` : `Won in ${of === "the quarter after" ? "the quarter after" : `the ${of}`}`}, ${currency}, by the day of the forecast. Band: 80%`,
    rows,
    columns: [
      {key: "on", label: "Forecast on", unit: "date"},
      {key: "to", label: "For days up to", unit: "date"},
      {key: "mean", label: "Forecast", ...cash},
      {key: "low80", label: "80% from", ...cash},
      {key: "high80", label: "80% to", ...cash},
      {key: "actual", label: "Won", ...cash, missing: "not over"}
    ],
    name: "track-record-over-time",
    note: score
      ? `${percent(score.coverage80)} of ${count(score.n)} results lay inside the 80% band. ${data.stepDays > 7 ? `One forecast in ${count(data.stepDays / 7)} weeks is drawn; every week's is scored.` : "Every week's forecast is drawn and scored."}`
      : null,
    empty: {
      reason: "This method has no forecast with a band for this window.",
      action: "Choose another method: it needs a longer past."
    },
    render: (width) =>
      Trend({
        rows: [
          ...rows.map(({on, mean, low80, high80}) => ({
            on,
            value: mean,
            lo: low80,
            hi: high80,
            series: "forecast"
          })),
          ...rows.map(({on, actual}) => ({on, value: actual, series: "won"}))
        ],
        width,
        grain: "day",
        colours: [colour("forecast"), colour("won")],
        noun: "forecasts",
        ...cash
      })
  });
}

/** Whether what is called a quantile is one: shares of outcomes at or below it. */
export function QuantilesHeld(data: TrackRecordData, {of, method}: Chosen): HTMLElement {
  const naive = data.scores.find(({kind, verdict}) => kind === of && verdict === "reference")?.method;
  const names = [method!, ...(naive && naive !== method ? [naive] : [])];
  const rows = names.flatMap((name, i) => {
    const found = data.reliability.find((each) => each.kind === of && each.method === name);
    return (found?.shares ?? []).map((came, level): ReliabilityRow => {
      // What luck alone would do around the level, outcomes being as many as do not overlap.
      const room =
        i === 0 ? rateInterval(LEVELS[level]! * found!.nIndependent, found!.nIndependent, Z80) : null;
      return {
        said: LEVELS[level]!,
        came,
        lo: room?.lo ?? null,
        hi: room?.hi ?? null,
        n: found!.n,
        series: capitalised(name)
      };
    });
  });
  const independent = data.reliability.find(
    (each) => each.kind === of && each.method === method
  )?.nIndependent;
  return Chart({
    title: "Are the bands as wide as they should be?",
    subtitle: `${capitalised(of!)}: share of results at or below each forecast quantile. On the dashed line: exactly right`,
    rows: rows.map(({series, said, came, n}) => ({series, said, came, n})),
    columns: [
      {key: "series", label: "Method", unit: "text"},
      {key: "said", label: "Forecast quantile", unit: "ratio"},
      {key: "came", label: "Results at or below", unit: "ratio"},
      {key: "n", label: "Forecasts", unit: "count"}
    ],
    name: "track-record-reliability",
    note: independent
      ? `Forecast windows overlap, so these amount to about ${count(Math.round(independent))} independent results; bars show what chance alone allows with so few (80%).`
      : null,
    empty: {reason: "There are fewer than five results.", action: "Come back when more windows have ended."},
    render: (width) =>
      Reliability({
        rows,
        width,
        saidLabel: "Forecast quantile",
        cameLabel: "Results at or below",
        meanings: ["forecast", "lost"],
        noun: "forecasts"
      })
  });
}

/** Whether deals given a chance are won as often as that. */
export function ChancesHeld({chances}: TrackRecordData): HTMLElement {
  const rows = (chances?.bins ?? []).map(({said, came, n}): ReliabilityRow => {
    const room = rateInterval(came * n, n, Z80);
    return {said, came, lo: room?.lo ?? null, hi: room?.hi ?? null, n, series: "deals"};
  });
  const total = rows.reduce((sum, {n}) => sum + n, 0);
  return Chart({
    title: "Are deals won as often as their win chances say?",
    subtitle: `Open deals of past quarters: chance given to be won ${chances ? `within ${count(chances.weeks)} weeks` : "in time"}, and share that was won. Bars: 80% intervals`,
    rows: rows.map(({said, came, n}) => ({said, came, n})),
    columns: [
      {key: "said", label: "Chance given", unit: "ratio"},
      {key: "came", label: "Won in time", unit: "ratio"},
      {key: "n", label: "Deals", unit: "count"}
    ],
    name: "track-record-chances",
    note: chances
      ? `${count(total)} scores of open deals, each with only what was known on its day. Chance and share won differ by ${percent(chances.error)} on average.`
      : null,
    empty: {
      reason: "Fewer than 40 chances were given on past days whose outcome is known.",
      action: "They need at least ten won deals before a quarter that is over."
    },
    render: (width) =>
      Reliability({
        rows,
        width,
        saidLabel: "Chance given",
        cameLabel: "Won in time",
        meanings: ["forecast"],
        noun: "deals"
      })
  });
}

/** Every horizon: how often the 80% band of the shown forecast held, with the room that luck has. */
export function HeldByHorizon({held}: TrackRecordData): HTMLElement {
  const rows = held
    .filter(({n}) => n > 0)
    .map(({kind, n, inside50, inside80, inside95, nIndependent}) => {
      const share = inside80 / n;
      const room = rateInterval(share * nIndependent, nIndependent, Z80);
      return {
        kind: capitalised(kind),
        share50: inside50 / n,
        share80: share,
        share95: inside95 / n,
        lo: room?.lo ?? share,
        hi: room?.hi ?? share,
        n,
        nIndependent
      };
    });
  return Chart({
    title: "Did the 80% band hold 80% of the time?",
    subtitle:
      "Share of results inside the band. Line: what chance allows with so few independent results (80% interval); thin mark: 80%",
    rows,
    columns: [
      {key: "kind", label: "Forecast of", unit: "text"},
      {key: "share50", label: "In the 50% band", unit: "ratio"},
      {key: "share80", label: "In the 80% band", unit: "ratio"},
      {key: "share95", label: "In the 95% band", unit: "ratio"},
      {key: "n", label: "Forecasts", unit: "count"},
      {key: "nIndependent", label: "Independent results", unit: "count"}
    ],
    name: "track-record-held",
    render: (width) =>
      RangeRows({
        rows: rows.map(({kind, share80, share50, share95, lo, hi, n}) => ({
          label: kind,
          value: share80,
          lo,
          hi,
          mark: 0.8,
          said: [`50% band ${percent(share50)}, 95% band ${percent(share95)}`, `${count(n)} forecasts`]
        })),
        width,
        meaning: "forecast",
        unit: "ratio",
        words: {value: "held", range: "80% interval", mark: "80%"}
      })
  });
}

/** "2 Feb 2026", of the first asking. */
export function askedSince({series, reason}: TrackRecordData): string {
  if (reason) return "";
  const first = series.flatMap(({askedOn}) => askedOn.slice(0, 1)).sort()[0];
  return first ? `Backtest since ${date(first)}.` : "";
}
