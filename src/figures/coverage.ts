/** Figures of the Coverage page: the quarter on a day, the quarters before it on the same day, and slices of it. */
import {evaluate, median} from "../slices/evaluate.js";
import {cell, dayNumber} from "../slices/facts.js";
import type {MovementData} from "../slices/movementData.js";
import {
  type IsQualified,
  livesAround,
  outOfReachFrom,
  ownConversion,
  type PastPoint,
  pastDeals,
  pastPoint,
  type Standing,
  type StandingKind,
  standing,
  standingDeals,
  type TakenByQuarter,
  takenByQuarter,
  wonByDay
} from "../slices/pacing.js";
import type {FiscalPeriod} from "../slices/site.js";
import {cutLives, type DaySpan, type DealLife, daySpan, stateOn} from "../slices/stretches.js";
import {type Asked, type PageFigures, type Ranked, ranked} from "./pageFigures.js";
import {livesOf, standingRows} from "./standing.js";

const PAST = 8;
/** Finished quarters below which nothing is said of what is enough. */
export const LEAST_PAST = 3;

/** Worked out once for each filters and quarter: what counts in a quarter is a small part of all lives. */
const known = new WeakMap<object, Map<number, DealLife[]>>();

function livesIn(asked: Asked, quarter: DaySpan): DealLife[] {
  const {filters} = asked.chosen;
  const byQuarter = known.get(filters) ?? new Map<number, DealLife[]>();
  known.set(filters, byQuarter);
  const found = byQuarter.get(quarter.from) ?? livesAround(livesOf(asked), quarter, qualifies(asked));
  byQuarter.set(quarter.from, found);
  return found;
}

/** A past quarter at a day is asked for by each quarter after it. */
const weeksKnown = new WeakMap<object, Map<string, PastPoint>>();

function pastWeek(asked: Asked, quarter: DaySpan, day: number): PastPoint {
  const {filters} = asked.chosen;
  const byDay = weeksKnown.get(filters) ?? new Map<string, PastPoint>();
  weeksKnown.set(filters, byDay);
  const key = `${quarter.from} ${day}`;
  const found = byDay.get(key) ?? pastPoint(livesIn(asked, quarter), quarter, day);
  byDay.set(key, found);
  return found;
}

/** Whether a state is qualified pipeline, by the stages of workspace.yaml; null when no pipeline names one. */
function qualifies({site, files}: Asked): IsQualified {
  const stagesOf = new Map<string, Set<string>>();
  for (const {pipeline, stage, is_qualified} of site.stages)
    if (is_qualified) stagesOf.set(pipeline, (stagesOf.get(pipeline) ?? new Set()).add(stage));
  if (stagesOf.size === 0) return null;
  const {stretches} = files["movement"] as MovementData;
  return ({row, stage}) =>
    stage !== null && (stagesOf.get(String(cell(stretches, "pipeline", row)))?.has(stage) ?? false);
}

/** The chosen quarter on the chosen day, with the quarters before it at the same day. */
export interface Pace {
  quarter: FiscalPeriod;
  span: DaySpan;
  /** The day as of which it stands: the chosen one, at most the quarter's last. */
  on: number;
  now: Standing;
  /** Cents; null when the selection has no quota. */
  quota: number | null;
  noQuota: string;
  /** Why no money of the selection is known, and why what is open and due is not; null where it is. */
  unknown: {money: string | null; open: string | null};
  /** Finished quarters before it that the data know whole, oldest first, at the same day. */
  past: {quarter: FiscalPeriod; point: PastPoint}[];
  conversion: number | null;
  taken: TakenByQuarter;
}

/** A slice of the quarter, in units of base currency; null without a quota. */
export interface CoverageSlice {
  value: string;
  quota: number | null;
  won: number;
  left: number | null;
  open: number;
  coverage: number | null;
  generated: number;
  qualified: number | null;
}

/** A deal that was open on the day of a past quarter, or won after it, in units of base currency. */
export interface TakenRow {
  deal_id: string;
  deal_name: string;
  quarter: string;
  open: number;
  wonAfter: number;
  owner: string | null;
}

