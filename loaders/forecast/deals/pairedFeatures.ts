/**
 * Effects of two things together, such as a deal type in a stage: which pairs tell what their parts alone do not is
 * read from what the fit of the parts leaves over.
 * @see Lou, Caruana, Gehrke & Hooker 2013, Accurate Intelligible Models with Pairwise Interactions, KDD
 */
import type {SparseRows} from "../../../src/slices/numeric/sparseLogistic.ts";
import type {DealFeatures, FeatureGroup} from "./dealFeatures.ts";

/** Two groups by their places among the features'. */
export type Pair = readonly [number, number];

/** What a fit of the parts says of one outcome of the rows. */
export interface Outcome {
  y: Uint8Array;
  coefficients: Float64Array;
}

const MOST_PAIRS = 12;
/** Features in all; the cost of a fit grows with their third power. */
const MOST_FEATURES = 600;
/** A pair's effects are begun with this ridge. */
const RIDGE = 4;
/** By so much more than twice its degrees of freedom must a pair better the deviance. */
const LEAST_GAIN = 10;
const AHEAD = "Weeks ahead";
/** Groups that tell the stage already. */
const BY_STAGE = new Set([AHEAD, "Days in stage"]);

/** The pairs that better the fit most, the best first; each is judged after those before it. */
export function choosePairs(
  {groups, size}: DealFeatures,
  rows: SparseRows & {weight: Float64Array},
  outcomes: readonly Outcome[]
): Pair[] {
  const candidates = candidatesOf(groups);
  const codes = groups.map(({coarse, offset}, g) =>
    coarse
      ? Uint8Array.from(
          {length: rows.n},
          (_, i) => coarse.of[rows.features[i * rows.width + g + 1]! - offset]!
        )
      : null
  );
  const etas = outcomes.map(({coefficients}) => etaOf(rows, coefficients));
  const chosen: Pair[] = [];
  let left = MOST_FEATURES - size;
  while (chosen.length < MOST_PAIRS) {
    const slopes = outcomes.map(({y}, o) => slopesOf(rows, y, etas[o]!));
    let best: {pair: Pair; gain: number; steps: Float64Array[]; cells: number} | null = null;
    for (const pair of candidates) {
      const [a, b] = pair;
      const cells = groups[a]!.coarse!.levels.length * groups[b]!.coarse!.levels.length;
      if (cells > left || chosen.some(([c, d]) => c === a && d === b)) continue;
      let gain = -LEAST_GAIN;
      const steps = slopes.map(({residual, curvature}) => {
        const found = stepOf(
          codes[a]!,
          codes[b]!,
          cells,
          groups[b]!.coarse!.levels.length,
          residual,
          curvature
        );
        gain += found.gain;
        return found.step;
      });
      if (gain > (best?.gain ?? 0)) best = {pair, gain, steps, cells};
    }
    if (!best) break;
    const {pair, steps, cells} = best;
    chosen.push(pair);
    left -= cells;
    const [first, second] = [codes[pair[0]]!, codes[pair[1]]!];
    const n = groups[pair[1]]!.coarse!.levels.length;
    etas.forEach((eta, o) => {
      const step = steps[o]!;
      for (let i = 0; i < rows.n; i++) eta[i]! += step[first[i]! * n + second[i]!]!;
    });
  }
  return chosen;
}

function candidatesOf(groups: readonly FeatureGroup[]): Pair[] {
  const able = groups.flatMap(({coarse}, g) => (coarse ? [g] : []));
  return able.flatMap((a, i) =>
    able
      .slice(i + 1)
      .filter((b) => {
        const names = [groups[a]!.coarse!.name, groups[b]!.coarse!.name];
        return !(names[0] === "Stage" && BY_STAGE.has(names[1]!));
      })
      .map((b): Pair => [a, b])
  );
}

function etaOf({n, width, features}: SparseRows, coefficients: Float64Array): Float64Array {
  const eta = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let w = i * width, end = w + width; w < end; w++) eta[i]! += coefficients[features[w]!]!;
  return eta;
}

