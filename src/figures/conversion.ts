/** Figures of the Conversion page: who is won, by age, by slice and in four ways; where deals move on. */
import {type IncidencePoint, incidenceAt} from "../slices/aalenJohansen.js";
import {closedRows, wonInterval} from "../slices/clusteredRate.js";
import {type Cohort, cohort, wonBy} from "../slices/cohorts.js";
import {evaluate, lateWords} from "../slices/evaluate.js";
import {dayNumber, pickRows} from "../slices/facts.js";
import type {MedianInterval} from "../slices/medianInterval.js";
import {GIVEN_LATE} from "../slices/productsKnown.js";
import {groupRows, selectRows} from "../slices/select.js";
import {type Decided, decidedRows, type StageRow, stageRows} from "../slices/stagePaths.js";
import {daySpan} from "../slices/stretches.js";
import {knownBy, lateBy, lateFilter} from "./lateFilters.js";
import {type Asked, type DealList, dealList, type PageFigures} from "./pageFigures.js";
import {openStages, pathsOf, stageLabel} from "./stages.js";

const YEAR = 365;
const WINDOW = 2 * YEAR;
/** Ages that cohorts are compared at. */
export const AGES = [30, 60, 90, 180, 365];
const COHORTS_SHOWN = 10;
const QUARTERS_SHOWN = 8;
/** Days after entering a stage that quarters are compared at: young ones have had them too. */
export const EARLY = 60;
/** Deals below which a quarter's share is not said. */
export const FEW = 10;
/** Values of the cut that are drawn. */
export const MOST_ROWS = 12;

/** A cohort as it is drawn: won by age, as far as it is known. */
export type WonCurve = Pick<Cohort, "label" | "n" | "knownTo" | "half" | "won">;

/** A share with its interval; null where it cannot be told. */
export interface Rate {
  rate: number | null;
  lo: number | null;
  hi: number | null;
  n: number;
}

/** A win rate of what closed in the quarter. */
export interface CountedRate extends Rate {
  /** Why there is none. */
  reason?: string;
  /** The deals it counts, where these are not all that closed. */
  deals?: DealList;
}

/** Of the deals created in the quarter, those won by the age they are known to. */
export interface Made {
  n: number;
  half: MedianInterval | null;
  point: IncidencePoint | null;
  /** Won by the day. */
  won: DealList;
}

/** Share of a quarter's deals at an age or in a stage; null where few have had the time. */
export interface QuarterPoint {
  row: string;
  column: string;
  value: number | null;
  lo: number | null;
  hi: number | null;
  n: number;
}

export type StageFigures = StageRow & {label: string};

export const conversionPage = {
  page: "conversion",
  kinds: ["deals", "entries"],
  pastKinds: [],
  still: (asked: Asked) => ({
    years: lateBy(asked) ? [] : yearCohorts(asked),
    cohorts: lateBy(asked) ? [] : quarterCohorts(asked),
    stages: stagesEntered(asked),
    stageQuarters: stageQuarters(asked)
  }),
  quarter: (asked: Asked) => ({
    made: madeIn(asked),
    /** Filtered by what deals get as they advance: by what, and the stages from which on deals count; null where all do. */
    late: lateBy(asked),
    broad: countedRate(asked, "win_rate"),
    amount: countedRate(asked, "win_rate_amount"),
    narrow: countedRate(asked, "win_rate_narrow"),
    decided: decidedIn(asked)
  }),
  both: (asked: Asked) => ({winRates: winRatesBy(asked)})
} satisfies PageFigures<object, object, object, object>;

export type ConversionFigures = ReturnType<typeof conversionPage.still> &
  ReturnType<typeof conversionPage.quarter> &
  ReturnType<typeof conversionPage.both>;

/** Deals created in the year to the day, and in the year before it. */
function yearCohorts({facts, chosen: {filters, day}}: Asked): WonCurve[] {
  const deals = facts["deals"]!;
  const rows = selectRows(deals, filters);
  return [
    {label: "the year before", from: day - 2 * YEAR + 1, to: day - YEAR},
    {label: "last 12 months", from: day - YEAR + 1, to: day}
  ]
    .map((span) => cohort(deals, rows, span, day))
    .filter(({n}) => n > 0)
    .map(({label, n, knownTo, half, won}) => ({
      ...{label, n, knownTo, half},
      won: won.filter(({t}) => t <= knownTo)
    }));
}

/** Share won by age for each quarter's deals; empty where they have not been watched that long. */
function quarterCohorts({site, facts, chosen}: Asked): (Omit<QuarterPoint, "column"> & {age: number})[] {
  const deals = facts["deals"]!;
  const rows = selectRows(deals, chosen.filters);
  const quarters = site.quarters.filter(({from}) => from <= chosen.asOf).slice(-COHORTS_SHOWN);
  return quarters.flatMap(({label, from, to}) => {
    const made = cohort(deals, rows, {label, from: dayNumber(from), to: dayNumber(to)}, chosen.day);
    return AGES.map((age) => {
      const point = made.n > 0 ? wonBy(made, age) : null;
      return {row: label, age, n: made.n, ...bounds(point)};
    });
  });
}

function bounds(point: IncidencePoint | null): {value: number | null; lo: number | null; hi: number | null} {
  return {value: point?.share ?? null, lo: point?.lo ?? null, hi: point?.hi ?? null};
}

