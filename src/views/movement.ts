/** The Movement page: why the open pipeline changed between two days, and week by week. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {Flows} from "../components/charts/flows.js";
import {Waterfall, type WaterfallRow} from "../components/charts/waterfall.js";
import {DataTable} from "../components/dataTable.js";
import {FilterBar, type FilterBarElement, type FilterState} from "../components/filterBar.js";
import {count, date, money} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour, type Meaning, tint} from "../components/palette.js";
import {dayNumber, isoDay} from "../slices/facts.js";
import {LINE_WORDS, LINES, type Line, type Movement, movement} from "../slices/movement.js";
import type {MovementData} from "../slices/movementData.js";
import {type DaySpan, daySpan, dealLives} from "../slices/stretches.js";
import {weeklyMovement} from "../slices/weeklyMovement.js";
import {fitOf, freshness} from "./filters.js";
import {definitionOf} from "./metricKpi.js";
import {moveColumns, moveRows, showMoves} from "./movementRows.js";
import type {PageContext} from "./pageContext.js";

const ANY = "any";
const WEEKS_SHOWN = 26;

/** The movement of the page's selection. */
export interface ChosenMovement {
  from: string;
  to: string;
  /** The quarter deals are due in; null for any. */
  period: {label: string; span: DaySpan} | null;
  scope: string;
  lives: ReturnType<typeof dealLives>;
  moved: Movement;
}

/** Quarter deals are due in, the two days, and the slices. */
export function MovementFilters(
  {site}: Pick<PageContext, "site">,
  data: Pick<MovementData, "since" | "quarters">
): FilterBarElement {
  const min = isoDay(dayNumber(data.since) - 1);
  const weekBefore = isoDay(dayNumber(site.asOf) - 7);
  const newestFirst = [...data.quarters].reverse();
  return FilterBar({
    dimensions: site.dimensions,
    period: {
      values: [{value: ANY, label: "any quarter"}, ...newestFirst.map(({label}) => ({value: label, label}))],
      initial: ANY,
      label: "Due in",
      phrase: "due in"
    },
    dates: [
      {
        key: "from",
        label: "From the end of",
        initial: weekBefore < min ? min : weekBefore,
        min,
        max: site.asOf,
        phrase: "after"
      },
      {key: "to", label: "to", initial: site.asOf, min, max: site.asOf, phrase: "until"}
    ],
    asOf: site.asOf,
    freshness: freshness(site),
    everything: "All deals",
    ...fitOf(site)
  });
}

/** Works out the movement the filter bar asks for; days the wrong way round are turned. */
export function chooseMovement(data: MovementData, {period, filters, dates}: FilterState): ChosenMovement {
  const [from, to] = [dates!["from"]!, dates!["to"]!].sort() as [string, string];
  const quarter = data.quarters.find(({label}) => label === period);
  const lives = dealLives(data.stretches, data.deals, filters);
  const span = quarter ? daySpan(quarter) : null;
  return {
    from,
    to,
    period: quarter && span ? {label: quarter.label, span} : null,
    scope: `${quarter ? `due in ${quarter.label}, ` : ""}${date(from)} to ${date(to)}`,
    lives,
    moved: movement(lives, dayNumber(from), dayNumber(to), span)
  };
}

/** One sentence: by how much it changed, and the three largest reasons. */
export function movementAnswer({site}: PageContext, {from, moved, period}: ChosenMovement): Content | null {
  if (moved.nBegin + moved.nEnd + moved.moves.length === 0) return null;
  const say = (cents: number) => html`<strong>${money(Math.abs(cents) / 100, site.currency)}</strong>`;
  const change = moved.end - moved.begin;
  const what = period ? `The open pipeline due in ${period.label}` : "The open pipeline";
  if (moved.moves.length === 0) return [what, ` has not changed since ${date(from)}: `, say(moved.end), "."];
  const [first, ...others] = ranked(moved).slice(0, 3);
  const reason = (line: Line) => [say(moved.lines[line].cents), ` ${LINE_WORDS[line].toLowerCase()}`];
  return [
    ...(change === 0
      ? [`${what} is what it was on ${date(from)}, `, say(moved.end)]
      : [
          `${what} ${change > 0 ? "grew" : "fell"} by `,
          say(change),
          " to ",
          say(moved.end),
          ` since ${date(from)}`
        ]),
    ": ",
    ...reason(first!),
    ...others.flatMap((line) => [", ", ...reason(line)]),
    "."
  ];
}