/** More than a firm whose pages have one row a deal comes to; of a large one a page has room for fewer. */
const MOST_TAKEN = 8000;

export const coveragePage = {
  page: "coverage",
  kinds: ["movement", "quotas"],
  pastKinds: [],
  still: () => ({}),
  quarter: (asked: Asked) => {
    const data: MovementData = asked.files["movement"];
    const {pace, days} = paceOf(asked, data);
    const {span, on, now} = pace;
    const lives = livesIn(asked, span);
    const list = (kind: StandingKind) =>
      standingRows(data, standingDeals(lives, span, on, kind, qualifies(asked)));
    return {
      pace,
      wonSoFar: wonByDay(lives, span, on),
      usual: usualDays(days, span.to - span.from + 1),
      /** Day of the quarter from which no past one won what is left; null when that cannot be said. */
      outFrom: outOfReachFrom(days, pace.quota === null ? 0 : pace.quota - now.won, on - span.from + 1),
      weeks: weeksOf(asked, pace),
      lists: {
        won: list("won"),
        openDue: list("openDue"),
        generated: list("generated"),
        qualified: list("qualified")
      },
      taken: takenFrom(asked, data, pace)
    };
  },
  both: (asked: Asked) => ({slices: slicesOf(asked)})
} satisfies PageFigures<object, object, object, object>;

export type CoverageFigures = ReturnType<typeof coveragePage.quarter> & ReturnType<typeof coveragePage.both>;

function paceOf(asked: Asked, data: MovementData): {pace: Pace; days: number[][]} {
  const {site, facts, chosen} = asked;
  const {filters, period, day} = chosen;
  const index = site.quarters.findIndex(({label}) => label === period.label);
  const quarter = site.quarters[index]!;
  const span = daySpan(quarter);
  const on = Math.min(day, span.to);
  const since = dayNumber(data.since);
  const past = site.quarters
    .slice(0, index)
    .filter(({from}) => (data.isShortened ? dayNumber(from) >= since : dayNumber(from) > since))
    .slice(-PAST);
  const isQualified = qualifies(asked);
  const points = past.map((each) => ({
    quarter: each,
    point: pastPoint(livesIn(asked, daySpan(each)), daySpan(each), on - span.from, isQualified)
  }));
  const quota = evaluate("quota_total", site.catalogue, facts, {filters, period: quarter});
  const now = standing(livesIn(asked, span), span, on, isQualified);
  const cents = quota.value ? Math.round(quota.value * 100) : null;
  const coverage = cents !== null && cents > now.won ? now.openDue / (cents - now.won) : null;
  return {
    pace: {
      ...{quarter, span, on, past: points, now},
      quota: cents,
      taken: takenByQuarter(
        points.map(({point}) => point),
        coverage
      ),
      noQuota: quota.reason ?? "there is no quota for the quarter",
      unknown: unknownIn(asked, on, now),
      conversion: past.length >= LEAST_PAST ? ownConversion(points.map(({point}) => point)) : null
    },
    days: past.map((each) => wonByDay(livesIn(asked, daySpan(each)), daySpan(each), daySpan(each).to))
  };
}

/** What lives do not say: amounts, close dates of open deals. Only where a sum is 0 need it be asked. */
function unknownIn(asked: Asked, on: number, {won, openDue, generated, nOpenDue}: Standing): Pace["unknown"] {
  if (openDue > 0) return {money: null, open: null};
  const lives = livesOf(asked);
  const isPriced = won + generated > 0 || lives.some(({states}) => states.some(({cents}) => cents > 0));
  if (!isPriced && lives.length > 0) {
    const reason = "no deal of this selection states an amount";
    return {money: reason, open: reason};
  }
  if (nOpenDue > 0) return {money: null, open: "no deal that is open and due states an amount"};
  const open = lives.flatMap((life) => {
    const state = stateOn(life, on);
    return state?.status === "open" && state.isMine ? [state] : [];
  });
  const isUndated = open.length > 0 && open.every(({dueOn}) => dueOn === null);
  return {money: null, open: isUndated ? "no open deal has a close date" : null};
}

