/** The calendar of a firm: when deals arrive, how fast they move, when they close. */
import {type Day, dayOf, monthEnd, monthOf, quarterEnd, weekday} from "../calendar/days.ts";

/** A stretch of bad times; all factors multiply. */
export interface Shock {
  name: string;
  from: string;
  to: string;
  arrivals: number;
  won: number;
  lost: number;
}

export interface RhythmSpec {
  /** First day of the CRM and last day of the exports. */
  firstDay: string;
  exportDay: string;
  /** Days after the exports that forward simulations may walk. */
  horizonDays: number;
  /** Yearly growth of arrivals, 0.2 for 20 %. */
  growthPerYear: number;
  /** Factor on arrivals for January to December. */
  season: readonly number[];
  /** Factor on the won hazard in the last ten workdays of a quarter, and in the first thirty days after it. */
  quarterEndWon: number;
  quarterStartWon: number;
  shock: Shock;
}

/** Factors by day since `first`. On weekends and holidays nothing moves: pace 0. */
export interface Rhythm {
  first: Day;
  exportDay: Day;
  last: Day;
  /** On every hazard; mean 1 over a year. */
  pace: Float64Array;
  won: Float64Array;
  /** As `won`, for reps who push at the end of a quarter. */
  wonPush: Float64Array;
  lost: Float64Array;
  /** Relative number of new accounts a day. */
  arrival: Float64Array;
}

const WEEKDAY_PACE = [0, 1.3, 1.5, 1.5, 1.45, 1.25, 0];

/** The rhythm of a specification; pure. */
export function buildRhythm(spec: RhythmSpec): Rhythm {
  const first = dayOf(spec.firstDay);
  const exportDay = dayOf(spec.exportDay);
  const last = exportDay + spec.horizonDays;
  const size = last - first + 1;
  const rhythm: Rhythm = {
    first,
    exportDay,
    last,
    pace: new Float64Array(size),
    won: new Float64Array(size),
    wonPush: new Float64Array(size),
    lost: new Float64Array(size),
    arrival: new Float64Array(size)
  };
  const shockFrom = dayOf(spec.shock.from);
  const shockTo = dayOf(spec.shock.to);
  for (let i = 0; i < size; i++) {
    const day = first + i;
    const inShock = day >= shockFrom && day <= shockTo;
    const left = quarterEnd(day) - day;
    const rhythmWon = left < 14 ? spec.quarterEndWon : left > 60 ? spec.quarterStartWon : 1;
    const pace = isHoliday(day) ? 0 : WEEKDAY_PACE[weekday(day)]!;
    rhythm.pace[i] = pace;
    rhythm.won[i] = rhythmWon * (inShock ? spec.shock.won : 1);
    rhythm.wonPush[i] = rhythm.won[i]! * (left < 7 ? 1.8 : left > 60 ? 0.8 : 1);
    rhythm.lost[i] = (inShock ? spec.shock.lost : 1) * (monthEnd(day) - day < 3 ? 1.4 : 0.95);
    rhythm.arrival[i] =
      (pace > 0 ? 1 : 0.04) *
      (1 + spec.growthPerYear) ** (i / 365.25) *
      spec.season[monthOf(day) % 12]! *
      (inShock ? spec.shock.arrivals : 1);
  }
  return rhythm;
}

/** New Year's Day and 24 to 26 December, when no office works. */
function isHoliday(day: Day): boolean {
  const left = monthEnd(day) - day;
  const month = monthOf(day) % 12;
  return (month === 11 && left >= 5 && left <= 7) || (month === 0 && left === 30);
}