function madeIn(asked: Asked): Made {
  const {facts, chosen} = asked;
  const {filters, period, day} = chosen;
  const deals = facts["deals"]!;
  const span = {label: period.label, from: dayNumber(period.from), to: dayNumber(period.to)};
  const rows = selectRows(deals, filters);
  const made = cohort(deals, rows, span, day);
  const on = (name: string) => {
    const column = deals.columns[name];
    return (row: number) => (column?.kind === "day" ? (column.values[row] ?? null) : null);
  };
  const [createdOn, closedOn] = [on("created_on"), on("closed_on")];
  const won = selectRows(deals, {...filters, outcome: ["won"]}).filter((row) => {
    const [created, closed] = [createdOn(row), closedOn(row)];
    return created !== null && created >= span.from && created <= span.to && closed !== null && closed <= day;
  });
  const point = lateBy(asked) ? null : wonBy(made, made.knownTo);
  return {n: made.n, half: made.half, point, won: dealList(won)};
}

/**
 * Won of closed in the quarter, with the interval of a counted one, of customers with several deals as one; filtered by product, of
 * the deals that came to where products are known.
 */
function countedRate(asked: Asked, key: "win_rate" | "win_rate_narrow" | "win_rate_amount"): CountedRate {
  const {site, facts, chosen} = asked;
  const [known, late] = [lateFilter(asked), lateBy(asked)];
  const {late: _, ...deals} = facts["deals"]!;
  const counted = known ? pickRows(deals, [...Array(deals.n).keys()].filter(known.counts)) : deals;
  const {value, n, ...why} = evaluate(key, site.catalogue, {...facts, deals: counted}, chosen);
  const rows = closedRows(deals, chosen, key === "win_rate_narrow").filter(
    (row) => known?.counts(row) ?? true
  );
  const interval = value === null || key === "win_rate_amount" ? null : wonInterval(deals, rows);
  return {
    ...{rate: value, n, lo: interval?.lo ?? null, hi: interval?.hi ?? null},
    ...(late?.from.length === 0 ? {reason: lateWords(late)} : why),
    ...(known ? {deals: dealList(rows)} : {})
  };
}

/**
 * Win rate by what the page is cut by, for the quarter: the values with most closed deals, and how many there are; by product of the
 * deals that came to where products are known.
 */
function winRatesBy(asked: Asked): {
  rows: (Rate & {label: string})[];
  of: number;
  /** Those stages; null where all closed deals count. */
  knownFrom: string[] | null;
} {
  const {facts, chosen} = asked;
  const {cut} = chosen;
  if (!cut) return {rows: [], of: 0, knownFrom: null};
  const deals = facts["deals"]!;
  const own = GIVEN_LATE.includes(cut.key) ? knownBy(asked, cut.key) : null;
  const known = own ?? lateFilter(asked);
  const closed = closedRows(deals, chosen).filter((row) => known?.counts(row) ?? true);
  const groups = [...groupRows(deals, closed, cut.key)].map(([label, rows]) => ({
    ...{label, rows},
    n: rows.length
  }));
  const most = groups.sort((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1)).slice(0, MOST_ROWS);
  const won = deals.columns["n_won"];
  return {
    of: groups.length,
    knownFrom: own?.from ?? null,
    rows: most.map(({label, rows, n}) => {
      const interval = wonInterval(deals, rows);
      const nWon = rows.filter((row) => won?.kind === "number" && won.values[row] === 1).length;
      return {label, n, rate: nWon / n, lo: interval?.lo ?? null, hi: interval?.hi ?? null};
    })
  };
}

/** Filtered by what deals are given late, of the stages from which on they have it alone: what was lost before is not known. */
function withKnown<Row extends {pipeline: string; stage: string}>(asked: Asked, rows: readonly Row[]): Row[] {
  const known = lateFilter(asked);
  return rows.filter((row) => known?.isFrom(row) ?? true);
}

/** Each stage that was entered in the two years to the day. */
function stagesEntered(asked: Asked): StageFigures[] {
  const {filters, day} = asked.chosen;
  const window = {from: day - WINDOW + 1, to: day};
  const label = stageLabel(asked);
  return withKnown(asked, stageRows(pathsOf(asked, filters, day), openStages(asked).ladders, day, window))
    .filter(({nEntered}) => nEntered > 0)
    .map((row) => ({...row, label: label(row)}));
}

function decidedIn(asked: Asked): Decided[] {
  const {filters, day, period} = asked.chosen;
  return withKnown(
    asked,
    decidedRows(pathsOf(asked, filters, day), openStages(asked).ladders, day, daySpan(period))
  );
}

/** Quarter by quarter of entering a stage, the share that moved on within so many days. */
function stageQuarters(asked: Asked): QuarterPoint[] {
  const {filters, day} = asked.chosen;
  const {ladders} = openStages(asked);
  const paths = pathsOf(asked, filters, day);
  const label = stageLabel(asked);
  const quarters = asked.site.quarters
    .filter(({from}) => dayNumber(from) + EARLY <= day)
    .slice(-QUARTERS_SHOWN);
  return quarters.flatMap((quarter) => {
    const span = daySpan(quarter);
    const entering = paths.filter(({visits}) =>
      visits.some(({enteredOn}) => enteredOn >= span.from && enteredOn <= span.to)
    );
    return withKnown(asked, stageRows(entering, ladders, day, span)).map((row) => {
      const isWatched = (row.withinDays ?? 0) >= EARLY && row.nEntered >= FEW;
      const point = isWatched ? incidenceAt(row.curve, EARLY) : null;
      return {row: label(row), column: quarter.label, ...bounds(point), n: row.nEntered};
    });
  });
}