function slopesOf({n, weight}: {n: number; weight: Float64Array}, y: Uint8Array, eta: Float64Array) {
  const residual = new Float64Array(n);
  const curvature = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const p = 1 / (1 + Math.exp(-eta[i]!));
    residual[i] = weight[i]! * (y[i]! - p);
    curvature[i] = weight[i]! * p * (1 - p);
  }
  return {residual, curvature};
}

/** A Newton step of a pair's cells alone, and by how much it betters the deviance beyond twice its degrees of freedom. */
function stepOf(
  first: Uint8Array,
  second: Uint8Array,
  cells: number,
  width: number,
  residual: Float64Array,
  curvature: Float64Array
): {step: Float64Array; gain: number} {
  const sums = new Float64Array(cells);
  const weights = new Float64Array(cells);
  for (let i = 0; i < first.length; i++) {
    const cell = first[i]! * width + second[i]!;
    sums[cell]! += residual[i]!;
    weights[cell]! += curvature[i]!;
  }
  let gain = 0;
  const step = sums.map((sum, cell) => {
    const all = weights[cell]! + RIDGE;
    gain += (sum * sum - 2 * weights[cell]!) / all;
    return sum / all;
  });
  return {step, gain};
}

/** Pairs by their groups' names; null when a group is not there, or never paired. */
export function pairsNamed(
  {groups}: DealFeatures,
  names: readonly (readonly [string, string])[]
): Pair[] | null {
  const at = (name: string) => groups.findIndex((group) => group.name === name && group.coarse);
  const pairs = names.map(([a, b]): Pair => [at(a), at(b)]);
  return pairs.every(([a, b]) => a >= 0 && b >= 0) ? pairs : null;
}

/** The features with one group more for each pair. */
export function withPairs(features: DealFeatures, pairs: readonly Pair[]): DealFeatures {
  if (pairs.length === 0) return features;
  const {groups} = features;
  let size = features.size;
  const paired = pairs.map(([a, b]): FeatureGroup => {
    const [first, second] = [groups[a]!.coarse!, groups[b]!.coarse!];
    const levels = first.levels.flatMap((one) => second.levels.map((other) => `${one}, ${other}`));
    // An effect is told as its mean over the weeks ahead, so that no one of them is named.
    const told = first.name === AHEAD ? {told: first.levels.flatMap(() => second.levels)} : {};
    const offset = size;
    size += levels.length;
    return {
      name: `${first.name} and ${lower(second.name)}`,
      levels,
      offset,
      ridge: RIDGE,
      smooth: 0,
      ...told
    };
  });
  const parts = pairs.map(([a, b], p) => ({
    a,
    b,
    first: groups[a]!.offset,
    second: groups[b]!.offset,
    offset: paired[p]!.offset,
    firstOf: groups[a]!.coarse!.of,
    secondOf: groups[b]!.coarse!.of,
    width: groups[b]!.coarse!.levels.length
  }));
  const alone = features.width;
  const pairWriter =
    (write: DealFeatures["write"]): DealFeatures["write"] =>
    (out, at, state, week) => {
      write(out, at, state, week);
      for (let p = 0; p < parts.length; p++) {
        const {a, b, first, second, offset, firstOf, secondOf, width} = parts[p]!;
        const one = firstOf[out[at + 1 + a]! - first]!;
        const other = secondOf[out[at + 1 + b]! - second]!;
        out[at + alone + p] = offset + one * width + other;
      }
    };
  return {
    groups: [...groups, ...paired],
    pairs: pairs.map(([a, b]) => [groups[a]!.name, groups[b]!.name]),
    size,
    width: alone + pairs.length,
    write: pairWriter(features.write),
    writeWeek: pairWriter(features.writeWeek),
    // What only the calendar tells is paired with nothing: it has no coarser levels.
    writeMoved: features.writeMoved
  };
}

function lower(name: string): string {
  return name[0]!.toLowerCase() + name.slice(1);
}
