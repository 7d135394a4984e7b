/** The weekly movements of the open pipeline as rows: one for each deal, week and line of the waterfall. */
import {dayNumber, type FactColumn, type FactTable} from "../facts.js";
import {LINE_WORDS, LINES} from "../movement.js";
import type {MovementData} from "../movementData.js";
import {dealLives} from "../stretches.js";
import {weeklyMovement} from "../weeklyMovement.js";

/** Attributes a deal may change over its life: they are those of the moment it moved. */
const DATED = ["owner", "team", "pipeline"];

/**
 * Rows with the deal's row, line, signed change in cents, week, and the deal's key columns. The sum of all changes is
 * what is open at the end of the last week less what was open before the first: nothing, unless the history is shortened.
 */
export function movementFacts({deals, stretches, weeks}: MovementData): FactTable {
  const lives = dealLives(stretches, deals);
  const spans = weeks.map(({from, to}) => ({label: from, from: dayNumber(from), to: dayNumber(to)}));
  const deal: number[] = [];
  const stretch: number[] = [];
  const line: number[] = [];
  const change: number[] = [];
  const week: number[] = [];
  for (const {week: span, moves} of weeklyMovement(lives, spans))
    for (const move of moves)
      for (const {line: name, cents} of move.lines) {
        deal.push(move.deal);
        stretch.push(move.to.row);
        line.push(LINES.indexOf(name));
        change.push(cents);
        week.push(span.from);
      }
  const keys = (table: FactTable, rows: readonly number[], wanted: (name: string) => boolean) =>
    Object.entries(table.columns).flatMap(([name, column]): [string, FactColumn][] =>
      column.kind === "key" && wanted(name)
        ? [[name, {...column, codes: rows.map((row) => column.codes[row] ?? null)}]]
        : []
    );
  return {
    n: deal.length,
    columns: {
      ...Object.fromEntries(keys(deals, deal, (name) => !DATED.includes(name))),
      ...Object.fromEntries(keys(stretches, stretch, (name) => DATED.includes(name))),
      deal: {kind: "number", values: deal},
      line: {kind: "key", words: LINES.map((name) => LINE_WORDS[name]), codes: line},
      change: {kind: "cents", values: change},
      week_on: {kind: "day", values: week}
    }
  };
}
