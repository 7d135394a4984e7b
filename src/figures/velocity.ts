/** Figures of the Velocity page: the equation on a day, over time and by slice; stays in stages; open deals against won ones. */
import {centsOf, closedIn, perDay, quantile} from "../slices/closedDeals.js";
import {stated} from "../slices/evaluate.js";
import {dayNumber, type FactTable} from "../slices/facts.js";
import type {MovementData} from "../slices/movementData.js";
import {GIVEN_LATE, type ProductsKnown} from "../slices/productsKnown.js";
import {groupRows, selectRows} from "../slices/select.js";
import {type StageStays, stageStays} from "../slices/stageStays.js";
import {cutLives, type DealLife, stateOn} from "../slices/stretches.js";
import {type Lever, velocity} from "../slices/velocity.js";
import {knownBy, lateFilter} from "./lateFilters.js";
import {type Asked, type DealList, dealList, type PageFigures, type Ranked} from "./pageFigures.js";
import {openStages, pathsOf} from "./stages.js";
import {livesOf, type Standing, type StandingRow, standingRows} from "./standing.js";

const YEAR = 365;
const QUARTERS_SHOWN = 12;
const MOST_SLICES = 25;

/** The four levers; null where one is not known. */
export type LeverValues = {[lever in Lever]: number | null} & {medianCycle: number | null};

export type KnownLevers = LeverValues & {
  nWon: number;
  nDecided: number;
  /** What was in fact won a day in the twelve months, in units of base currency: what the equation is to be held against. */
  wonPerDay: number | null;
  /** The deals behind them: open at the end of the day, closed and won in the twelve months to it. */
  open: Ranked<StandingRow>;
  decided: DealList;
  won: DealList;
};

/** Open deals of an age, against the ages at which deals were won. */
export interface AgeBand {
  kind: "younger than half" | "to three quarters" | "to nine in ten" | "older";
  /** Days; the end of the band, of the last its beginning. */
  days: number;
  cents: number;
  deals: DealList;
}

export const velocityPage = {
  page: "velocity",
  kinds: ["deals", "entries", "movement"],
  pastKinds: [],
  still: (asked: Asked) => ({
    levers: leversOn(asked),
    trend: trendOf(asked),
    stays: staysOf(asked),
    bands: bandsOf(asked)
  }),
  cut: (asked: Asked) => ({slices: slicesOf(asked)})
} satisfies PageFigures<object, object, object, object>;

/** The levers alone, to hold another day's against. */
export const leversPage = {
  page: "velocity",
  kinds: velocityPage.kinds,
  still: (asked: Asked) => ({levers: leversOn(asked)})
} satisfies PageFigures<object>;

export type VelocityFigures = ReturnType<typeof velocityPage.still> & ReturnType<typeof velocityPage.cut>;

/** The four levers at the end of a day: what is open then, and what closed in the twelve months to it. */
function leversOn(asked: Asked): KnownLevers {
  const {files, facts, chosen} = asked;
  const rows = selectRows(facts["deals"]!, chosen.filters);
  const {levers, open, won, lost, wonPerDay} = leversOf(facts["deals"]!, livesOf(asked), rows, {
    day: chosen.day,
    known: lateFilter(asked)
  });
  return {
    ...levers,
    wonPerDay,
    nWon: won.length,
    nDecided: won.length + lost.length,
    open: standingRows(files["movement"], open),
    decided: dealList([...won, ...lost]),
    won: dealList(won)
  };
}

/** @param known of products: deals count as won or lost from where products are known */
function leversOf(
  deals: FactTable,
  lives: readonly DealLife[],
  rows: readonly number[],
  {day, known}: {day: number; known: ProductsKnown | null}
): {levers: LeverValues; open: Standing[]; won: number[]; lost: number[]; wonPerDay: number | null} {
  const open = lives.flatMap((life) => {
    const state = stateOn(life, day);
    return state?.status === "open" && state.isMine ? [{deal: life.deal, state}] : [];
  });
  const {meanCycle, medianCycle, won, ...closed} = closedIn(deals, rows, {from: day - YEAR + 1, to: day});
  const lost = closed.lost.filter((row) => known?.counts(row) ?? true);
  const nDecided = won.length + lost.length;
  const winRate = nDecided > 0 && known?.from?.length !== 0 ? won.length / nDecided : null;
  const cents = open.reduce((sum, {state}) => sum + state.cents, 0);
  return {
    levers: {
      n: open.length,
      // Nothing in sum is nothing stated.
      average: open.length > 0 && cents !== 0 ? cents / 100 / open.length : null,
      winRate,
      cycleDays: meanCycle,
      medianCycle
    },
    ...{open, won, lost},
    // Won deals none of which states an amount brought what is not known.
    wonPerDay: stated(perDay(deals, won, YEAR), won.length)
  };
}

