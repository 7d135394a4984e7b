/** From leads to won deals by source: counts, and how fast cohorts move on, leads that are young being censored. */
import {aalenJohansen, type Spell} from "../../src/slices/aalenJohansen.ts";
import type {CurvePoint, FunnelSource} from "../../src/slices/marketing/marketingData.ts";
import {groupBy} from "../../src/slices/partners/columns.ts";

/** Days are numbers since 1970; null when it has not happened by the as-of day. */
export interface LeadRow {
  source: string;
  created: number;
  converted: number | null;
  qualified: number | null;
  won: number | null;
  lost: number | null;
  wonAmount: number;
}

const MOST_POINTS = 48;
const FEWEST = 10;
const LOST = 1;

/**
 * Counts of each stage, and two curves a source: the share of leads that became a deal by an age, and that were won by it.
 * A lead that has not converted is watched until the as-of day, whatever its status says, because exports do not say when
 * it was given up; a lost deal competes with a won one.
 * @returns sources by number of leads
 */
export function leadFunnel(leads: readonly LeadRow[], asOf: number): FunnelSource[] {
  return [...groupBy(leads, ({source}) => source)]
    .map(([source, rows]): FunnelSource => {
      const n = (test: (lead: LeadRow) => boolean) => rows.filter(test).length;
      return {
        source,
        nLeads: rows.length,
        nDeals: n(({converted}) => converted !== null),
        nQualified: n(({qualified}) => qualified !== null),
        nWon: n(({won}) => won !== null),
        nLost: n(({lost}) => lost !== null),
        wonAmount: rows.reduce((sum, {wonAmount}) => sum + wonAmount, 0),
        converted: thin(
          aalenJohansen(
            rows.map((lead) => spell(lead, asOf, lead.converted, null)),
            1
          )[0]!
        ),
        won: thin(
          aalenJohansen(
            rows.map((lead) => spell(lead, asOf, lead.won, lead.lost)),
            2
          )[0]!
        )
      };
    })
    .sort((a, b) => b.nLeads - a.nLeads);
}

function spell({created}: LeadRow, asOf: number, ended: number | null, competing: number | null): Spell {
  if (ended !== null) return {days: Math.max(0, ended - created), cause: 0};
  if (competing !== null) return {days: Math.max(0, competing - created), cause: LOST};
  return {days: Math.max(0, asOf - created), cause: null};
}

/** Few enough points for a page, up to the age at which ten leads are still watched. */
function thin(curve: ReturnType<typeof aalenJohansen>[number]): CurvePoint[] {
  const sure = curve.filter(({nAtRisk}) => nAtRisk >= FEWEST);
  const every = Math.ceil(sure.length / MOST_POINTS);
  return sure
    .filter((_, i) => i % every === 0 || i === sure.length - 1)
    .map(({t, share, lo, hi, nAtRisk}) => ({t, share: four(share), lo: four(lo), hi: four(hi), nAtRisk}));
}

function four<T extends number | null>(value: T): T {
  return (value === null ? null : Math.round(value * 1e4) / 1e4) as T;
}
