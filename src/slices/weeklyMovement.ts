/** The movement week by week over the whole history that is known, in one pass over the lives of the deals. */
import {addMove, type DealMove, isIn, type Movement, moveOf, noLines} from "./movement.js";
import {type DaySpan, type DealLife, type State, stateOn} from "./stretches.js";

/** A week, or the part of one up to a quarter's end; figures are of its last day. */
export interface Week extends DaySpan {
  label: string;
}

export type WeekMovement = Movement & {week: Week};

/**
 * One movement for each week, each beginning where the one before ends, the first with what was open the day before. Stocks are summed from states, movements from
 * changes of state: they meet only if both are right.
 * @param weeks in order, without gaps
 */
export function weeklyMovement(
  lives: readonly DealLife[],
  weeks: readonly Week[],
  period: DaySpan | null = null
): WeekMovement[] {
  const results = weeks.map(
    (week): WeekMovement => ({week, begin: 0, nBegin: 0, end: 0, nEnd: 0, lines: noLines(), moves: []})
  );
  const entered = weeks.map(() => ({cents: 0, n: 0}));
  let [cents, n] = [0, 0];
  for (const life of lives) {
    let before = weeks[0] ? stateOn(life, weeks[0].from - 1) : null;
    if (before?.isMine && isIn(before, period)) {
      cents += before.cents;
      n++;
    }
    for (const {index, state} of weekStates(life, weeks)) {
      if (before) count(entered[index]!, before, period, -1);
      count(entered[index]!, state, period, 1);
      const move: DealMove | null = moveOf(life.deal, before, state, period);
      if (move) addMove(results[index]!, move);
      before = state;
    }
  }
  for (const [index, result] of results.entries()) {
    result.begin = cents;
    result.nBegin = n;
    cents += entered[index]!.cents;
    n += entered[index]!.n;
    result.end = cents;
    result.nEnd = n;
  }
  return results;
}

function count(into: {cents: number; n: number}, state: State, period: DaySpan | null, sign: 1 | -1): void {
  if (!state.isMine || !isIn(state, period)) return;
  into.cents += sign * state.cents;
  into.n += sign;
}

/** The states since the first week in which weeks end, each with the first week that ends in it. */
function weekStates({states}: DealLife, weeks: readonly Week[]): {index: number; state: State}[] {
  return states.flatMap((state, i) => {
    if (weeks[0] && state.fromOn < weeks[0].from) return [];
    const index = weekOf(state.fromOn, weeks);
    const next = states[i + 1];
    return index < weeks.length && (!next || next.fromOn > weeks[index]!.to) ? [{index, state}] : [];
  });
}

/** Index of the first week that ends on the day or later. */
function weekOf(day: number, weeks: readonly Week[]): number {
  let [low, high] = [0, weeks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (weeks[middle]!.to < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
