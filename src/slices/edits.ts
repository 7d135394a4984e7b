/**
 * When people edit deals: many at once, on the eve of a review, at the end of a quarter. All of it is judged in days, not in
 * edits, because the edits of one sitting are not independent of each other.
 */
import {betaCdf} from "./betaDistribution.js";
import {cell, type FactTable} from "./facts.js";

/** A day on which somebody edited deals; days as numbers since 1970. Made from the mart edit_days. */
export interface EditDay {
  actor: string;
  on: number;
  nDeals: number;
  nTogether: number;
  nPushed: number;
  quarterEndsOn: number | null;
}

/** A monthly meeting: the nth weekday (1 Monday to 5 Friday) of the month. */
export interface ReviewDay {
  weekday: number;
  nth: number;
}

/** Days of a kind out of all days that count, against what chance gives. */
export interface Bunching {
  days: number;
  of: number;
  /** Share of workdays that are of the kind, 0..1. */
  chance: number;
  verdict: "more than chance" | "as chance" | "not enough data";
}

export interface Editor {
  actor: string;
  /** Days on which the person edited any deal. */
  nDays: number;
  /** Days with at least three deals edited within one minute. */
  bulkDays: number;
  isBulk: boolean;
  /** Null while no review day is known. */
  eve: Bunching | null;
  /** Of the days on which close dates were pushed, those on the last workday of a quarter or after it. */
  quarterEnd: Bunching;
}

export interface EditReport {
  /** Learned from where mass edits bunch; null when they bunch nowhere. */
  review: ReviewDay | null;
  people: Editor[];
}

/** So many deals within a minute are a mass edit; so many such days a habit. */
const TOGETHER = 3;
const HABIT_DAYS = 3;
const FEW_DAYS = 5;
/** The chance that anybody at all is called out where all edit by chance; divided among those judged. */
const FALSE_ALARM = 0.05;
/** The same for the review day, divided among the slots of a month. */
const FALSE_REVIEW = 0.001;
const SLOTS: readonly ReviewDay[] = [1, 2, 3, 4, 5].flatMap((weekday) =>
  [1, 2, 3, 4].map((nth) => ({weekday, nth}))
);

/** The days of edits until the end of a day, from the table of them. */
export function editDaysUntil(days: FactTable, day: number): EditDay[] {
  const number = (name: string, row: number) => Number(cell(days, name, row) ?? 0);
  const dayOf = (name: string, row: number) => {
    const column = days.columns[name];
    return column?.kind === "day" ? (column.values[row] ?? null) : null;
  };
  const found: EditDay[] = [];
  for (let row = 0; row < days.n; row++) {
    const on = dayOf("edited_on", row)!;
    if (on > day) continue;
    found.push({
      ...{actor: String(cell(days, "actor", row)), on},
      ...{nDeals: number("n_deals", row), nTogether: number("n_together", row)},
      ...{nPushed: number("n_pushed", row), quarterEndsOn: dayOf("quarter_ends_on", row)}
    });
  }
  return found;
}

/** Judges everybody who edited, by default against the review day that is learned; by number of days, most first. */
export function judgeEdits(days: readonly EditDay[], review = learnReview(days)): EditReport {
  const byActor = new Map<string, EditDay[]>();
  for (const day of days) {
    const own = byActor.get(day.actor);
    if (own) own.push(day);
    else byActor.set(day.actor, [day]);
  }
  const alpha = FALSE_ALARM / Math.max(1, byActor.size);
  const people = [...byActor].map(([actor, own]): Editor => {
    const [first, last] = spanOf(own);
    const bulkDays = own.filter(({nTogether}) => nTogether >= TOGETHER).length;
    const pushes = own.filter(({nPushed}) => nPushed > 0);
    return {
      actor,
      nDays: own.length,
      bulkDays,
      isBulk: bulkDays >= HABIT_DAYS,
      eve: review
        ? bunching(own, ({on}) => isEve(on, review), shareOfEves(review, first, last), alpha)
        : null,
      quarterEnd: bunching(pushes, atQuarterEnd, QUARTER_END_CHANCE, alpha)
    };
  });
  return {review, people: people.sort((a, b) => b.nDays - a.nDays || (a.actor < b.actor ? -1 : 1))};
}

/** Four of the year's 261 workdays. */
const QUARTER_END_CHANCE = 4 / 261;

/** The review before whose day mass edits bunch, far beyond chance and at least twice what it gives; null for none. */
export function learnReview(days: readonly EditDay[]): ReviewDay | null {
  const mass = days.filter(({nTogether}) => nTogether >= TOGETHER);
  if (mass.length < FEW_DAYS) return null;
  const [first, last] = spanOf(days);
  const found = SLOTS.map((slot) => {
    const n = mass.filter(({on}) => isEve(on, slot)).length;
    const chance = shareOfEves(slot, first, last);
    return {slot, n, chance, tail: tailOf(n, mass.length, chance)};
  }).sort((a, b) => a.tail - b.tail || b.n - a.n)[0]!;
  const isClear = found.tail < FALSE_REVIEW / SLOTS.length && found.n >= 2 * found.chance * mass.length;
  return isClear ? found.slot : null;
}

/** Whether a day is the workday before the review of its month or of the next. */
export function isEve(on: number, {weekday, nth}: ReviewDay): boolean {
  const review = on + (weekday === 1 ? 3 : 1);
  return weekdayOf(review) === weekday && Math.ceil(new Date(review * DAY_MS).getUTCDate() / 7) === nth;
}

const DAY_MS = 86_400_000;

/** 1 Monday to 7 Sunday; 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return ((day + 3) % 7) + 1;
}

/** Share of the workdays from the first to the last day that are eves. */
function shareOfEves(review: ReviewDay, first: number, last: number): number {
  let [eves, workdays] = [0, 0];
  for (let day = first; day <= last; day++) {
    if (weekdayOf(day) > 5) continue;
    workdays++;
    if (isEve(day, review)) eves++;
  }
  return workdays > 0 ? eves / workdays : 0;
}

/** On the last workday of the quarter, or on the weekend after it. */
function atQuarterEnd({on, quarterEndsOn}: EditDay): boolean {
  if (quarterEndsOn === null) return false;
  return on >= quarterEndsOn - Math.max(0, weekdayOf(quarterEndsOn) - 5);
}

function bunching(
  days: readonly EditDay[],
  isOfKind: (day: EditDay) => boolean,
  chance: number,
  alpha: number
): Bunching {
  const n = days.filter(isOfKind).length;
  const isMore = tailOf(n, days.length, chance) < alpha;
  const verdict = days.length < FEW_DAYS ? "not enough data" : isMore ? "more than chance" : "as chance";
  return {days: n, of: days.length, chance, verdict};
}

/** The chance of at least k of n, each with chance p. */
export function tailOf(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  return k > n || p <= 0 ? 0 : betaCdf(p, k, n - k + 1);
}

function spanOf(days: readonly EditDay[]): [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const {on} of days) {
    first = Math.min(first, on);
    last = Math.max(last, on);
  }
  return [first, last];
}
