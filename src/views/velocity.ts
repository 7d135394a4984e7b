/** The Velocity page: what the pipeline turns out a day, which lever moves it, and where time goes. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {Trend} from "../components/charts/trend.js";
import {DataTable} from "../components/dataTable.js";
import {count, date, days, money, percent, type Unit} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour} from "../components/palette.js";
import type {PicksElement} from "../components/picks.js";
import type {State} from "../figures/chosen.js";
import type {DealList} from "../figures/pageFigures.js";
import {figuresOf} from "../figures/pageFigures.js";
import {type KnownLevers, leversPage, type VelocityFigures} from "../figures/velocity.js";
import {type Lever, type Levers, sensitivities, velocity} from "../slices/velocity.js";
import type {ChosenAsOf} from "./asOf.js";
import {showDeals} from "./deals.js";
import {comparedWith, type Earlier, earlier} from "./earlier.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";
import type {Source} from "./source.js";
import {showStanding} from "./standingDeals.js";

const SHARE = 0.1;

/** The levers of the day that the pick asks for. */
export function leversBefore(
  source: Source,
  state: State,
  picked: PicksElement["value"]
): Promise<Earlier<KnownLevers> | null> {
  const {isShortened, since} = source.history;
  const first = isShortened ? since : (source.site.quarters[0]?.from ?? source.site.asOf);
  return earlier(source, state, picked, {
    since: first,
    of: (loaded, chosen) => figuresOf(leversPage, loaded, chosen).levers
  });
}

/** One sentence: money a day by the equation and as it was won, and the lever that does most. */
export function velocityAnswer({site}: PageContext, {levers}: VelocityFigures): Content | null {
  const speed = velocity(levers);
  if (speed === null) return null;
  const cycle = sensitivities(levers as Levers, SHARE).find(({lever}) => lever === "cycleDays")!;
  return [
    "Sales velocity is ",
    html`<strong>${money(speed, site.currency)}</strong>`,
    " a day; in the last twelve months ",
    html`<strong>${money(levers.wonPerDay, site.currency)}</strong>`,
    " a day was won. 10% more open deals, larger deals or a higher win rate each add 10%; a 10% shorter cycle adds ",
    html`<strong>${percent(cycle.change)}</strong>`,
    "."
  ];
}

/** The four levers, each with the deals behind it. */
export function velocityKpis(
  context: PageContext,
  {asOf}: ChosenAsOf,
  {levers}: VelocityFigures,
  before: Earlier<KnownLevers> | null
): HTMLElement {
  const {n, average, winRate, cycleDays, medianCycle, nWon, nDecided, open, decided, won} = levers;
  const {currency} = context.site;
  const how = definitionOf(context, "velocity");
  const standing = (title: string, value: number | null, unit: "count" | "money", made?: string) => () =>
    showStanding(context, open, {
      ...{title, scope: `at the end of ${date(asOf)}`, value, unit},
      ...(made === undefined ? {} : {made})
    });
  const months = (title: string, deals: DealList, value: number | null, unit: Unit, made: string) => () =>
    showDeals(context, deals, {
      ...{title, scope: `twelve months to ${date(asOf)}`, value, unit},
      ...(value === null ? {} : {made})
    });
  const opens = (list: () => void, any: boolean) => (any ? {onOpen: list} : {});
  return kpiRow([
    Kpi({
      label: "Open deals",
      value: n,
      unit: "count",
      how,
      n,
      ...opens(standing("Open deals", n, "count"), open.n > 0),
      ...comparedWith(before, n, (then) => then.n, "count")
    }),
    Kpi({
      label: "Average open deal",
      value: average,
      unit: "money",
      currency,
      n,
      how,
      ...opens(
        standing(
          "Average open deal",
          average,
          "money",
          average === null ? "" : divided(average * open.n, open.n, average, currency)
        ),
        open.n > 0
      ),
      ...comparedWith(before, average, (then) => then.average, "money"),
      reason: open.n > 0 ? "No open deal states an amount." : "Nothing is open."
    }),
    Kpi({
      label: "Win rate, 12 months",
      value: winRate,
      unit: "ratio",
      n: nDecided,
      how,
      ...opens(
        months(
          "Win rate, 12 months",
          decided,
          winRate,
          "ratio",
          `${count(nWon)} / ${count(nDecided)} = ${percent(winRate)}`
        ),
        nDecided > 0
      ),
      ...comparedWith(before, winRate, (then) => then.winRate, "ratio", "up"),
      reason: "Nothing closed in the twelve months."
    }),
    Kpi({
      label: "Average cycle of won deals",
      value: cycleDays,
      unit: "days",
      n: nWon,
      how,
      ...(medianCycle === null ? {} : {note: `median ${days(medianCycle)}`}),
      ...opens(
        months("Average cycle of won deals", won, cycleDays, "days", "the mean of their cycles"),
        nWon > 0
      ),
      ...comparedWith(before, cycleDays, (then) => then.cycleDays, "days", "down"),
      reason: "Nothing was won in the twelve months."
    })
  ]);
}

