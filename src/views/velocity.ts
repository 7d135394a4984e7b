/** The Velocity page: what the pipeline turns out a day, which lever moves it, and where time goes. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {Trend} from "../components/charts/trend.js";
import {DataTable} from "../components/dataTable.js";
import {days, money, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {closedIn} from "../slices/closedDeals.js";
import {dayNumber} from "../slices/facts.js";
import type {MovementData} from "../slices/movementData.js";
import {groupRows, selectRows} from "../slices/select.js";
import {dealLives, stateOn} from "../slices/stretches.js";
import {type Lever, type Levers, sensitivities, velocity} from "../slices/velocity.js";
import type {ChosenAsOf} from "./asOf.js";
import {definitionOf} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";

const YEAR = 365;
const QUARTERS_SHOWN = 12;
const SHARE = 0.1;
const MOST_SLICES = 25;

export type KnownLevers = {[lever in Lever]: number | null} & {medianCycle: number | null; nWon: number};

/** The four levers at the end of a day: what is open then, and what closed in the twelve months to it. */
export function leversOn(
  context: PageContext,
  data: MovementData,
  filters: Chosen["filters"],
  day: number
): KnownLevers {
  const deals = context.facts["deals"]!;
  const open = dealLives(data.stretches, data.deals, filters).flatMap((life) => {
    const state = stateOn(life, day);
    return state?.status === "open" && state.isMine ? [state.cents] : [];
  });
  const closed = closedIn(deals, selectRows(deals, filters), {from: day - YEAR + 1, to: day});
  return {
    n: open.length,
    average: open.length > 0 ? open.reduce((sum, cents) => sum + cents, 0) / 100 / open.length : null,
    winRate: closed.winRate,
    cycleDays: closed.meanCycle,
    medianCycle: closed.medianCycle,
    nWon: closed.nWon
  };
}

/** One sentence: money a day, and the lever that does most. */
export function velocityAnswer({site}: PageContext, levers: KnownLevers): Content | null {
  const speed = velocity(levers);
  if (speed === null) return null;
  const cycle = sensitivities(levers as Levers, SHARE).find(({lever}) => lever === "cycleDays")!;
  return [
    "The pipeline turns out ",
    html`<strong>${money(speed, site.currency)}</strong>`,
    " a day. A tenth more deals, a larger deal or a better win rate each give 10% more; a cycle shorter by a tenth gives ",
    html`<strong>${percent(cycle.change)}</strong>`,
    "."
  ];
}

/** The four levers. */
export function velocityKpis(
  context: PageContext,
  {n, average, winRate, cycleDays, medianCycle, nWon}: KnownLevers
): HTMLElement {
  const {currency} = context.site;
  const how = definitionOf(context, "velocity");
  return kpiRow([
    Kpi({label: "Open deals", value: n, unit: "count", how}),
    Kpi({
      label: "Average open deal",
      value: average,
      unit: "money",
      currency,
      n,
      how,
      reason: "Nothing is open."
    }),
    Kpi({
      label: "Win rate, 12 months",
      value: winRate,
      unit: "ratio",
      how,
      reason: "Nothing closed in the twelve months."
    }),
    Kpi({
      label: `Mean cycle, won${medianCycle === null ? "" : ` (median ${days(medianCycle)})`}`,
      value: cycleDays,
      unit: "days",
      n: nWon,
      how,
      reason: "Nothing was won in the twelve months."
    })
  ]);
}

const LEVER_WORDS: Record<Lever, string> = {
  n: "10% more open deals",
  average: "10% larger deals",
  winRate: "Win rate up by a tenth",
  cycleDays: "Cycle shorter by a tenth"
};