/** The deals of all past quarters that what it takes is worked out of, the largest first. */
function takenFrom(asked: Asked, data: MovementData, {past, span, on}: Pace): Ranked<TakenRow> {
  const all = past
    .flatMap(({quarter}) => {
      const its = daySpan(quarter);
      return pastDeals(livesIn(asked, its), its, on - span.from).map((each) => ({
        ...each,
        quarter: quarter.label
      }));
    })
    .sort((a, b) => b.openDue + b.wonAfter - a.openDue - a.wonAfter);
  const word = (column: string, deal: number) => cell(data.deals, column, deal) as string | null;
  const list = all.slice(0, MOST_TAKEN).map(
    ({deal, state, openDue, wonAfter, quarter}): TakenRow => ({
      deal_id: word("deal_id", deal)!,
      deal_name: word("deal_name", deal)!,
      quarter,
      open: openDue / 100,
      wonAfter: wonAfter / 100,
      owner: cell(data.stretches, "owner", state.row) as string | null
    })
  );
  return {n: all.length, list};
}

/** Median and range of what past quarters had won by each day, cents. */
function usualDays(past: readonly number[][], length: number): {value: number; lo: number; hi: number}[] {
  return Array.from({length: past.length > 0 ? length : 0}, (_, i) => {
    const values = past.map((days) => days[Math.min(i, days.length - 1)] ?? 0).sort((a, b) => a - b);
    return {value: median(values), lo: values[0]!, hi: values.at(-1)!};
  });
}

/** Coverage at the end of each week, of the one under way on the day itself, and what the own record asked for then. */
function weeksOf(asked: Asked, {span, on, past, quota}: Pace) {
  const weeks = Array.from({length: Math.ceil((span.to - span.from + 1) / 7)}, (_, i) => {
    const first = span.from + 7 * i;
    const last = Math.min(first + 6, span.to);
    return on >= first && on < last ? on : last;
  });
  return weeks.map((day, i) => {
    const points = past.map(({quarter}) => pastWeek(asked, daySpan(quarter), day - span.from));
    const conversion = past.length >= LEAST_PAST ? ownConversion(points) : null;
    const takes = conversion ? 1 / conversion : null;
    if (quota === null || day > on) return {day, week: i + 1, takes, coverage: null, nOpen: null};
    const now = standing(livesIn(asked, span), span, day);
    const left = quota - now.won;
    return {day, week: i + 1, takes, coverage: left > 0 ? now.openDue / left : null, nOpen: now.nOpenDue};
  });
}

/** One row a value of the cut: won, open and due, created, and where there is a quota what is left of it and its coverage. */
function slicesOf(asked: Asked): Ranked<CoverageSlice> {
  const {site, facts, files, chosen} = asked;
  const {filters, cut, period, day} = chosen;
  if (!cut) return ranked([]);
  const quarter = site.quarters.find(({label}) => label === period.label)!;
  const span = daySpan(quarter);
  const on = Math.min(day, span.to);
  const isQualified = qualifies(asked);
  const slices = [...cutLives(livesIn(asked, span), files["movement"], cut.key)].map(
    ([value, own]): CoverageSlice => {
      const now = standing(own, span, on, isQualified);
      const quota = evaluate("quota_total", site.catalogue, facts, {
        filters: {...filters, [cut.key]: [value]},
        period: quarter
      }).value;
      const left = quota ? quota - now.won / 100 : null;
      return {
        value,
        quota: quota || null,
        won: now.won / 100,
        left,
        open: now.openDue / 100,
        coverage: left !== null && left > 0 ? now.openDue / 100 / left : null,
        generated: now.generated / 100,
        qualified: now.qualified === null ? null : now.qualified / 100
      };
    }
  );
  return ranked(
    slices
      .filter(({quota, won, open, generated}) => (quota ?? 0) + won + open + generated > 0)
      .sort((a, b) => b.open - a.open)
  );
}
