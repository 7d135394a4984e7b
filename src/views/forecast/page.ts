/** The Forecast: what this quarter and the next will come to, how sure that is, and how often the same forecast was right. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {Chart} from "../../components/chart.js";
import {Fan} from "../../components/charts/fan.js";
import {Intervals} from "../../components/charts/intervals.js";
import {Waterfall, type WaterfallRow} from "../../components/charts/waterfall.js";
import {count, money} from "../../components/format.js";
import {Kpi, kpiRow} from "../../components/kpi.js";
import type {ForecastData, Held, QuarterForecast} from "../../slices/forecast.js";
import type {SiteData} from "../../slices/site.js";
import {definitionOf} from "../metricKpi.js";
import {hasPage, pageLink, pointer} from "../pageLinks.js";
import {isPartOfFirm} from "../wholeFirm.js";
import {openExpected} from "./expected.js";
import {chanceWords, heldBriefly, joined, the} from "./words.js";

/** One sentence: what to expect, how sure, against target, and how often such a band held. */
export function forecastAnswer({quarters, reason, currency, verdicts}: ForecastData): Content | null {
  const now = quarters[0];
  if (!now) return reason;
  const {label, mean, low80, high80, target, targetChance, held} = now;
  const strong = (value: number) => html`<strong>${money(value, currency)}</strong>`;
  const parts: (string | Node)[] = [
    `${label}: `,
    strong(mean),
    ` expected, 80% band ${money(low80, currency)} to ${money(high80, currency)}`
  ];
  if (target !== null && targetChance !== null)
    parts.push(
      "; ",
      html`<strong>${chanceWords(targetChance, held)}${targetChance < 1 ? " likely" : ""}</strong>`,
      ` to reach the target of ${money(target, currency)}`
    );
  parts.push(`. ${heldWords(held, now)}`);
  const worse = verdicts.filter(({verdict}) => verdict === "worse").map(({kind}) => the(kind));
  if (worse.length > 0) parts.push(` In the backtest a naive method did better for ${joined(worse)}.`);
  return parts;
}

/** "At this point of past quarters the 80% band held 10 of 12 times." */
function heldWords({n, inside80}: Held, {past}: QuarterForecast): string {
  if (n < 3) return "There are too few past quarters to say how often such a band holds.";
  const first = past[0]!.label;
  return `At the same point of each quarter since ${first}, the band held ${count(inside80)} of ${count(n)} times.`;
}

/** The headline: this quarter, the chance of the target, the next quarter, and how often bands were right. */
export function forecastKpis(site: SiteData, {quarters, held, currency}: ForecastData): HTMLElement {
  const [now, next] = quarters;
  if (!now) return html`<div></div>`;
  const opens = (quarter: QuarterForecast, target: {against?: number} = {}) =>
    quarter.parts.length > 0
      ? {
          nLabel: "parts",
          n: quarter.parts.length,
          onOpen: () => openExpected(site, {...quarter, ...target, currency, isScored: quarter === now})
        }
      : {};
  const banded = (quarter: QuarterForecast) =>
    Kpi({
      label: `${quarter.label}, expected`,
      value: quarter.mean,
      unit: "money",
      currency,
      note: `80% band ${money(quarter.low80, currency)} to ${money(quarter.high80, currency)}; ${heldBriefly(quarter.held)}`,
      how: definitionOf({site}, "forecast"),
      ...opens(quarter)
    });
  const cards: Node[] = [banded(now)];
  cards.push(
    Kpi({
      label:
        now.target === null
          ? "Chance to reach the target"
          : `Chance to reach the ${money(now.target, currency)} target`,
      figure: `${now.label}, chance of the target`,
      value: now.targetChance,
      ...(now.targetChance === null ? {} : {said: chanceWords(now.targetChance, now.held)}),
      unit: "ratio",
      reason: isPartOfFirm(site)
        ? "Quotas are of people and teams, for all their deals: this site has none."
        : "Not every month of this quarter has a quota.",
      how: definitionOf({site}, "target_chance"),
      ...(now.target === null
        ? {}
        : {
            ...(now.targetChance === null ? {} : opens(now, {against: now.target})),
            note: `${money(Math.max(0, now.target - now.wonSoFar), currency)} still to win, ${money(Math.max(0, now.mean - now.wonSoFar), currency)} of it expected`
          })
    })
  );
  if (next) cards.push(banded(next));
  const record = Kpi({
    label: "How often 80% bands held",
    value: held.n > 0 ? held.inside80 / held.n : null,
    unit: "ratio",
    n: held.n > 0 ? held.n : null,
    nLabel: "past forecasts",
    reason: "No forecast has an outcome yet.",
    note: "over all horizons; 80% would be exactly right",
    how: definitionOf({site}, "band_held")
  });
  if (hasPage(site, "track-record"))
    record.querySelector(".weir-kpi-foot")?.prepend(pageLink(site, "track-record", "Every past forecast"));
  cards.push(record);
  return kpiRow(cards);
}

