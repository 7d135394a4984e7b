/** The Movement page: why the open pipeline changed between two days, and week by week. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {Waterfall, type WaterfallRow} from "../components/charts/waterfall.js";
import {DataTable} from "../components/dataTable.js";
import type {FilterState} from "../components/filterBar.js";
import {count, date, money, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import type {Meaning} from "../components/palette.js";
import {standingRows} from "../figures/standing.js";
import {stated} from "../slices/evaluate.js";
import {dayNumber, isoDay} from "../slices/facts.js";
import {
  isUnpriced,
  LINE_WORDS,
  LINES,
  type Line,
  type Movement,
  movement,
  nMoved
} from "../slices/movement.js";
import {
  addedUp,
  type Fast,
  type MovementCells,
  type WeekOfCells,
  weeksBetween,
  weeksOfCells
} from "../slices/movementCells.js";
import type {MovementData} from "../slices/movementData.js";
import type {Dimension, SiteData} from "../slices/site.js";
import {type DaySpan, daySpan, dealLives, stateOn} from "../slices/stretches.js";
import {cutOf} from "./filters.js";
import {definitionOf} from "./metricKpi.js";
import {
  largestMoveRows,
  type MoveRow,
  moveColumns,
  moveRows,
  showLargestMoves,
  showMoves
} from "./movementRows.js";
import {type PageContext, undatedNote} from "./pageContext.js";
import {showStanding} from "./standingDeals.js";

const NO_AMOUNT = "None of these deals states an amount.";
const UNPRICED = "What was open is not known: none of the open deals states an amount.";

/** The movement of the page's selection. */
export interface ChosenMovement {
  from: string;
  to: string;
  /** The quarter deals are due in; null for any. */
  period: {label: string; span: DaySpan} | null;
  scope: string;
  lives: ReturnType<typeof dealLives>;
  moved: Movement;
  filters: FilterState["filters"];
  /** Of a large firm: every week of the selection, and the days that the weeks in question span, with those asked where they are others. */
  weeks: {all: WeekOfCells[]; span: DaySpan; fast: Fast; asked: string | null} | null;
  /** What slices are cut by; null when the deals are cut by nothing. */
  cut: Dimension | null;
}

/** Works out the movement the filter bar asks for; days the wrong way round are turned. */
export function chooseMovement({site}: PageContext, data: MovementData, state: FilterState): ChosenMovement {
  const {period, filters, dates} = state;
  const [from, to] = [dates!["from"]!, dates!["to"]!].sort() as [string, string];
  if (data.cells) return chooseWeeks(data.cells, filters, from, to);
  const quarter = data.quarters.find(({label}) => label === period);
  const lives = dealLives(data.stretches, data.deals, filters);
  const span = quarter ? daySpan(quarter) : null;
  return {
    from,
    to,
    period: quarter && span ? {label: quarter.label, span} : null,
    scope: `${quarter ? `due in ${quarter.label}, ` : ""}${date(from)} to ${date(to)}`,
    lives,
    moved: movement(lives, dayNumber(from), dayNumber(to), span),
    filters,
    weeks: null,
    cut: cutOf(site, state)
  };
}

/** The whole weeks between two days, added up. */
function chooseWeeks(
  cells: MovementCells,
  filters: FilterState["filters"],
  first: string,
  last: string
): ChosenMovement {
  const all = weeksOfCells(cells, filters);
  const chosen = weeksBetween(all, dayNumber(first), dayNumber(last));
  const {fast, ...moved} = addedUp(chosen);
  // Of filters together the newest weeks alone are known.
  const span = {
    from: chosen[0]?.week.from ?? dayNumber(first) + 1,
    to: chosen.at(-1)?.week.to ?? dayNumber(last)
  };
  const [from, to] = [isoDay(span.from - 1), isoDay(span.to)];
  const scope = `${date(from)} to ${date(to)}, ${count(chosen.length)} ${chosen.length === 1 ? "week" : "weeks added up"}`;
  const isAsAsked = from === first && to === last;
  const weeks = {all, span, fast, asked: isAsAsked ? null : `${date(first)} to ${date(last)}`};
  return {from, to, period: null, scope, lives: [], moved, filters, weeks, cut: null};
}

