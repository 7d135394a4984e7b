/** Why it moved: the change of the quarter's forecast between two days, split to the deal and to the cent. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {Chart} from "../../components/chart.js";
import {Trend} from "../../components/charts/trend.js";
import {Waterfall, type WaterfallRow} from "../../components/charts/waterfall.js";
import {DataTable, type TableColumn} from "../../components/dataTable.js";
import {openDealPanel} from "../../components/dealPanel.js";
import {count, date, money, signed} from "../../components/format.js";
import {Kpi, kpiRow} from "../../components/kpi.js";
import {colour, type Meaning} from "../../components/palette.js";
import {Picks, type PicksElement} from "../../components/picks.js";
import {MOVE_WORDS, type Moved, type MoveLine, type MovesData, movedBetween} from "../../slices/moves.js";
import type {QuarterOutlook} from "../../slices/outlook.js";
import type {SiteData} from "../../slices/site.js";
import {definitionOf} from "../metricKpi.js";
import {pointer} from "../pageLinks.js";
import {heldBriefly} from "./words.js";

/** The first day as the build before this one said it. */
const BUILD = "build";

const MEANINGS: Record<MoveLine, Meaning> = {
  won: "won",
  lost: "lost",
  new: "open",
  reopened: "open",
  stage: "open",
  redated: "warning",
  repriced: "direct",
  people: "open",
  outside: "won",
  deleted: "lost",
  calendar: "lost",
  rates: "forecast",
  fresh: "forecast",
  method: "forecast",
  restated: "warning"
};

export const NEXT = "next";

/** Which quarter's forecast is taken apart: the one under way, or the one after. */
export function QuarterPick({quarter, after}: MovesData): PicksElement {
  const next = after ? [{value: NEXT, label: after}] : [];
  const values = [{value: "now", label: quarter?.label || "this quarter"}, ...next];
  return Picks([{key: "quarter", label: "Forecast of", values, initial: "now"}], "Quarter");
}

/** Between which two days. */
export function MovePicks({levels, published}: MovesData): PicksElement {
  const days = [...levels].reverse().map(({on}) => ({value: on, label: date(on)}));
  const build = published ? [{value: BUILD, label: `${date(published.on)}, as published then`}] : [];
  const last = levels.at(-1)?.on ?? "";
  return Picks(
    [
      {
        key: "from",
        label: "From the end of",
        values: [...build, ...days],
        initial: levels.at(-5)?.on ?? levels[0]?.on ?? ""
      },
      {key: "to", label: "to", values: days, initial: last}
    ],
    "Days compared"
  );
}

export interface ChosenMoves {
  moved: Moved | null;
  from: string;
  to: string;
}

/** The split between the chosen days; days the wrong way round are turned. */
export function chooseMoves(data: MovesData, picked: Readonly<Record<string, string>>): ChosenMoves {
  const isBuild = picked["from"] === BUILD && data.published !== null;
  const [from = "", to = ""] = [isBuild ? data.published!.on : picked["from"]!, picked["to"]!].sort();
  const place = (day: string) => data.levels.findIndex(({on}) => on === day);
  const [a, b] = [place(from), place(to)];
  return {
    moved:
      a >= 0 && (b > a || (isBuild && b === a))
        ? movedBetween(data, a, b, isBuild && from === data.published!.on)
        : null,
    from,
    to
  };
}

/** One sentence: by how much, and the three largest reasons. */
export function movesAnswer(
  {quarter, currency, reason}: MovesData,
  {moved, from}: ChosenMoves
): Content | null {
  if (!quarter || reason) return reason;
  if (!moved) return "Choose two different days.";
  const say = (cents: number) => html`<strong>${money(Math.abs(cents) / 100, currency)}</strong>`;
  const change = moved.end.mean - moved.begin.mean;
  const most = ranked(moved).slice(0, 3);
  return [
    `The forecast of ${quarter.label} ${change === 0 ? "is where it was" : change > 0 ? "rose by " : "fell by "}`,
    ...(change === 0 ? [] : [say(change), " to ", say(moved.end.mean)]),
    ` since ${date(from)}: `,
    ...most.flatMap(({line, cents}, i) => [
      i > 0 ? ", " : "",
      `${MOVE_WORDS[line].toLowerCase()} `,
      html`<strong class="weir-signed">${signed(cents / 100, "money", currency)}</strong>`
    ]),
    "."
  ];
}