/** The equation at the end of each quarter, as it was known then. */
function trendOf(asked: Asked) {
  const {site, facts, files, chosen} = asked;
  const {asOf, filters} = chosen;
  const {since}: MovementData = files["movement"];
  const quarters = site.quarters.filter(({from, to}) => from <= asOf && to >= since).slice(-QUARTERS_SHOWN);
  const selected = selectRows(facts["deals"]!, filters);
  const known = lateFilter(asked);
  return quarters.map(({label, from, to}) => {
    const end = to < asOf ? to : asOf;
    const {levers, wonPerDay} = leversOf(facts["deals"]!, livesOf(asked), selected, {
      day: dayNumber(end),
      known
    });
    const {n, average, winRate, cycleDays} = levers;
    return {
      label,
      on: from,
      value: velocity(levers),
      wonPerDay,
      n,
      average,
      winRate,
      cycleDays,
      partial: asOf < to
    };
  });
}

/** The equation for each value of what the page is cut by, those with most deals. */
function slicesOf(asked: Asked): (LeverValues & {label: string; value: number | null})[] {
  const {facts, files, chosen} = asked;
  const {cut, filters, day} = chosen;
  if (!cut) return [];
  const deals = facts["deals"]!;
  const found = [...groupRows(deals, selectRows(deals, filters), cut.key)]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_SLICES);
  const known = GIVEN_LATE.includes(cut.key) ? knownBy(asked, cut.key) : lateFilter(asked);
  const lives = cutLives(livesOf(asked), files["movement"], cut.key);
  return found
    .map(([label, own]) => {
      const {levers} = leversOf(deals, lives.get(label) ?? [], own, {day, known});
      return {...levers, label, value: velocity(levers)};
    })
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
}

/** Stays of the two years to the day, stage by stage. */
function staysOf(asked: Asked): StageStays[] {
  const {filters, day} = asked.chosen;
  return stageStays(pathsOf(asked, filters, day), openStages(asked).names, day - 2 * YEAR, day);
}

/** Open deals by how their age compares with the age at which deals were won in two years; none where that is not known. */
function bandsOf({facts, chosen: {filters, day}}: Asked): AgeBand[] {
  const deals = facts["deals"]!;
  const selected = selectRows(deals, filters);
  const {cycles} = closedIn(deals, selected, {from: day - 2 * YEAR + 1, to: day});
  const [p50, p75, p90] = [0.5, 0.75, 0.9].map((share) => quantile(cycles, share));
  const open = openOn(deals, selected, day);
  if (p50 == null || p75 == null || p90 == null || open.length === 0) return [];
  const bands = [
    {kind: "younger than half", days: p50, from: -1, to: p50},
    {kind: "to three quarters", days: p75, from: p50, to: p75},
    {kind: "to nine in ten", days: p90, from: p75, to: p90},
    {kind: "older", days: p90, from: p90, to: Number.POSITIVE_INFINITY}
  ] as const;
  return bands.map(({kind, days, from, to}) => {
    const inside = open.filter(({age}) => age > from && age <= to);
    return {
      ...{kind, days},
      cents: inside.reduce((sum, {cents}) => sum + cents, 0),
      deals: dealList(inside.map(({row}) => row))
    };
  });
}

/** Deals open at the end of the day, with their ages. Deals without a creation day are left out. */
function openOn(deals: FactTable, rows: readonly number[], day: number) {
  const created = deals.columns["created_on"];
  const closed = deals.columns["closed_on"];
  if (created?.kind !== "day" || closed?.kind !== "day") return [];
  const cents = (row: number) =>
    ["open_amount", "won_amount", "lost_amount"].reduce((sum, name) => sum + centsOf(deals, name, row), 0);
  return rows.flatMap((row) => {
    const start = created.values[row] ?? null;
    const end = closed.values[row] ?? null;
    if (start === null || start > day || (end !== null && end <= day)) return [];
    return [{row, age: day - start, cents: cents(row)}];
  });
}
