/** The movement cut by a dimension: whose pipeline changed, and why; every row adds up, and the rows make the whole. */
import {DataTable, type TableColumn} from "../components/dataTable.js";
import {dayNumber} from "../slices/facts.js";
import {isUnpriced, LINE_WORDS, LINES, type Line, movement} from "../slices/movement.js";
import type {MovementData} from "../slices/movementData.js";
import {cutLives} from "../slices/stretches.js";
import type {ChosenMovement} from "./movement.js";
import {showMoves} from "./movementRows.js";
import type {PageContext} from "./pageContext.js";

type Row = {value: string; begin: number; change: number; end: number} & Record<Line, number>;

/** One row a value, the largest change first; a row opens the deals that moved it. */
export function MovementBySlice(
  context: PageContext,
  data: MovementData,
  {lives, from, to, period, scope, cut, moved}: ChosenMovement
): HTMLElement {
  if (!cut || isUnpriced(moved)) return document.createElement("span");
  const {currency} = context.site;
  const slices = new Map(
    [...cutLives(lives, data, cut.key)].map(([value, own]) => [
      value,
      movement(own, dayNumber(from), dayNumber(to), period?.span ?? null)
    ])
  );
  const rows = [...slices]
    .filter(([, {nBegin, nEnd, moves}]) => nBegin + nEnd + moves.length > 0)
    .map(
      ([value, {begin, end, lines}]): Row => ({
        value,
        begin: begin / 100,
        change: (end - begin) / 100,
        end: end / 100,
        ...(Object.fromEntries(LINES.map((line) => [line, lines[line].cents / 100])) as Record<Line, number>)
      })
    )
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const money = {unit: "money", currency, total: true} as const;
  const columns: TableColumn<Row>[] = [
    {key: "value", label: cut.label, unit: "text"},
    {key: "change", label: "Change", ...money},
    {key: "begin", label: "Begin", ...money},
    ...LINES.filter((line) => rows.some((row) => row[line] !== 0)).map((line) => ({
      key: line,
      label: LINE_WORDS[line],
      ...money
    })),
    {key: "end", label: "End", ...money}
  ];
  return DataTable(rows, columns, {
    caption: `What changed, by ${cut.label.toLowerCase()}: largest change first`,
    showCaption: true,
    pageSize: 12,
    onRow: ({value, change}) =>
      showMoves(context, data, slices.get(value)!.moves, {
        title: `${cut.label} ${value}`,
        scope,
        value: change
      }),
    empty: {
      reason: "No deal of this selection was open on either day.",
      action: "Choose other days, or clear a filter."
    }
  });
}
