/** The parts into which levers cut the deals to come of a source, so that parts add up to the whole. */
import type {Filters} from "../../slices/select.js";
import type {ArrivalSource} from "../input.js";
import type {LeverSetting} from "../scenario.js";
import {shareMoved} from "./matching.js";

export interface ArrivalCell {
  /** Share of the source's selected creations, 0..1; the cells' sum is 1. */
  share: number;
  /** Places of the levers that act there, ascending. */
  acting: number[];
}

/** More cells than this are seldom asked for and take long: the smallest are then taken to be like the others. */
const MOST_CELLS = 512;

/**
 * One cell for each combination of values that levers name, the rest of each slice as one more. Values of one slice exclude each other;
 * slices are taken as independent of each other, as the filters take them.
 * @param levers those on all deals act in every cell
 */
export function arrivalCells(
  source: ArrivalSource,
  levers: readonly Pick<LeverSetting, "kind" | "value" | "where">[],
  filters: Filters
): ArrivalCell[] {
  const everywhere = levers.flatMap(({where}, i) => (where ? [] : [i]));
  const named = new Map<string, Map<string, number[]>>();
  for (const [i, {where}] of levers.entries()) {
    if (!where) continue;
    const values = named.get(where.dimension) ?? new Map<string, number[]>();
    named.set(where.dimension, values);
    values.set(where.value, [...(values.get(where.value) ?? []), i]);
  }
  let cells: ArrivalCell[] = [{share: 1, acting: everywhere}];
  for (const [dimension, values] of named) {
    const parts = [...values].map(([value, acting]) => ({
      share: shareMoved(source, {kind: "amount", value: 1, where: {dimension, value}}, filters),
      acting
    }));
    const rest = 1 - parts.reduce((sum, {share}) => sum + share, 0);
    // What is left of shares that are written as parts of one.
    const all = rest > 1e-9 ? [...parts, {share: rest, acting: []}] : parts;
    cells = largest(
      cells.flatMap((cell) =>
        all.flatMap(({share, acting}) =>
          share > 0 ? [{share: cell.share * share, acting: [...cell.acting, ...acting]}] : []
        )
      )
    );
  }
  return cells.map(({share, acting}) => ({share, acting: acting.sort((a, b) => a - b)}));
}

function largest(cells: ArrivalCell[]): ArrivalCell[] {
  if (cells.length <= MOST_CELLS) return cells;
  const kept = cells.sort((a, b) => b.share - a.share).slice(0, MOST_CELLS);
  const [all, own] = [cells, kept].map((list) => list.reduce((sum, {share}) => sum + share, 0));
  return kept.map((cell) => ({...cell, share: (cell.share * all!) / own!}));
}