/** Open at the end, won, moved out of the quarter or lost, and the wins nobody saw coming. */
export function movementKpis(context: PageContext, data: MovementData, chosen: ChosenMovement): HTMLElement {
  const {site} = context;
  const {moved, period, scope} = chosen;
  const of = (label: string, lines: readonly Line[], key: string) => {
    const moves = moved.moves.filter((move) => move.lines.some(({line}) => lines.includes(line)));
    const cents = lines.reduce((sum, line) => sum + moved.lines[line].cents, 0);
    const value = Math.abs(cents) / 100;
    return Kpi({
      label,
      value,
      unit: "money",
      currency: site.currency,
      n: moves.length,
      how: definitionOf(context, key),
      ...(moves.length > 0
        ? {onOpen: () => showMoves(context, data, moves, {title: label, scope, value: cents / 100, lines})}
        : {})
    });
  };
  const fast = moved.moves.filter(
    ({isThrough, class: name, from}) => isThrough && name === "won" && from === null
  );
  const fastCents = fast.reduce((sum, {to}) => sum + to.cents, 0);
  return kpiRow([
    Kpi({
      label: period ? `Open, due in ${period.label}` : "Open pipeline",
      value: moved.end / 100,
      unit: "money",
      currency: site.currency,
      n: moved.nEnd,
      how: definitionOf(context, "movement_end"),
      comparison: {
        value: moved.begin === 0 ? null : moved.end / moved.begin - 1,
        unit: "ratio",
        label: `since ${date(chosen.from)}`,
        goodWhen: null
      }
    }),
    of("Won", ["won"], "movement_won"),
    period
      ? of("Moved out of the quarter", ["pushed_out", "pulled_out"], "movement_slipped")
      : of("Lost", ["lost"], "movement_lost"),
    Kpi({
      label: "Created and won in between",
      value: fastCents / 100,
      unit: "money",
      currency: site.currency,
      n: fast.length,
      how: definitionOf(context, "fast_wins"),
      ...(fast.length > 0
        ? {
            onOpen: () =>
              showMoves(context, data, fast, {
                title: "Created and won in between",
                scope,
                value: -fastCents / 100,
                lines: ["won"]
              })
          }
        : {})
    })
  ]);
}

/** Begin, every line that is not zero, end. */
export function MovementWaterfall(
  context: PageContext,
  data: MovementData,
  chosen: ChosenMovement
): HTMLElement {
  const {site} = context;
  const {moved, from, to, scope} = chosen;
  const changes = LINES.filter((line) => moved.lines[line].n > 0);
  const rows: WaterfallRow[] = [
    {label: `Open ${date(from)}`, value: moved.begin / 100, isLevel: true, n: moved.nBegin, meaning: "open"},
    ...changes.map((line) => ({
      label: LINE_WORDS[line],
      value: moved.lines[line].cents / 100,
      n: moved.lines[line].n,
      meaning: MEANINGS[line]
    })),
    {label: `Open ${date(to)}`, value: moved.end / 100, isLevel: true, n: moved.nEnd, meaning: "open"}
  ];
  const lineOf = new Map(changes.map((line) => [LINE_WORDS[line], line]));
  return Chart({
    title: "What changed the open pipeline",
    subtitle: `Open amount, ${site.currency}, ${scope}`,
    rows: moved.nBegin + moved.nEnd + moved.moves.length > 0 ? rows : [],
    columns: [
      {key: "label", label: "Line", unit: "text"},
      {key: "value", label: "Amount", unit: "money", currency: site.currency},
      {key: "n", label: "Deals", unit: "count"}
    ],
    name: "movement",
    how: definitionOf(context, "movement"),
    note: "Begin and the lines add up to the end, to the cent. A deal that leaves counts with the amount it left with; what changed before that is increased or decreased.",
    empty: {
      reason: "No deal of this selection was open on either day.",
      action: "Choose other days, or clear a filter."
    },
    render: (width) =>
      Waterfall({
        rows,
        width,
        unit: "money",
        currency: site.currency,
        onSelect: (label) => {
          const line = lineOf.get(label);
          const lines = line ? [line] : undefined;
          const value = line ? moved.lines[line].cents : moved.end - moved.begin;
          const title = line ? label : "Everything that changed";
          showMoves(context, data, moved.moves, {
            title,
            scope,
            value: value / 100,
            ...(lines ? {lines} : {})
          });
        }
      })
  });
}