/** "$39,500,000.00 / 52 = $759.6k". */
function divided(sum: number, n: number, value: number, currency: string): string {
  return `${money(sum, currency, {exact: true})} / ${count(n)} = ${money(value, currency)}`;
}

const LEVER_WORDS: Record<Lever, string> = {
  n: "10% more open deals",
  average: "10% larger deals",
  winRate: "10% higher win rate",
  cycleDays: "10% shorter cycle"
};

/** What each lever alone does to money a day. */
export function LeverBars(context: PageContext, {levers}: VelocityFigures): HTMLElement {
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
    title: "What each lever would add on its own",
    subtitle: `Sales velocity gained, ${currency} a day, with one lever 10% better and the others unchanged`,
    rows,
    columns: [
      {key: "label", label: "Lever", unit: "text"},
      {key: "value", label: "More a day", unit: "money", currency},
      {key: "change", label: "Change", unit: "ratio"}
    ],
    name: "velocity-levers",
    how: definitionOf(context, "velocity"),
    note: "The cycle is the divisor, so 10% off it adds 11%. In practice levers affect each other: more deals of poorer fit lower the win rate.",
    empty: {
      reason: "The equation needs open deals that state amounts and, in the last twelve months, won ones.",
      action: "Clear a filter, or choose another day."
    },
    render: (width) => BarRows({rows, width, unit: "money", currency, order: "given"})
  });
}

/** Money a day at the end of each quarter, as it was known then, and what was won a day in the twelve months before. */
export function VelocityTrend(context: PageContext, {trend: rows}: VelocityFigures): HTMLElement {
  const {currency} = context.site;
  const lines = [
    ...rows.map((row) => ({...row, series: "velocity"})),
    ...rows.map((row) => ({...row, value: row.value === null ? null : row.wonPerDay, n: null, series: "won"}))
  ];
  return Chart({
    title: "Sales velocity over time, and what was won",
    subtitle: `${currency} a day at the end of each quarter; win rate, cycle and won over the twelve months before`,
    rows: rows.some(({value}) => value !== null) ? rows : [],
    columns: [
      {key: "label", label: "Quarter", unit: "text"},
      {key: "value", label: "Sales velocity a day", unit: "money", currency},
      {key: "wonPerDay", label: "Won a day", unit: "money", currency},
      {key: "n", label: "Open deals", unit: "count"},
      {key: "average", label: "Average deal", unit: "money", currency},
      {key: "winRate", label: "Win rate", unit: "ratio"},
      {key: "cycleDays", label: "Average cycle", unit: "days"}
    ],
    name: "velocity",
    how: definitionOf(context, "velocity"),
    note: "The equation gives every open deal the average win rate. Where large or old deals are won less often, it promises more than is won.",
    render: (width) =>
      Trend({rows: lines, width, unit: "money", currency, colours: [colour("open"), colour("won")]})
  });
}

/** The equation for each value of what the page is cut by, those with most deals. */
export function VelocityBySlice(
  context: PageContext,
  {cut: dimension}: ChosenAsOf,
  {slices}: VelocityFigures
): HTMLElement {
  const {currency} = context.site;
  if (!dimension) return html`<span></span>`;
  return DataTable(
    slices,
    [
      {key: "label", label: dimension.label, unit: "text"},
      {key: "value", label: "Sales velocity a day", unit: "money", currency},
      {key: "n", label: "Open deals", unit: "count"},
      {key: "average", label: "Average deal", unit: "money", currency},
      {key: "winRate", label: "Win rate", unit: "ratio"},
      {key: "cycleDays", label: "Average cycle", unit: "days"},
      {key: "medianCycle", label: "Median cycle", unit: "days"}
    ],
    {
      caption: `Sales velocity by ${dimension.label.toLowerCase()} (parts do not add up to the total)`,
      showCaption: true
    }
  );
}
