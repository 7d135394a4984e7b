/**
 * The movement of a large firm: what each line of the waterfall came to in each week, added up over deals. Between two days
 * the weeks are added up, so that begin + lines = end holds to the cent; a deal that moved in two weeks counts in both.
 */
import {dayNumber, type FactTable} from "./facts.js";
import {LINES, type Line, type Movement, noLines} from "./movement.js";
import {type Filters, selectRows} from "./select.js";
import {type DaySpan, daySpan} from "./stretches.js";
import type {WeekMovement} from "./weeklyMovement.js";

export interface MovementCells {
  /** A row a week and line: the dimensions of the cut, week_on, line, amount, n_change, fast_amount, n_fast; line "before" is the stock. */
  cells: FactTable;
  /** First and last day of each week, ISO; a week in which a quarter ends is two. */
  weeks: {from: string; to: string}[];
}

/** Deals created and won within the same week: in at neither end. */
export interface Fast {
  cents: number;
  n: number;
}

export type WeekOfCells = WeekMovement & {fast: Fast};

/** Every week of the selection, each beginning where the one before ends; single moves are not known. */
export function weeksOfCells({cells, weeks}: MovementCells, filters: Filters): WeekOfCells[] {
  const [on, amount, change] = ["week_on", "amount", "n_change"].map((name) => valuesOf(cells, name));
  const [fastAmount, nFast] = ["fast_amount", "n_fast"].map((name) => valuesOf(cells, name));
  const lines = cells.columns["line"];
  const result = weeks.map(
    (week): WeekOfCells => ({
      week: {label: week.from, ...daySpan(week)},
      ...{begin: 0, nBegin: 0, end: 0, nEnd: 0, lines: noLines(), moves: []},
      fast: {cents: 0, n: 0}
    })
  );
  const at = new Map(weeks.map(({from}, i) => [dayNumber(from), i]));
  const stock = {cents: 0, n: 0};
  const net = weeks.map(() => ({cents: 0, n: 0}));
  if (lines?.kind !== "key") return result;
  for (const row of selectRows(cells, filters)) {
    const line = lines.words[lines.codes[row]!]! as Line | "before";
    const into = line === "before" ? stock : net[at.get(on![row]!)!]!;
    into.cents += amount![row]!;
    into.n += change![row]!;
    if (line === "before") continue;
    const week = result[at.get(on![row]!)!]!;
    week.lines[line].cents += amount![row]!;
    week.lines[line].n += cells.weights![row]!;
    week.fast.cents -= fastAmount![row]!;
    week.fast.n += nFast![row]!;
  }
  let {cents, n} = stock;
  for (const [i, week] of result.entries()) {
    Object.assign(week, {begin: cents, nBegin: n});
    cents += net[i]!.cents;
    n += net[i]!.n;
    Object.assign(week, {end: cents, nEnd: n});
  }
  return result;
}

/** Weeks added up; empty lines and no stock for none. */
export function addedUp(weeks: readonly WeekOfCells[]): Movement & {fast: Fast} {
  const lines = noLines();
  const fast = {cents: 0, n: 0};
  for (const week of weeks) {
    for (const line of LINES) {
      lines[line].cents += week.lines[line].cents;
      lines[line].n += week.lines[line].n;
    }
    fast.cents += week.fast.cents;
    fast.n += week.fast.n;
  }
  const [first, last] = [weeks[0], weeks.at(-1)];
  return {
    ...{begin: first?.begin ?? 0, nBegin: first?.nBegin ?? 0, end: last?.end ?? 0, nEnd: last?.nEnd ?? 0},
    ...{lines, moves: [], fast}
  };
}

/** The weeks that lie for the most part after the first day and end by the last; else the week that holds the last day. */
export function weeksBetween<Each extends {week: DaySpan}>(
  weeks: readonly Each[],
  from: number,
  to: number
): Each[] {
  const inside = weeks.filter(({week}) => week.from + week.to > 2 * from && week.to <= to);
  return inside.length > 0 ? inside : weeks.filter(({week}) => week.from <= to && week.to >= to).slice(0, 1);
}

function valuesOf({columns}: FactTable, name: string): readonly (number | null)[] {
  const column = columns[name];
  return column?.kind === "number" || column?.kind === "cents" || column?.kind === "day" ? column.values : [];
}
