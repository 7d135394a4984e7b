/**
 * Why the open pipeline changed between two days: each deal in one class, and begin + lines = end to the cent for every
 * slice. loaders/models/intermediate/int_week_movement.sql says the same in SQL; a test holds them equal.
 */
import {type DaySpan, type DealLife, type State, stateOn} from "./stretches.js";

/** The lines of the waterfall, in its order. */
export const LINES = [
  "new",
  "reopened",
  "pulled_in",
  "pushed_in",
  "transferred_in",
  "increased",
  "decreased",
  "revalued",
  "won",
  "lost",
  "pushed_out",
  "pulled_out",
  "transferred_out",
  "deleted"
] as const;
export type Line = (typeof LINES)[number];

/** How people say them. */
export const LINE_WORDS: Record<Line, string> = {
  new: "New",
  reopened: "Reopened",
  pulled_in: "Pulled in",
  pushed_in: "Pushed in",
  transferred_in: "Transferred in",
  increased: "Increased",
  decreased: "Decreased",
  revalued: "Exchange rates",
  won: "Won",
  lost: "Lost",
  pushed_out: "Pushed out",
  pulled_out: "Pulled out",
  transferred_out: "Transferred out",
  deleted: "Deleted"
};

/** One deal that moved. Cents of lines are signed: what they add to the open amount in scope. */
export interface DealMove {
  deal: number;
  /** Its one class: how it left, else how it came, else how its amount changed. */
  class: Line;
  from: State | null;
  to: State;
  lines: {line: Line; cents: number}[];
  /** It came and left between the two days: it is in at neither end. */
  isThrough: boolean;
}

export interface Movement {
  /** Cents and deals open in scope at the end of the first day. */
  begin: number;
  nBegin: number;
  end: number;
  nEnd: number;
  lines: Record<Line, {cents: number; n: number}>;
  moves: DealMove[];
}

/** Deals of all lines: 0 when nothing moved, whether or not single moves are known. */
export function nMoved({lines}: Pick<Movement, "lines">): number {
  return LINES.reduce((sum, line) => sum + lines[line].n, 0);
}

/** Whether deals were open or moved and none of them states an amount, so that no change is known. */
export function isUnpriced(moved: Omit<Movement, "moves">): boolean {
  const {begin, end, nBegin, nEnd, lines} = moved;
  const isSilent = begin === 0 && end === 0 && LINES.every((line) => lines[line].cents === 0);
  return isSilent && nBegin + nEnd + nMoved(moved) > 0;
}

/**
 * What moved after the end of day `from` until the end of day `to`, within deals due in `period` (null: whatever their
 * close date) and within the slice the lives were filtered to.
 *
 * Ranking: deleted; won or lost; close date moved out of the period; handed to another slice; for a deal that came: new,
 * reopened, close date moved in (pulled in from later or none, pushed in from earlier), handed over; then its amount, as
 * a change of its own or (revalued) of the rate alone. What the amount of a leaving deal changed before it left is
 * increased or decreased. A deal closed in between without having been in at the begin comes and leaves.
 */
export function movement(
  lives: readonly DealLife[],
  from: number,
  to: number,
  period: DaySpan | null = null
): Movement {
  const result: Movement = {begin: 0, nBegin: 0, end: 0, nEnd: 0, lines: noLines(), moves: []};
  for (const life of lives) {
    const before = stateOn(life, from);
    const after = stateOn(life, to);
    if (before && isIn(before, period) && before.isMine) {
      result.begin += before.cents;
      result.nBegin++;
    }
    if (after && isIn(after, period) && after.isMine) {
      result.end += after.cents;
      result.nEnd++;
    }
    const move = after && after !== before ? moveOf(life.deal, before, after, period) : null;
    if (move) addMove(result, move);
  }
  return result;
}

/** All lines at nothing. */
export function noLines(): Movement["lines"] {
  return Object.fromEntries(LINES.map((line) => [line, {cents: 0, n: 0}])) as Movement["lines"];
}

/** Counts a move: every line it touches by money, and by deals where it comes, leaves or is of that class. */
export function addMove(into: Pick<Movement, "lines" | "moves">, move: DealMove): void {
  into.moves.push(move);
  for (const {line, cents} of move.lines) {
    into.lines[line].cents += cents;
    into.lines[line].n++;
  }
}

/** Whether a state counts as open pipeline of the period. */
export function isIn(state: State, period: DaySpan | null): boolean {
  return state.status === "open" && isDue(state, period);
}

/** How one deal moved between two different states of it; null when it did not, or not in this slice. */
export function moveOf(deal: number, from: State | null, to: State, period: DaySpan | null): DealMove | null {
  const wasIn = from !== null && isIn(from, period);
  const isStill = isIn(to, period);
  const isClosed = to.status === "won" || to.status === "lost";
  const isThrough = !wasIn && isClosed && (to.cameFrom ?? "open") === "open" && isDue(to, period);
  const lines: DealMove["lines"] = [];
  if (wasIn) {
    const isHandedOver = from.isMine !== to.isMine && (isStill || isClosed);
    const change = to.cents - from.cents;
    if (from.isMine && change !== 0) lines.push({line: changeLine(from, to), cents: change});
    if (isHandedOver && from.isMine) lines.push({line: "transferred_out", cents: -to.cents});
    if (isHandedOver && to.isMine) lines.push({line: "transferred_in", cents: to.cents});
    if (!isStill && (isHandedOver ? to : from).isMine)
      lines.push({line: exitLine(to, period), cents: -to.cents});
  } else if ((isStill || isThrough) && to.isMine) {
    lines.push({line: entryLine(from, period), cents: to.cents});
    if (isThrough) lines.push({line: exitLine(to, period), cents: -to.cents});
  }
  // Lines stand in the order change, transfer, coming, leaving: the last decides, but a transfer before a change.
  const last = lines.at(-1);
  return last ? {deal, class: last.line, from, to, lines, isThrough: isThrough && lines.length > 0} : null;
}

function isDue({dueOn}: State, period: DaySpan | null): boolean {
  return period === null || (dueOn !== null && dueOn >= period.from && dueOn <= period.to);
}

function isLater({dueOn}: State, period: DaySpan | null): boolean {
  return dueOn === null || (period !== null && dueOn > period.to);
}

function entryLine(from: State | null, period: DaySpan | null): Line {
  if (from === null) return "new";
  if (from.status !== "open") return "reopened";
  return isLater(from, period) ? "pulled_in" : "pushed_in";
}

function exitLine(to: State, period: DaySpan | null): Line {
  if (to.status !== "open") return to.status;
  return isLater(to, period) ? "pushed_out" : "pulled_out";
}

function changeLine(from: State, to: State): Line {
  const isOwn = from.currency !== to.currency || (from.own ?? from.cents) !== (to.own ?? to.cents);
  if (!isOwn) return "revalued";
  return to.cents > from.cents ? "increased" : "decreased";
}
