/** Demand by month of one material, or of all of them in money, and the materials ranked by what must be decided. */
import {type Band, DECIDE_WEEKS, type PlanMaterial, type PlanningData} from "./planningData.js";

/** A month of need: what orders need, and what deals would add. */
export interface DemandMonth extends Band {
  from: string;
  firm: number;
  /** Orders and what deals are expected to need. */
  expected: number;
}

/** Months up to the last that needs anything. @param material null for all in money */
export function demandMonths(data: PlanningData, material: PlanMaterial | null): DemandMonth[] {
  const {firm, pipeline} = material ?? data.cost;
  const rows = data.months.map(({from}, i) => ({
    from,
    firm: firm[i]!,
    ...pipeline[i]!,
    expected: firm[i]! + pipeline[i]!.mean
  }));
  const last = rows.findLastIndex((row) => row.firm > 0 || row.mean > 0);
  return rows.slice(0, last + 1);
}

export interface MaterialRow {
  id: string;
  material: string;
  leadDays: number | null;
  /** Days before the win by which a deal's need must be ordered; null where it can wait for the order, or no lead time is known. */
  aheadDays: number | null;
  /** Units of open orders, those of them whose latest order day is past, and the next such day. */
  firm: number;
  firmPast: number | null;
  nextOrderOn: string | null;
  /** Units for deals expected to be won in 26 weeks, and in one case of ten more than. */
  expected: number;
  p90: number;
  /** Units to be ordered before deals are won, within the weeks chosen; nine cases of ten. */
  decide: number | null;
  decideP90: number | null;
  /** The same, and what is firm and due within those weeks, at standard cost. */
  decideCost: number | null;
  dueCost: number | null;
  /** "6 of 8" past windows of 13 weeks held; null when none is over. */
  held: string | null;
}

/** @param weeks one of DECIDE_WEEKS */
export function materialRows({materials, offsets}: PlanningData, weeks: number): MaterialRow[] {
  const at = Math.max(0, DECIDE_WEEKS.indexOf(weeks as (typeof DECIDE_WEEKS)[number]));
  return materials
    .map((material): MaterialRow => {
      const {leadDays, unitCost, decide, firmDue, whole, held} = material;
      const priced = (units: number | undefined) =>
        units === undefined || unitCost === null ? null : units * unitCost;
      return {
        id: material.id,
        material: material.name,
        leadDays,
        aheadDays:
          leadDays !== null && leadDays > offsets.materialDays ? leadDays - offsets.materialDays : null,
        firm: sum(material.firm),
        firmPast: firmDue?.[0] ?? null,
        nextOrderOn: material.nextOrderOn,
        expected: whole.mean,
        p90: whole.p90,
        decide: decide?.[at]?.mean ?? null,
        decideP90: decide?.[at]?.p90 ?? null,
        decideCost: priced(decide?.[at]?.mean),
        dueCost: priced(firmDue?.[at]),
        held: held.n > 0 ? `${held.inside80} of ${held.n}` : null
      };
    })
    .sort((a, b) => (b.decideCost ?? 0) - (a.decideCost ?? 0) || (b.dueCost ?? 0) - (a.dueCost ?? 0));
}

/** What must be ordered before deals are won, at standard cost, and of how many materials; materials without a cost add nothing. */
export function decideTotal(rows: readonly MaterialRow[]): {cost: number; n: number} {
  const decided = rows.filter(({decide}) => decide !== null && decide > 0);
  return {cost: sum(decided.map(({decideCost}) => decideCost ?? 0)), n: decided.length};
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}