/** What each lever alone does to money a day. */
export function LeverBars(context: PageContext, levers: KnownLevers): HTMLElement {
  const {currency} = context.site;
  const base = velocity(levers);
  const rows =
    base === null
      ? []
      : sensitivities(levers as Levers, SHARE).map(({lever, better, change}) => ({
          label: LEVER_WORDS[lever],
          value: better - base,
          change
        }));
  return Chart({
    title: "What each lever alone would add",
    subtitle: `Money a day, ${currency}, with one lever better by a tenth and the others as they are`,
    rows,
    columns: [
      {key: "label", label: "Lever", unit: "text"},
      {key: "value", label: "More a day", unit: "money", currency},
      {key: "change", label: "Change", unit: "ratio"}
    ],
    name: "velocity-levers",
    how: definitionOf(context, "velocity"),
    note: "The cycle divides: a tenth off gives a ninth more. Levers pull on each other in life: more deals of poorer fit lower the win rate.",
    empty: {
      reason: "The equation needs open deals and, in the last twelve months, won ones.",
      action: "Clear a filter, or choose another day."
    },
    render: (width) => BarRows({rows, width, unit: "money", currency, order: "given"})
  });
}

/** Money a day at the end of each quarter, as it was known then. */
export function VelocityTrend(
  context: PageContext,
  data: MovementData,
  {filters, asOf}: ChosenAsOf
): HTMLElement {
  const {site} = context;
  const quarters = site.quarters
    .filter(({from, to}) => from <= asOf && to >= data.since)
    .slice(-QUARTERS_SHOWN);
  const rows = quarters.map(({label, from, to}) => {
    const end = to < asOf ? to : asOf;
    const levers = leversOn(context, data, filters, dayNumber(end));
    const {n, average, winRate, cycleDays} = levers;
    return {label, on: from, value: velocity(levers), n, average, winRate, cycleDays, partial: asOf < to};
  });
  const {currency} = site;
  return Chart({
    title: "Money a day over time",
    subtitle: `At the end of each quarter, ${currency}; win rate and cycle of the twelve months to it`,
    rows: rows.some(({value}) => value !== null) ? rows : [],
    columns: [
      {key: "label", label: "Quarter", unit: "text"},
      {key: "value", label: "Money a day", unit: "money", currency},
      {key: "n", label: "Open deals", unit: "count"},
      {key: "average", label: "Average deal", unit: "money", currency},
      {key: "winRate", label: "Win rate", unit: "ratio"},
      {key: "cycleDays", label: "Mean cycle", unit: "days"}
    ],
    name: "velocity",
    how: definitionOf(context, "velocity"),
    render: (width) => Trend({rows, width, unit: "money", currency, meaning: "won"})
  });
}

/** The equation for each value of what the page is cut by, those with most deals. */
export function VelocityBySlice(
  context: PageContext,
  data: MovementData,
  {filters, day, cut: dimension}: ChosenAsOf
): HTMLElement {
  const {site, facts} = context;
  if (!dimension) return html`<span></span>`;
  const deals = facts["deals"]!;
  const found = [...groupRows(deals, selectRows(deals, filters), dimension.key)]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_SLICES)
    .map(([label]) => label);
  const rows = found.map((label) => {
    const levers = leversOn(context, data, {...filters, [dimension.key]: [label]}, day);
    return {...levers, label, value: velocity(levers)};
  });
  const {currency} = site;
  return DataTable(
    rows.sort((a, b) => (b.value ?? 0) - (a.value ?? 0)),
    [
      {key: "label", label: dimension.label, unit: "text"},
      {key: "value", label: "Money a day", unit: "money", currency},
      {key: "n", label: "Open deals", unit: "count"},
      {key: "average", label: "Average deal", unit: "money", currency},
      {key: "winRate", label: "Win rate", unit: "ratio"},
      {key: "cycleDays", label: "Mean cycle", unit: "days"},
      {key: "medianCycle", label: "Median cycle", unit: "days"}
    ],
    {
      caption: `The equation by ${dimension.label.toLowerCase()}; slices do not add up to the whole`,
      showCaption: true
    }
  );
}
