/** The Movement page's weeks: what came in and went out in each, over the history the page holds. */
import {Chart} from "../components/chart.js";
import {Flows} from "../components/charts/flows.js";
import {count, date} from "../components/format.js";
import {colour, tint} from "../components/palette.js";
import {isoDay} from "../slices/facts.js";
import {isUnpriced, LINE_WORDS, LINES, type Line, nMoved} from "../slices/movement.js";
import {weeksOfCells} from "../slices/movementCells.js";
import type {MovementData} from "../slices/movementData.js";
import {daySpan} from "../slices/stretches.js";
import {type WeekMovement, weeklyMovement} from "../slices/weeklyMovement.js";
import {definitionOf} from "./metricKpi.js";
import type {ChosenMovement} from "./movement.js";
import {showLargestMoves, showMoves} from "./movementRows.js";
import type {PageContext} from "./pageContext.js";

/** Pixels a week needs to be told from its neighbours; what does not fit is in the data. */
const WEEK_WIDTH = 7;

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

/** What came in and went out each week, over the history the page holds; the newest weeks are drawn. */
export function MovementByWeek(
  context: PageContext,
  data: MovementData,
  chosen: ChosenMovement
): HTMLElement {
  const {site} = context;
  const all = chosen.weeks?.all ?? weeksOfLives(data, chosen);
  const some = all.filter((week) => week.nBegin + week.nEnd + nMoved(week) > 0);
  const known = some.every(isUnpriced) ? [] : some;
  const rows = known.map(({week, begin, end, nEnd, lines}) => ({
    week: week.label,
    begin: begin / 100,
    ...(Object.fromEntries(LINES.map((line) => [line, lines[line].cents / 100])) as Record<Line, number>),
    end: end / 100,
    n: nEnd
  }));
  const money = {unit: "money", currency: site.currency} as const;
  return Chart({
    title: "Changes week by week",
    subtitle: `What entered and left the open pipeline, ${site.currency}${chosen.period ? `, due in ${chosen.period.label}` : ""}, ${count(known.length)} weeks`,
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
    note: `The tick is the net change. A week in which a quarter ends is shown as two. The newest weeks that fit are drawn; Show data lists every week since ${data.before && !chosen.period ? date(known[0]?.week.label ?? data.since) : data.isShortened ? `${date(data.since)}: the firm's history is longer than a page has room for, the warehouse holds all of it (weekly_movement)` : "the data begin"}.`,
    render: (width) =>
      Flows({
        rows: known.slice(-Math.floor(width / WEEK_WIDTH)).map(({week, lines}) => ({
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
          const found = known.find(({week}) => week.label === on)!;
          const {week, moves, begin, end} = found;
          const scope = `${date(isoDay(week.from))} to ${date(isoDay(week.to))}`;
          const says = {title: `Week of ${date(on)}`, scope, value: (end - begin) / 100};
          if (!chosen.weeks && moves.length > 0) return showMoves(context, data, moves, says);
          const of = {filters: chosen.filters, span: week};
          void showLargestMoves(context, data, of, {...says, n: nMoved(found)});
        }
      })
  });
}

/** Of a large firm, weeks before those that it knows deal by deal are added up; deals due in a period are not told apart there. */
function weeksOfLives(data: MovementData, {lives, period, filters}: ChosenMovement): readonly WeekMovement[] {
  const known = weeklyMovement(
    lives,
    data.weeks.map((week) => ({label: week.from, ...daySpan(week)})),
    period?.span ?? null
  );
  if (!data.before || period) return known;
  const first = known[0]?.week.from ?? Number.POSITIVE_INFINITY;
  return [...weeksOfCells(data.before, filters).filter(({week}) => week.to < first), ...known];
}
