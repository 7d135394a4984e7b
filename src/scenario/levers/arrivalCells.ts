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

/** More cells than this are seldom asked for and take long: values of slices then meet on lines. */
const MOST_CELLS = 1024;
/** Lines through all cells: primes of which 3 is a primitive root, so that no two slices meet alike. */
const LINES = [53, 43, 31, 29, 19, 17];

/**
 * One cell for each combination of values that levers name, the rest of each slice as one more. Values of one slice exclude each other;
 * slices are taken as independent of each other, as the filters take them. Where there are too many combinations the share of every
 * value stays what it is and values of any two slices meet nearly as often as if they were independent.
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
  const slices = [...named].map(([dimension, values]) => {
    const parts = [...values].map(([value, acting]) => ({
      share: shareMoved(source, {kind: "amount", value: 1, where: {dimension, value}}, filters),
      acting
    }));
    const rest = 1 - parts.reduce((sum, {share}) => sum + share, 0);
    // What is left of shares that are written as parts of one.
    return (rest > 1e-9 ? [...parts, {share: rest, acting: []}] : parts).filter(({share}) => share > 0);
  });
  const nCells = slices.reduce((n, parts) => n * parts.length, 1);
  const cells = nCells > MOST_CELLS ? onLines(slices) : allCells(slices);
  return cells.map(({share, acting}) => ({
    share,
    acting: [...everywhere, ...acting].sort((a, b) => a - b)
  }));
}

/** Every combination of a value of each slice. */
function allCells(slices: readonly (readonly ArrivalCell[])[]): ArrivalCell[] {
  return slices.reduce<ArrivalCell[]>(
    (cells, parts) =>
      cells.flatMap((cell) =>
        parts.map(({share, acting}) => ({share: cell.share * share, acting: [...cell.acting, ...acting]}))
      ),
    [{share: 1, acting: []}]
  );
}

/**
 * The combinations that some lines run through. Each slice is a circle on which its values lie side by side, each as long as its share;
 * on a line all circles turn once together, so that every value is met for just its share, whatever line it is. Lines begin at the
 * points of a lattice, by which the values of two slices meet in all their turns.
 * @see Korobov (1959), Doklady Akademii Nauk SSSR 124:1207-1210, for the lattice
 */
function onLines(slices: readonly (readonly ArrivalCell[])[]): ArrivalCell[] {
  const nParts = slices.reduce((n, parts) => n + parts.length, 0);
  const nLines = LINES.find((n) => n * nParts <= MOST_CELLS) ?? LINES.at(-1)!;
  const totals = slices.map((parts) => parts.reduce((sum, {share}) => sum + share, 0));
  const whole = totals.reduce((all, total) => all * total, 1);
  const ends = slices.map((parts, s) => {
    let end = 0;
    return parts.map(({share}) => {
      end += share / totals[s]!;
      return end;
    });
  });
  const cells = new Map<string, ArrivalCell>();
  for (let line = 0; line < nLines; line++) {
    const begins = slices.map((_, s) => ((line * 3 ** s) % nLines) / nLines);
    const turns = ends.flatMap((list, s) => list.map((end) => (end - begins[s]! + 1) % 1));
    const stops = [0, ...turns.sort((a, b) => a - b), 1];
    for (let k = 0; k + 1 < stops.length; k++) {
      const share = (whole * (stops[k + 1]! - stops[k]!)) / nLines;
      if (share <= 0) continue;
      const middle = (stops[k]! + stops[k + 1]!) / 2;
      const acting = slices.flatMap((parts, s) => {
        const at = (middle + begins[s]!) % 1;
        const part = ends[s]!.findIndex((end) => at < end);
        return (parts[part] ?? parts.at(-1)!).acting;
      });
      const key = acting.join();
      const known = cells.get(key);
      if (known) known.share += share;
      else cells.set(key, {share, acting});
    }
  }
  return [...cells.values()];
}