/** Each deal that changed it, the largest first. */
export function MovementDeals(
  context: PageContext,
  data: MovementData,
  {moved}: ChosenMovement
): HTMLElement {
  const rows = moveRows(data, moved.moves);
  return DataTable(rows, moveColumns(context, rows), {
    caption: "Why it changed: every deal that moved, the largest change first",
    showCaption: true,
    pageSize: 12,
    empty: {
      reason: "No deal moved in this selection.",
      action: "Choose days further apart, or clear a filter."
    }
  });
}

const GROUPS: {label: string; lines: Line[]; paint: string}[] = [
  {
    label: "came in",
    lines: ["new", "reopened", "pulled_in", "pushed_in", "transferred_in"],
    paint: colour("open")
  },
  {label: "amounts changed", lines: ["increased", "decreased", "revalued"], paint: tint("open", 0.4)},
  {label: "won", lines: ["won"], paint: colour("won")},
  {label: "lost or deleted", lines: ["lost", "deleted"], paint: colour("lost")},
  {label: "moved out", lines: ["pushed_out", "pulled_out", "transferred_out"], paint: colour("warning")}
];

/** What came in and went out each week, over the whole history; the newest weeks are drawn. */
export function MovementByWeek(
  context: PageContext,
  data: MovementData,
  chosen: ChosenMovement
): HTMLElement {
  const {site} = context;
  const weeks = data.weeks.map((week) => ({label: week.from, ...daySpan(week)}));
  const all = weeklyMovement(chosen.lives, weeks, chosen.period?.span ?? null);
  const known = all.filter(({nBegin, nEnd, moves}) => nBegin + nEnd + moves.length > 0);
  const rows = known.map(({week, begin, end, nEnd, lines}) => ({
    week: week.label,
    begin: begin / 100,
    ...(Object.fromEntries(LINES.map((line) => [line, lines[line].cents / 100])) as Record<Line, number>),
    end: end / 100,
    n: nEnd
  }));
  const shown = known.slice(-WEEKS_SHOWN);
  const money = {unit: "money", currency: site.currency} as const;
  return Chart({
    title: "Week by week",
    subtitle: `What came in and went out of the open pipeline, ${site.currency}${chosen.period ? `, due in ${chosen.period.label}` : ""}; the last ${count(shown.length)} weeks of ${count(known.length)}`,
    rows,
    columns: [
      {key: "week", label: "Week of", unit: "date"},
      {key: "begin", label: "Begin", ...money},
      ...LINES.filter((line) => rows.some((row) => row[line] !== 0)).map((line) => ({
        key: line,
        label: LINE_WORDS[line],
        ...money
      })),
      {key: "end", label: "End", ...money},
      {key: "n", label: "Deals at the end", unit: "count"}
    ],
    name: "movement-by-week",
    how: definitionOf(context, "movement"),
    note: "A week in which a quarter ends is two. Show data lists every week since the data begin.",
    render: (width) =>
      Flows({
        rows: shown.map(({week, lines}) => ({
          on: week.label,
          label: `Week of ${date(week.label)}`,
          parts: Object.fromEntries(
            GROUPS.map(({label, lines: of}) => [
              label,
              of.reduce((sum, line) => sum + lines[line].cents, 0) / 100
            ])
          ),
          partial: isoDay(week.to) === site.asOf
        })),
        keys: GROUPS.map(({label}) => label),
        colours: GROUPS.map(({paint}) => paint),
        width,
        unit: "money",
        currency: site.currency,
        onSelect: (on) => {
          const {week, moves, begin, end} = known.find(({week}) => week.label === on)!;
          const scope = `${date(isoDay(week.from))} to ${date(isoDay(week.to))}`;
          showMoves(context, data, moves, {title: `Week of ${date(on)}`, scope, value: (end - begin) / 100});
        }
      })
  });
}

const MEANINGS: Record<Line, Meaning> = {
  new: "open",
  reopened: "open",
  pulled_in: "open",
  pushed_in: "open",
  transferred_in: "open",
  increased: "open",
  decreased: "warning",
  revalued: "direct",
  won: "won",
  lost: "lost",
  pushed_out: "warning",
  pulled_out: "warning",
  transferred_out: "warning",
  deleted: "lost"
};

/** Lines that moved anything, the largest first. */
function ranked({lines}: Movement): Line[] {
  return LINES.filter((line) => lines[line].cents !== 0).sort(
    (a, b) => Math.abs(lines[b].cents) - Math.abs(lines[a].cents)
  );
}