/** One sentence: by how much it changed, and the three largest reasons. */
export function movementAnswer(
  {site}: PageContext,
  {from, to, moved, period, weeks}: ChosenMovement
): Content | null {
  if (moved.nBegin + moved.nEnd + nMoved(moved) === 0) return null;
  const say = (cents: number) => html`<strong>${money(Math.abs(cents) / 100, site.currency)}</strong>`;
  const change = moved.end - moved.begin;
  const undated = undatedNote(site, to);
  const what = period ? `The open pipeline due in ${period.label}` : "The open pipeline";
  const since = to === site.asOf ? `since ${date(from)}` : `from ${date(from)} to ${date(to)}`;
  if (isUnpriced(moved)) return `${UNPRICED} ${count(nMoved(moved))} deals moved ${since}.`;
  if (nMoved(moved) === 0) return [what, ` has not changed ${since}: `, say(moved.end), "."];
  const [first, ...others] = ranked(moved).slice(0, 3);
  // Deals that say no amount move, and change nothing.
  if (!first)
    return [
      what,
      ` has not changed ${since}: `,
      say(moved.end),
      `, though ${count(nMoved(moved))} deals moved.`
    ];
  const reason = (line: Line) => [say(moved.lines[line].cents), ` ${LINE_WORDS[line].toLowerCase()}`];
  return [
    ...(change === 0
      ? [`${what} is what it was on ${date(from)}, `, say(moved.end)]
      : [
          `${what} ${change > 0 ? "grew" : "fell"} by `,
          say(change),
          moved.begin > 0 ? ` (${share(change / moved.begin)}) to ` : " to ",
          say(moved.end),
          ` ${since}`
        ]),
    ": ",
    ...reason(first),
    ...others.flatMap((line) => [", ", ...reason(line)]),
    weeks?.asked ? `. Known by whole weeks: ${weeks.asked} was asked.` : ".",
    undated ? ` ${undated}` : ""
  ];
}

/** "+8.2%" of what was open before. */
function share(change: number): string {
  return `${change > 0 ? "+" : ""}${percent(change)}`;
}