/** This quarter and the next as running totals: won so far, and what may follow. */
export function ForecastFan(site: SiteData, {asOf, quarters, currency}: ForecastData): HTMLElement {
  const periods = quarters
    .filter(({fan}) => fan.length > 0)
    .map(({label, from, to, wonBy, fan, target}) => ({label, from, to, sofar: wonBy, fan, target}));
  const [now] = quarters;
  const rows = periods.flatMap(({label, fan}) => fan.map((point) => ({quarter: label, ...point})));
  const held = quarters
    .filter(({held: {n}}) => n >= 3)
    .map(({label, held: {n, inside80}}) => `for ${label} ${count(inside80)} of ${count(n)} times`);
  const cash = {unit: "money", currency} as const;
  return Chart({
    title: now?.target ? "Where the quarter is heading, against its target" : "Where the quarter is heading",
    subtitle: `Cumulative won in the quarter, ${currency}. Line: won so far; bands from dark to light: 10, 50, 80 and 95%; circle: expected`,
    rows,
    columns: [
      {key: "quarter", label: "Quarter", unit: "text"},
      {key: "on", label: "By", unit: "date"},
      {key: "mean", label: "Expected", ...cash},
      {key: "low50", label: "50% from", ...cash},
      {key: "high50", label: "50% to", ...cash},
      {key: "low80", label: "80% from", ...cash},
      {key: "high80", label: "80% to", ...cash},
      {key: "low95", label: "95% from", ...cash},
      {key: "high95", label: "95% to", ...cash}
    ],
    name: "forecast-fan",
    how: definitionOf({site}, "forecast_fan"),
    note:
      held.length > 0
        ? `At this point of past quarters, 80% bands like these held the quarter's result: ${joined(held)}.`
        : "There are too few past quarters to say how often such bands hold.",
    empty: {
      reason: "There is no model of single deals to draw the path from.",
      action: "It needs at least ten won deals."
    },
    render: (width) => Fan({periods, asOf, width, unit: "money", currency, reachedLabel: "won"})
  });
}

/** What was forecast at this point of past quarters, what came, and this quarter and the next. */
export function SamePoint(site: SiteData, {quarters, currency}: ForecastData): HTMLElement {
  const [now, next] = quarters;
  if (!now) return html`<div></div>`;
  const rows = [
    ...now.past.map((past) => ({...past, target: null as number | null})),
    ...[now, ...(next ? [next] : [])].map((quarter) => ({...quarter, actual: null, askedOn: ""}))
  ];
  const {held} = now;
  return Chart({
    title:
      held.n >= 3
        ? `The 80% band was right ${count(held.inside80)} of ${count(held.n)} times at this point of the quarter`
        : "What is expected, and how sure that is",
    subtitle: `Won in the quarter, ${currency}. Bands: 50, 80 and 95%, as forecast with only what was known then; dot: result inside the 80% band, cross: outside; dashes: target`,
    rows: rows.map(({label, askedOn, mean, low80, high80, actual}) => ({
      label,
      askedOn: askedOn || null,
      mean,
      low80,
      high80,
      actual
    })),
    columns: [
      {key: "label", label: "Quarter", unit: "text"},
      {key: "askedOn", label: "Forecast on", unit: "date", missing: "today"},
      {key: "mean", label: "Expected", unit: "money", currency},
      {key: "low80", label: "80% from", unit: "money", currency},
      {key: "high80", label: "80% to", unit: "money", currency},
      {key: "actual", label: "Won", unit: "money", currency, missing: "not over"}
    ],
    name: "forecast-track-record",
    how: definitionOf({site}, "forecast"),
    ...(held.n >= 3
      ? {
          note: html`Of ${count(held.n)} quarters, ${count(held.inside50)} ended inside the 50% band, ${count(held.inside80)} inside the 80% band and ${count(held.inside95)} inside the 95% band. ${pointer(site, "Every method at every horizon: ", "track-record", "Track record")}`
        }
      : {}),
    render: (width) => Intervals({rows, width, unit: "money", currency})
  });
}

