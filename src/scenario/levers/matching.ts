/** Which levers act on which deals, and on what share of the deals to come. */
import type {FactTable} from "../../slices/facts.js";
import {type Filters, NONE} from "../../slices/select.js";
import type {ArrivalSource} from "../input.js";
import type {LeverSetting} from "../scenario.js";

/** The levers on a part of the deals, in their order: bit p of a mask stands for the p-th of them. */
export function partsOf<Lever extends LeverSetting>(levers: readonly Lever[]): Lever[] {
  return levers.filter(({where}) => where !== undefined);
}

/** The levers that act on the deals of a mask: those on all deals, and its parts. */
export function leversOf<Lever extends LeverSetting>(levers: readonly Lever[], mask: number): Lever[] {
  let part = 0;
  return levers.filter(({where}) => where === undefined || (mask & (1 << part++)) !== 0);
}

/** For each deal the set of part levers (see {@link partsOf}) that act on it. @throws {RangeError} on more than 30 of them */
export function leverMasks(
  deals: FactTable,
  rows: readonly number[],
  levers: readonly LeverSetting[]
): Int32Array {
  const parts = partsOf(levers);
  if (parts.length > 30) throw new RangeError(`at most 30 levers can be set at once, got ${parts.length}`);
  const masks = new Int32Array(rows.length);
  parts.forEach(({where}, p) => {
    const column = deals.columns[where!.dimension];
    if (column?.kind !== "key") return;
    const wanted = where!.value === NONE ? null : column.words.indexOf(where!.value);
    rows.forEach((row, i) => {
      if ((column.codes[row] ?? null) === wanted) masks[i]! |= 1 << p;
    });
  });
  return masks;
}

/** Share of a source's creations that pass the filters, slices taken as independent of each other. */
export function shareSelected({shares}: ArrivalSource, filters: Filters): number {
  let share = 1;
  for (const [dimension, values] of Object.entries(filters)) {
    if (values.length === 0) continue;
    const parts = shares[dimension];
    if (parts) share *= values.reduce((sum, value) => sum + (parts[value] ?? 0), 0);
    else share = 0;
  }
  return share;
}

/** Share of the selected creations on which a lever acts. Stages are not known of deals not created yet. */
export function shareMoved(source: ArrivalSource, {where}: LeverSetting, filters: Filters): number {
  if (!where) return 1;
  if (where.dimension === "stage") return 0;
  const chosen = filters[where.dimension] ?? [];
  const parts = source.shares[where.dimension] ?? {};
  const part = parts[where.value] ?? 0;
  if (chosen.length === 0) return part;
  if (!chosen.includes(where.value)) return 0;
  const all = chosen.reduce((sum, value) => sum + (parts[value] ?? 0), 0);
  return all > 0 ? part / all : 0;
}
