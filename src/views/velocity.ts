/** The Velocity page: what the pipeline turns out a day, which lever moves it, and where time goes. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {Trend} from "../components/charts/trend.js";
import {DataTable} from "../components/dataTable.js";
import {date, days, money, percent, type Unit} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {type Closed, closedIn} from "../slices/closedDeals.js";
import {dayNumber} from "../slices/facts.js";
import type {MovementData} from "../slices/movementData.js";
import {groupRows, selectRows} from "../slices/select.js";
import {cutLives, type DealLife, dealLives, stateOn} from "../slices/stretches.js";
import {type Lever, type Levers, sensitivities, velocity} from "../slices/velocity.js";
import type {ChosenAsOf} from "./asOf.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";
import {type Standing, showStanding} from "./standingDeals.js";

const YEAR = 365;
const QUARTERS_SHOWN = 12;
const SHARE = 0.1;
const MOST_SLICES = 25;

export type KnownLevers = {[lever in Lever]: number | null} & {
  medianCycle: number | null;
  /** The deals behind them: open at the end of the day; rows of those that closed in the twelve months to it. */
  open: Standing[];
  closed: Pick<Closed, "won" | "lost">;
};

/** The four levers at the end of a day: what is open then, and what closed in the twelve months to it. */
export function leversOn(
  context: PageContext,
  data: MovementData,
  filters: Chosen["filters"],
  day: number
): KnownLevers {
  const rows = selectRows(context.facts["deals"]!, filters);
  return leversOf(context, dealLives(data.stretches, data.deals, filters), rows, day);
}

/** The same of lives and rows of deals that are already chosen. */
function leversOf(
  {facts}: PageContext,
  lives: readonly DealLife[],
  rows: readonly number[],
  day: number
): KnownLevers {
  const open = lives.flatMap((life) => {
    const state = stateOn(life, day);
    return state?.status === "open" && state.isMine ? [{deal: life.deal, state}] : [];
  });
  const closed = closedIn(facts["deals"]!, rows, {from: day - YEAR + 1, to: day});
  return {
    n: open.length,
    average: open.length > 0 ? open.reduce((sum, {state}) => sum + state.cents, 0) / 100 / open.length : null,
    winRate: closed.winRate,
    cycleDays: closed.meanCycle,
    medianCycle: closed.medianCycle,
    open,
    closed
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

/** The four levers, each with the deals behind it. */
export function velocityKpis(
  context: PageContext,
  data: MovementData,
  {asOf}: ChosenAsOf,
  {n, average, winRate, cycleDays, medianCycle, open, closed}: KnownLevers
): HTMLElement {
  const {currency} = context.site;
  const how = definitionOf(context, "velocity");
  const standing = (title: string, value: number | null, unit: "count" | "money") => () =>
    showStanding(context, data, open, {title, scope: `at the end of ${date(asOf)}`, value, unit});
  const months = (title: string, rows: readonly number[], value: number | null, unit: Unit) => () =>
    showDeals(context, rows, {title, scope: `twelve months to ${date(asOf)}`, value, unit});
  const decided = [...closed.won, ...closed.lost];
  const opens = (list: () => void, any: boolean) => (any ? {onOpen: list} : {});
  return kpiRow([
    Kpi({
      label: "Open deals",
      value: n,
      unit: "count",
      how,
      n,
      ...opens(standing("Open deals", n, "count"), open.length > 0)
    }),
    Kpi({
      label: "Average open deal",
      value: average,
      unit: "money",
      currency,
      n,
      how,
      ...opens(
        standing("Open deals", average === null ? null : average * open.length, "money"),
        open.length > 0
      ),
      reason: "Nothing is open."
    }),
    Kpi({
      label: "Win rate, 12 months",
      value: winRate,
      unit: "ratio",
      n: decided.length,
      how,
      ...opens(months("Win rate", decided, winRate, "ratio"), decided.length > 0),
      reason: "Nothing closed in the twelve months."
    }),
    Kpi({
      label: `Mean cycle, won${medianCycle === null ? "" : ` (median ${days(medianCycle)})`}`,
      value: cycleDays,
      unit: "days",
      n: closed.won.length,
      how,
      ...opens(months("Mean cycle of won deals", closed.won, cycleDays, "days"), closed.won.length > 0),
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
  const lives = dealLives(data.stretches, data.deals, filters);
  const selected = selectRows(context.facts["deals"]!, filters);
  const rows = quarters.map(({label, from, to}) => {
    const end = to < asOf ? to : asOf;
    const levers = leversOf(context, lives, selected, dayNumber(end));
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
    .slice(0, MOST_SLICES);
  const lives = cutLives(dealLives(data.stretches, data.deals, filters), data, dimension.key);
  const rows = found.map(([label, own]) => {
    const levers = leversOf(context, lives.get(label) ?? [], own, day);
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