/** What this quarter's forecast is made of: the parts sum to it. */
export function MadeOf({quarters, currency}: ForecastData): HTMLElement {
  const now = quarters[0];
  if (!now) return html`<div></div>`;
  const meanings = {won: "won", open: "open", new: "forecast", method: "warning"} as const;
  const parts = now.parts.map(
    ({what, kind, value, n}): WaterfallRow => ({
      label: what,
      value,
      n,
      meaning: meanings[kind],
      isLevel: kind === "won"
    })
  );
  const all: WaterfallRow = {label: "Expected", value: now.mean, isLevel: true, meaning: "forecast"};
  const rows = parts.length > 0 ? [...parts, all] : [];
  return Chart({
    title: "What the forecast is made of",
    subtitle: `Expected in ${now.label}, ${currency}: won, open deals by stage at their win chance, deals not created yet`,
    rows,
    columns: [
      {key: "label", label: "Part", unit: "text"},
      {key: "value", label: "Amount", unit: "money", currency},
      {key: "n", label: "Open deals", unit: "count", missing: ""}
    ],
    name: "forecast-parts",
    empty: {
      reason: "There is no model of single deals to say what it is made of.",
      action: "It needs at least ten won deals."
    },
    note: "Each open deal counts its chance to be won by the end of the quarter times the amount it would close at. The adjustment is what other methods and the model's past errors change. The parts add up to the cent.",
    render: (width) => Waterfall({rows, width, unit: "money", currency})
  });
}

/** Where the shown forecast does not beat a naive method, what it was fitted on and what it does not use. */
export function Verdict({verdicts, fitted, withheld, nUndated}: ForecastData): HTMLElement {
  const list = (verdict: string) => verdicts.filter((each) => each.verdict === verdict).map(({kind}) => kind);
  const says: string[] = [];
  const [better, tie, worse, few] = [list("better"), list("tie"), list("worse"), list("not comparable")];
  if (better.length > 0)
    says.push(`In the backtest the forecast beats the best naive method for ${joined(better.map(the))}.`);
  if (tie.length > 0) says.push(`For ${joined(tie.map(the))} the difference is within chance: a tie.`);
  if (worse.length > 0)
    says.push(`For ${joined(worse.map(the))} the naive method was better; read the band there with care.`);
  if (few.length > 0)
    says.push(`For ${joined(few.map(the))} there are too few results to compare with a naive method.`);
  if (fitted)
    says.push(
      `The deal model learned from ${count(fitted.nDeals)} deals, ${count(fitted.nWon)} of them won.`
    );
  if (nUndated > 0)
    says.push(
      `${count(nUndated)} open ${nUndated === 1 ? "deal has no day of creation and is" : "deals have no day of creation and are"} not scored: no past deal was known before its own, so they count among those not created yet.`
    );
  if (fitted && withheld.length > 0)
    says.push(
      `Fields not used, because they are mostly filled in once a deal is far along, so that having them gives the outcome away: ${withheld.join(", ")}.`
    );
  return html`<p class="weir-chart-note">${says.join(" ")}</p>`;
}
