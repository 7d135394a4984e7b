/** What became of the deals created in a period, by age: win rates as curves, not numbers. */
import {aalenJohansen, type IncidencePoint, incidenceAt, type Spell} from "./aalenJohansen.js";
import type {FactTable} from "./facts.js";
import {type MedianInterval, medianInterval} from "./medianInterval.js";

export interface Cohort {
  label: string;
  /** Deals created in the period. */
  n: number;
  nWon: number;
  nLost: number;
  won: IncidencePoint[];
  lost: IncidencePoint[];
  /** The age that at least `minDeals` deals, open or closed, have had the time to reach; 0 when there are not that many. */
  knownTo: number;
  /** Days from creation to won, of the wins so far; null for too few to have an interval. */
  half: MedianInterval | null;
}

const MIN_DEALS = 10;

/**
 * The deals of `rows` created from `from` until `to` (day numbers), as they stood at the end of `asOf`: closed later is open.
 * Deals without a creation day are left out.
 */
export function cohort(
  deals: FactTable,
  rows: readonly number[],
  {label, from, to}: {label: string; from: number; to: number},
  asOf: number,
  minDeals = MIN_DEALS
): Cohort {
  const created = days(deals, "created_on");
  const closed = days(deals, "closed_on");
  const isWon = numbers(deals, "n_won");
  const ages: number[] = [];
  const spells = rows.flatMap((row): Spell[] => {
    const start = created[row] ?? null;
    if (start === null || start < from || start > to || start > asOf) return [];
    ages.push(asOf - start);
    const end = closed[row] ?? null;
    if (end === null || end > asOf) return [{days: asOf - start, cause: null}];
    return [{days: Math.max(0, end - start), cause: isWon[row] === 1 ? 0 : 1}];
  });
  const [won, lost] = aalenJohansen(spells, 2) as [IncidencePoint[], IncidencePoint[]];
  return {
    label,
    n: spells.length,
    nWon: spells.filter(({cause}) => cause === 0).length,
    nLost: spells.filter(({cause}) => cause === 1).length,
    won,
    lost,
    knownTo: ages.sort((a, b) => b - a)[minDeals - 1] ?? 0,
    half: medianInterval(spells.flatMap(({days, cause}) => (cause === 0 ? [days] : [])))
  };
}

/** Share won by an age; null beyond what the cohort has been watched for. */
export function wonBy({won, knownTo}: Cohort, age: number): IncidencePoint | null {
  return age <= knownTo ? incidenceAt(won, age) : null;
}

function days(table: FactTable, name: string): readonly (number | null)[] {
  const column = table.columns[name];
  return column?.kind === "day" ? column.values : [];
}

function numbers(table: FactTable, name: string): readonly (number | null)[] {
  const column = table.columns[name];
  return column?.kind === "number" ? column.values : [];
}