/** Forecast on both days, and what its parts did. */
export function movesKpis(
  site: SiteData,
  {currency, quarter}: MovesData,
  {moved, from, to}: ChosenMoves
): HTMLElement {
  if (!moved || !quarter) return html`<div></div>`;
  const {begin, end} = moved;
  const card = (label: string, a: number, b: number) =>
    Kpi({
      label,
      value: b / 100,
      unit: "money",
      currency,
      how: definitionOf({site}, "forecast_moves"),
      comparison: {value: (b - a) / 100, unit: "money", label: `since ${date(from)}`, goodWhen: null}
    });
  return kpiRow([
    card(`${quarter.label}, expected on ${date(to)}`, begin.mean, end.mean),
    card("Won in the quarter", begin.won, end.won),
    card("Expected from open deals", begin.open, end.open),
    card("Expected from deals not created yet", begin.fresh, end.fresh)
  ]);
}

/** Begin, every line that moved it, end. */
export function MovesWaterfall(site: SiteData, data: MovesData, chosen: ChosenMoves): HTMLElement {
  const {currency, quarter} = data;
  const {moved, from, to} = chosen;
  if (!moved || !quarter) return html`<div></div>`;
  const rows: WaterfallRow[] = [
    {label: `Forecast ${date(from)}`, value: moved.begin.mean / 100, isLevel: true, meaning: "forecast"},
    ...moved.lines
      .filter(({cents}) => cents !== 0)
      .map(({line, cents, n}) => ({
        label: MOVE_WORDS[line],
        value: cents / 100,
        n: n > 0 ? n : null,
        meaning: MEANINGS[line]
      })),
    {label: `Forecast ${date(to)}`, value: moved.end.mean / 100, isLevel: true, meaning: "forecast"}
  ];
  const lineOf = new Map(moved.lines.map(({line}) => [MOVE_WORDS[line], line]));
  return Chart({
    title: `What moved the forecast of ${quarter.label}`,
    subtitle: `Expected in the quarter, ${currency}, as it was known on ${date(from)} and on ${date(to)}`,
    rows,
    columns: [
      {key: "label", label: "Change", unit: "text"},
      {key: "value", label: "Amount", unit: "money", currency},
      {key: "n", label: "Deals", unit: "count", missing: ""}
    ],
    name: "forecast-moves",
    how: definitionOf({site}, "forecast_moves"),
    note: "The changes explain the difference between the two forecasts to the cent. Select a bar to list its deals.",
    render: (width) =>
      Waterfall({
        rows,
        width,
        unit: "money",
        currency,
        onSelect: (label) => openLine(site, data, chosen, lineOf.get(label) ?? null)
      })
  });
}

interface MovedRow {
  deal_id: string;
  deal: string;
  change: number;
  why: string;
  stage: string | null;
  owner: string | null;
  outcome: string | null;
}

function rowsOf(moved: Moved, only: MoveLine | null): MovedRow[] {
  const rows = moved.deals.flatMap(({deal, cents, lines}): MovedRow[] => {
    const part = only ? lines.find(({line}) => line === only)?.cents : cents;
    if (part === undefined || (only && part === 0)) return [];
    return [
      {
        deal_id: deal.id,
        deal: deal.name,
        change: part / 100,
        why: lines
          .filter(({cents: value}) => value !== 0)
          .slice(0, 3)
          .map(({line}) => MOVE_WORDS[line].toLowerCase())
          .join(", "),
        stage: deal.stage,
        owner: deal.owner,
        outcome: deal.outcome
      }
    ];
  });
  const others = moved.unlisted.filter(({line}) => only === null || line === only);
  return [
    ...rows.sort((a, b) => Math.abs(b.change) - Math.abs(a.change)),
    ...others.map(({line, cents, n}) => ({
      deal_id: "",
      deal: n > 0 ? `${count(n)} smaller changes` : "not about single deals",
      change: cents / 100,
      why: MOVE_WORDS[line].toLowerCase(),
      stage: null,
      owner: null,
      outcome: null
    }))
  ];
}

