/** The open deals that a scenario is about: one by one where they are few, in groups of like chances where they are many. */
import {dayNumber, type FactTable} from "../../slices/facts.js";
import {type Filters, selectRows} from "../../slices/select.js";
import {type Pool, poolOf} from "../bookings/pool.js";
import {ONE_BY_ONE} from "../bookings/pooledOf.js";
import type {ScenarioInput, ScenarioWindow} from "../input.js";
import {keeper} from "../kept.js";
import type {ForcedDeal, LeverSetting} from "../scenario.js";
import {leverMasks, partsOf} from "./matching.js";

export interface SelectedDeals {
  /** Rows taken one by one: all of a small selection, the forced ones of a large one. */
  rows: readonly number[];
  /** All others; null when there are none. */
  groups: DealGroups | null;
}

/** Groups of deals with the same curve on which the same part levers act. */
export interface DealGroups {
  pool: Pool;
  /** By group: index of its curve, and the set of part levers (see matching.ts). */
  curve: Int32Array;
  mask: Int32Array;
}

const rowsKept = keeper<number[]>(8);
const groupsKept = keeper<DealGroups>(4);
const rowOfKept = keeper<ReadonlyMap<string, number>>(1);

/** Rows that pass the filters. */
export function rowsOf(input: ScenarioInput, filters: Filters): number[] {
  return rowsKept(input, JSON.stringify(filters), () => selectRows(input.deals, filters));
}

/** Row of each open deal, by id. */
export function rowOf(input: ScenarioInput): ReadonlyMap<string, number> {
  return rowOfKept(input, "", () => {
    const ids = input.deals.columns["deal_id"];
    return new Map(ids?.kind === "text" ? ids.values.map((id, row) => [id ?? "", row]) : []);
  });
}

/** What is kept is made anew only when the filters, the parts that levers act on, or the forced deals change. */
export function selectedDeals(
  input: ScenarioInput,
  filters: Filters,
  levers: readonly LeverSetting[],
  forced: readonly ForcedDeal[]
): SelectedDeals {
  const rows = rowsOf(input, filters);
  if (rows.length <= ONE_BY_ONE) return {rows, groups: null};
  const inside = new Set(rows.length === input.deals.n || forced.length === 0 ? [] : rows);
  const single = [...new Set(forced.map(({deal}) => rowOf(input).get(deal)))]
    .filter((row) => row !== undefined)
    .filter((row) => rows.length === input.deals.n || inside.has(row))
    .sort((a, b) => a - b);
  const key = JSON.stringify([filters, partsOf(levers).map(({where}) => where), single]);
  return {rows: single, groups: groupsKept(input, key, () => groupsOf(input, rows, levers, new Set(single)))};
}

function groupsOf(
  {deals}: ScenarioInput,
  rows: readonly number[],
  levers: readonly LeverSetting[],
  without: ReadonlySet<number>
): DealGroups {
  const masks = leverMasks(deals, rows, levers);
  const [expected, curveOf] = [numbers(deals.columns["expected"]), numbers(deals.columns["curve"])];
  const width = 2 ** partsOf(levers).length;
  const indices = new Map<number, number>();
  const [curve, mask]: [number[], number[]] = [[], []];
  const groupOf = Int32Array.from(rows, (row, i) => {
    if (without.has(row)) return -1;
    const key = (curveOf[row] ?? 0) * width + masks[i]!;
    const known = indices.get(key);
    if (known !== undefined) return known;
    indices.set(key, curve.length);
    curve.push(curveOf[row] ?? 0);
    mask.push(masks[i]!);
    return curve.length - 1;
  });
  return {
    pool: poolOf(
      Float64Array.from(rows, (row) => (expected[row] ?? 0) / 100),
      groupOf,
      curve.length
    ),
    curve: Int32Array.from(curve),
    mask: Int32Array.from(mask)
  };
}

const wonKept = keeper<number>(64);

/** Money won in the window up to the as-of day. */
export function wonSoFar(
  input: ScenarioInput,
  {filters}: {filters: Filters},
  {from, to}: Pick<ScenarioWindow, "from" | "to">
): number {
  const {won, asOf} = input;
  const until = to < asOf ? to : asOf;
  if (until < from) return 0;
  return wonKept(input, JSON.stringify([filters, from, until]), () => {
    const amounts = numbers(won.columns["amount"]);
    const rows = selectRows(won, filters, {from, to: until}, "closed_on");
    return rows.reduce((sum, row) => sum + (amounts[row] ?? 0), 0) / 100;
  });
}

/** From the stated close date to the one it is moved to; 0 when either is missing. */
export function weeksMoved({deals}: ScenarioInput, row: number, {on}: ForcedDeal): number {
  const stated = numbers(deals.columns["close_on"])[row] ?? null;
  return on && stated !== null ? (dayNumber(on) - stated) / 7 : 0;
}

export function numbers(column: FactTable["columns"][string] | undefined): readonly (number | null)[] {
  return column && (column.kind === "cents" || column.kind === "number" || column.kind === "day")
    ? column.values
    : [];
}