/** Open at the end, won, moved out of the quarter or lost, and the wins nobody saw coming. */
export function movementKpis(context: PageContext, data: MovementData, chosen: ChosenMovement): HTMLElement {
  const {site} = context;
  const {moved, period, scope, weeks, filters, lives, to} = chosen;
  const open = () =>
    lives.flatMap((life) => {
      const state = stateOn(life, dayNumber(to));
      const isDue =
        !period || (state?.dueOn != null && state.dueOn >= period.span.from && state.dueOn <= period.span.to);
      return state?.status === "open" && state.isMine && isDue ? [{deal: life.deal, state}] : [];
    });
  const of = (label: string, lines: readonly Line[], key: string) => {
    const moves = moved.moves.filter((move) => move.lines.some(({line}) => lines.includes(line)));
    const cents = lines.reduce((sum, line) => sum + moved.lines[line].cents, 0);
    const n = weeks ? lines.reduce((sum, line) => sum + moved.lines[line].n, 0) : moves.length;
    const says = {title: label, scope, value: Math.abs(cents) / 100, isGone: cents < 0};
    return Kpi({
      label,
      value: stated(Math.abs(cents) / 100, n),
      reason: NO_AMOUNT,
      unit: "money",
      currency: site.currency,
      n,
      how: definitionOf(context, key),
      ...(n > 0
        ? {
            onOpen: () =>
              weeks
                ? void showLargestMoves(context, data, {filters, span: weeks.span, lines}, {...says, n})
                : showMoves(context, data, moves, {...says, lines})
          }
        : {})
    });
  };
  const fast = moved.moves.filter(
    ({isThrough, class: name, from}) => isThrough && name === "won" && from === null
  );
  const fastCents = weeks?.fast.cents ?? fast.reduce((sum, {to}) => sum + to.cents, 0);
  return kpiRow([
    Kpi({
      label: `Open${to === site.asOf ? (period ? "" : " pipeline") : ` on ${date(to)}`}${period ? `, due in ${period.label}` : ""}`,
      figure: "Open at the end",
      value: stated(moved.end / 100, moved.nEnd),
      reason: NO_AMOUNT,
      unit: "money",
      currency: site.currency,
      n: moved.nEnd,
      how: definitionOf(context, "movement_end"),
      ...(moved.nEnd > 0 && !weeks
        ? {
            onOpen: () =>
              showStanding(context, standingRows(data, open()), {
                title: "Open pipeline",
                scope: `${period ? `due in ${period.label}, ` : ""}at the end of ${date(to)}`,
                value: moved.end / 100,
                unit: "money"
              })
          }
        : {}),
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
      label: "Fast wins",
      note: weeks ? "created and won within a week" : "created and won in between",
      value: stated(fastCents / 100, weeks?.fast.n ?? fast.length),
      reason: NO_AMOUNT,
      unit: "money",
      currency: site.currency,
      n: weeks?.fast.n ?? fast.length,
      how: definitionOf(context, "fast_wins"),
      ...(fast.length > 0
        ? {
            onOpen: () =>
              showMoves(context, data, fast, {
                title: "Fast wins: created and won in between",
                scope,
                value: fastCents / 100,
                isGone: true,
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
  const {moved, from, to, scope, weeks, filters} = chosen;
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
    rows: moved.nBegin + moved.nEnd + nMoved(moved) > 0 && !isUnpriced(moved) ? rows : [],
    columns: [
      {key: "label", label: "Change", unit: "text"},
      {key: "value", label: "Amount", unit: "money", currency: site.currency},
      {key: "n", label: "Deals", unit: "count"}
    ],
    name: "movement",
    how: definitionOf(context, "movement"),
    note: `${weeks ? `Movements of ${count(site.nDeals)} deals are known by whole weeks: the days chosen are taken to the ends of weeks, ${date(from)} and ${date(to)}${site.parts?.recent ? `; from ${date(site.parts.recent.since)} on any two days are` : ""}. ` : ""}The changes explain the difference between the two days to the cent. A deal that left counts at the amount it left with; amount changes before that are under increased or decreased. Select a bar to list its deals.`,
    empty: isUnpriced(moved)
      ? {reason: UNPRICED, action: "Export the deals with their amounts."}
      : nothing(site, chosen),
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
          if (weeks) {
            const of = {filters, span: weeks.span, ...(lines ? {lines} : {})};
            const n = line ? moved.lines[line].n : nMoved(moved);
            return void showLargestMoves(context, data, of, {title, scope, value: value / 100, n});
          }
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

/** Why there is nothing to draw: no deal, or days of which a large firm's weeks do not tell. */
function nothing({nDeals}: SiteData, {weeks, to}: ChosenMovement): {reason: string; action: string} {
  const [first] = weeks?.all ?? [];
  return first && first.week.from > dayNumber(to)
    ? {
        reason: `With ${count(nDeals)} deals, these filters together are known from ${date(first.week.label)} on.`,
        action: "Choose later days, or fewer filters."
      }
    : {
        reason: "No deal of this selection was open on either day.",
        action: "Choose other days, or clear a filter."
      };
}

/** Each deal that changed it, the largest first. */
export function MovementDeals(
  context: PageContext,
  data: MovementData,
  {moved, weeks, filters}: ChosenMovement
): HTMLElement {
  if (!weeks)
    return MoveTable(context, moveRows(data, moved.moves), "every deal that moved, largest change first");
  const place = html`<div></div>`;
  void largestMoveRows(data, {filters, span: weeks.span}).then((rows) => {
    const which = `the ${count(rows.length)} largest of ${count(nMoved(moved))} changes`;
    place.replaceChildren(
      MoveTable(context, rows, rows.length < nMoved(moved) ? which : "every change, largest first")
    );
  });
  return place;
}

function MoveTable(context: PageContext, rows: MoveRow[], which: string): HTMLElement {
  return DataTable(rows, moveColumns(context, rows), {
    caption: `Why it changed: ${which}`,
    showCaption: true,
    pageSize: 12,
    empty: {
      reason: "No deal moved in this selection.",
      action: "Choose days further apart, or clear a filter."
    }
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
