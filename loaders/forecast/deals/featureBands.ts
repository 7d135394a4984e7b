/** Numbers as bands, and levels told more coarsely for effects of two groups together. */
import type {FeatureGroup} from "./dealFeatures.ts";

/** With more levels a group is not paired with others. */
const MOST_PAIRED = 12;

/** Bands of a number by ascending upper bounds; the last band is open. */
export function band(value: number, upper: readonly number[]): number {
  let i = 0;
  while (i < upper.length && value > upper[i]!) i++;
  return i;
}

/** What a reader sees for each band. */
export function bandWords(upper: readonly number[], unit: string): string[] {
  return [
    `up to ${upper[0]} ${upper[0] === 1 ? unit.replace(/s$/, "") : unit}`,
    ...upper.slice(1).map((high, i) => `${upper[i]! + (unit === "weeks" ? 0 : 1)} to ${high} ${unit}`),
    `over ${upper.at(-1)} ${unit}`
  ];
}

/** A group paired by its own levels. */
export function asIs(name: string, levels: readonly string[]): Pick<FeatureGroup, "coarse"> {
  return levels.length <= MOST_PAIRED
    ? {coarse: {name, levels, of: Int32Array.from(levels, (_, level) => level)}}
    : {};
}

/** A group of bands (so many times over) paired by wider ones. */
export function inBands(
  name: string,
  upper: readonly number[],
  unit: string,
  wider: readonly number[],
  times = 1
): Required<Pick<FeatureGroup, "coarse">> {
  const bands = upper.length + 1;
  const of = Int32Array.from({length: bands * times}, (_, level) =>
    band(upper[level % bands] ?? Number.POSITIVE_INFINITY, wider)
  );
  return {coarse: {name, levels: bandWords(wider, unit), of}};
}
