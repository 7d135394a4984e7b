/**
 * How a quarter goes against the same day of quarters past: won to date, what is open and due, what of it is won in the end,
 * and from when on a target is out of reach. Everything is as it was known on each day.
 */
import {type DaySpan, type DealLife, type State, stateOn} from "./stretches.js";

/** A quarter at the end of one of its days. Money is in cents. */
export interface Standing {
  /** Days since the quarter began; 0 is its first day, -1 the day before. */
  day: number;
  /** Won in the quarter up to the day, as known on that day. */
  won: number;
  /** Open and due in the quarter. */
  openDue: number;
  nOpenDue: number;
  nWon: number;
  /** Amounts of the deals created in the quarter up to the day, each as at the end of the day it was created. */
  generated: number;
  nGenerated: number;
  /** Amounts of the deals that first qualified in the quarter up to the day, each as on the day it did; null where no stage is named. */
  qualified: number | null;
  nQualified: number | null;
}

export type StandingKind = "won" | "openDue" | "generated" | "qualified";

/** Whether a deal in this state is qualified pipeline; null where the workspace does not say from which stage on it is. */
export type IsQualified = ((state: State) => boolean) | null;

/** The lives that can count in a quarter, on whatever day: ever due in it, or created or moved in it. */
export function livesAround(
  lives: readonly DealLife[],
  {from, to}: DaySpan,
  isQualified: IsQualified = null
): DealLife[] {
  return lives.filter(({states}) =>
    states.some(
      ({dueOn, fromOn}, i) =>
        (dueOn !== null && dueOn >= from && dueOn <= to) ||
        ((i === 0 || isQualified?.(states[i]!)) && fromOn >= from && fromOn <= to)
    )
  );
}

/** The deals that make one figure of a quarter's standing, each in the state that counts. */
export function standingDeals(
  lives: readonly DealLife[],
  quarter: DaySpan,
  on: number,
  kind: StandingKind,
  isQualified: IsQualified = null
): {deal: number; state: State}[] {
  return lives.flatMap((life) => {
    const state =
      kind === "generated"
        ? life.states[0]
        : kind === "qualified"
          ? firstQualified(life, isQualified)
          : knownOn(life, on);
    return state && countsAs(state, quarter, on, kind) ? [{deal: life.deal, state}] : [];
  });
}

/** The quarter at the end of a day (number). */
export function standing(
  lives: readonly DealLife[],
  quarter: DaySpan,
  on: number,
  isQualified: IsQualified = null
): Standing {
  const result = {
    day: on - quarter.from,
    ...{won: 0, nWon: 0, openDue: 0, nOpenDue: 0, generated: 0, nGenerated: 0}
  };
  let qualified = 0;
  let nQualified = 0;
  for (const life of lives) {
    const first = life.states[0];
    if (first && countsAs(first, quarter, on, "generated")) {
      result.generated += first.cents;
      result.nGenerated++;
    }
    const entered = firstQualified(life, isQualified);
    if (entered && countsAs(entered, quarter, on, "qualified")) {
      qualified += entered.cents;
      nQualified++;
    }
    const state = knownOn(life, on);
    if (!state) continue;
    if (countsAs(state, quarter, on, "won")) {
      result.won += state.cents;
      result.nWon++;
    } else if (countsAs(state, quarter, on, "openDue")) {
      result.openDue += state.cents;
      result.nOpenDue++;
    }
  }
  return {
    ...result,
    qualified: isQualified ? qualified : null,
    nQualified: isQualified ? nQualified : null
  };
}

/** The state at the end of a day, with the amount that a won deal had by then if it was changed after it was won. */
function knownOn(life: DealLife, day: number): State | null {
  const state = stateOn(life, day);
  return state?.correctedOn == null || state.correctedOn > day
    ? state
    : {...state, cents: state.correctedCents!};
}

/** The state in which a deal first was qualified, at the amount of the day it became so. */
function firstQualified({states}: DealLife, isQualified: IsQualified): State | undefined {
  return isQualified ? states.find(isQualified) : undefined;
}

/** An open deal counts with or without an amount, as in every other figure; what was won or created without one is no part of a sum of money. */
function countsAs(state: State, quarter: DaySpan, on: number, kind: StandingKind): boolean {
  if (!state.isMine || (state.cents === 0 && kind !== "openDue")) return false;
  if (kind === "generated" || kind === "qualified")
    return state.fromOn >= quarter.from && state.fromOn <= Math.min(on, quarter.to);
  return isDue(state, quarter, kind === "won" ? "won" : "open");
}

/** Whether it is open and due in the quarter, or won in it, with or without an amount. */
function isDue({isMine, status, dueOn}: State, {from, to}: DaySpan, as: "won" | "open"): boolean {
  return isMine && status === as && dueOn !== null && dueOn >= from && dueOn <= to;
}

/** What a life brought after a day of the quarter: what it was won for, or how much that changed where it was won by then. Cents. */
function afterDay(life: DealLife, quarter: DaySpan, on: number): {wonAfter: number; corrected: number} {
  const wonBy = (day: number) => {
    const state = knownOn(life, day);
    return state && isDue(state, quarter, "won") ? state.cents : null;
  };
  const [then, end] = [wonBy(on), wonBy(quarter.to) ?? 0];
  return then === null ? {wonAfter: end, corrected: 0} : {wonAfter: 0, corrected: end - then};
}