function columnsOf(site: SiteData, currency: string): TableColumn<MovedRow>[] {
  const link = ({deal_id}: MovedRow) =>
    deal_id && site.dealUrl ? site.dealUrl.replace("{id}", encodeURIComponent(deal_id)) : null;
  return [
    {key: "deal", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
    {key: "change", label: "Moved the forecast by", unit: "money", currency, total: true},
    {key: "why", label: "Because", unit: "text"},
    {key: "outcome", label: "Now", unit: "text", missing: ""},
    {key: "stage", label: "Stage", unit: "text", missing: ""},
    {key: "owner", label: "Owner", unit: "text", missing: ""}
  ];
}

function openLine(
  site: SiteData,
  {currency}: MovesData,
  {moved, from, to}: ChosenMoves,
  line: MoveLine | null
): void {
  if (!moved) return;
  const value = line
    ? moved.lines.find((each) => each.line === line)!.cents
    : moved.end.mean - moved.begin.mean;
  openDealPanel({
    title: line ? MOVE_WORDS[line] : "Everything that moved it",
    figure: {value: value / 100, unit: "money", currency},
    scope: `${date(from)} to ${date(to)}`,
    rows: rowsOf(moved, line),
    columns: columnsOf(site, currency)
  });
}

/** Every deal that moved it. */
export function MovedDeals(site: SiteData, {currency}: MovesData, {moved}: ChosenMoves): HTMLElement {
  if (!moved) return html`<div></div>`;
  return DataTable(rowsOf(moved, null), columnsOf(site, currency), {
    caption: "Deals that moved the forecast, largest change first",
    showCaption: true,
    pageSize: 14
  });
}

/** The forecast of the quarter as it was said each week. */
export function ForecastOverTime(
  site: SiteData,
  {levels, quarter, currency}: MovesData,
  outlook: readonly QuarterOutlook[]
): HTMLElement {
  if (!quarter) return html`<div></div>`;
  const held = outlook.find(({label}) => label === quarter.label)?.held;
  const rows = levels.map(({on, mean, low80, high80, won}) => ({
    on,
    mean: mean / 100,
    low80: low80 / 100,
    high80: high80 / 100,
    won: won / 100
  }));
  const cash = {unit: "money", currency} as const;
  return Chart({
    title: `How the forecast of ${quarter.label} moved`,
    subtitle: `Expected in the quarter, ${currency}, by the day of the forecast. Band: 80%`,
    rows,
    columns: [
      {key: "on", label: "Forecast on", unit: "date"},
      {key: "mean", label: "Expected", ...cash},
      {key: "low80", label: "80% from", ...cash},
      {key: "high80", label: "80% to", ...cash},
      {key: "won", label: "Won by then", ...cash}
    ],
    name: "forecast-over-time",
    note: html`${held ? `The newest band: ${heldBriefly(held)}. ` : ""}${pointer(site, "At every horizon: ", "track-record", "Track record")}`,
    render: (width) =>
      Trend({
        rows: [
          ...rows.map(({on, mean, low80, high80}) => ({
            on,
            value: mean,
            lo: low80,
            hi: high80,
            series: "expected"
          })),
          ...rows.map(({on, won}) => ({on, value: won, series: "won"}))
        ],
        width,
        grain: "day",
        colours: [colour("forecast"), colour("won")],
        target: quarter.target === null ? null : {value: quarter.target, label: "target"},
        ...cash
      })
  });
}

function ranked({lines}: Moved): Moved["lines"] {
  return lines.filter(({cents}) => cents !== 0).sort((a, b) => Math.abs(b.cents) - Math.abs(a.cents));
}