/** Cents won in the quarter by the end of each of its days, as known on the last day given. */
export function wonByDay(lives: readonly DealLife[], quarter: DaySpan, day: number): number[] {
  const last = Math.min(quarter.to, day);
  const days = new Array<number>(Math.max(0, last - quarter.from + 1)).fill(0);
  for (const life of lives) {
    const state = knownOn(life, day);
    if (!state?.isMine || state.status !== "won" || state.dueOn === null) continue;
    if (state.dueOn >= quarter.from && state.dueOn <= last) days[state.dueOn - quarter.from]! += state.cents;
  }
  for (let i = 1; i < days.length; i++) days[i]! += days[i - 1]!;
  return days;
}

/** A finished quarter at one of its days, and what came after. */
export interface PastPoint extends Standing {
  /** Won in the quarter after the day. */
  wonAfter: number;
  /** What deals won by the day came to by the end of the quarter less what they were won for then: corrections, and wins taken back. */
  corrected: number;
  /** Won after / open and due on the day; null when nothing was open. */
  conversion: number | null;
}

/** What became of a finished quarter after its n-th day (a longer or shorter quarter is taken at its own n-th, at most its last). */
export function pastPoint(
  lives: readonly DealLife[],
  quarter: DaySpan,
  day: number,
  isQualified: IsQualified = null
): PastPoint {
  const on = Math.min(quarter.from + day, quarter.to);
  const then = standing(lives, quarter, on, isQualified);
  let [wonAfter, corrected] = [0, 0];
  for (const life of lives) {
    const after = afterDay(life, quarter, on);
    wonAfter += after.wonAfter;
    corrected += after.corrected;
  }
  const conversion = then.openDue > 0 ? wonAfter / then.openDue : null;
  return {...then, wonAfter, corrected, conversion};
}

/** A deal behind a past quarter's conversion: what of it was open and due on the day, and what it was won for after. Cents. */
export interface PastDeal {
  deal: number;
  state: State;
  openDue: number;
  wonAfter: number;
}

/** The deals of a {@link pastPoint}: they sum to what was open and due on its day, and to what was won after. */
export function pastDeals(lives: readonly DealLife[], quarter: DaySpan, day: number): PastDeal[] {
  const on = Math.min(quarter.from + day, quarter.to);
  return lives.flatMap((life): PastDeal[] => {
    const then = knownOn(life, on);
    const openDue = then && isDue(then, quarter, "open") ? then.cents : 0;
    const {wonAfter} = afterDay(life, quarter, on);
    const state = openDue > 0 ? then : knownOn(life, quarter.to);
    return state && (openDue !== 0 || wonAfter !== 0) ? [{deal: life.deal, state, openDue, wonAfter}] : [];
  });
}

/** Won after the day over open and due on it, all quarters together; null when nothing was open. 1 / it is the target coverage. */
export function ownConversion(points: readonly PastPoint[]): number | null {
  const open = points.reduce((sum, {openDue}) => sum + openDue, 0);
  return open > 0 ? points.reduce((sum, {wonAfter}) => sum + wonAfter, 0) / open : null;
}

/** What each past quarter alone would have taken, and in how many a coverage would have been enough. */
export interface TakenByQuarter {
  n: number;
  /** Least and most it took; null where a quarter won nothing after the day, whatever was open. */
  least: number | null;
  most: number | null;
  /** Quarters in which this coverage would have been won whole; null without a coverage. */
  enough: number | null;
}

/** Quarters with nothing open on the day say nothing. It is a count of what was, not an interval. */
export function takenByQuarter(points: readonly PastPoint[], coverage: number | null): TakenByQuarter {
  const conversions = points.flatMap(({conversion}) => (conversion === null ? [] : [conversion]));
  const least = Math.max(0, ...conversions);
  const most = Math.min(Infinity, ...conversions);
  return {
    n: conversions.length,
    least: least > 0 ? 1 / least : null,
    most: most > 0 && most < Infinity ? 1 / most : null,
    enough: coverage === null ? null : conversions.filter((each) => each * coverage >= 1).length
  };
}

/**
 * The first day of the quarter from which on no past quarter won what is still needed: if nothing is won until then, the
 * target is out of reach by all experience.
 * @param past cumulative cents won by day of each finished quarter
 * @param needed cents
 * @param from first day that can be the answer
 * @returns day since the quarter began; null when no past quarter is known, or when what is needed is not positive
 */
export function outOfReachFrom(
  past: readonly (readonly number[])[],
  needed: number,
  from: number
): number | null {
  if (past.length === 0 || needed <= 0) return null;
  const longest = Math.max(...past.map((days) => days.length));
  const wonFrom = (days: readonly number[], day: number) => {
    const total = days.at(-1) ?? 0;
    return day === 0 ? total : total - (days[day - 1] ?? total);
  };
  for (let day = Math.max(0, from); day <= longest; day++)
    if (past.every((days) => wonFrom(days, day) < needed)) return day;
  return null;
}
