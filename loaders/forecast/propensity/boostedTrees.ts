/**
 * Gradient-boosted trees for a chance of 0 to 1, on coded columns: second-order boosting with histograms, categories
 * split by ordering their codes by gradient, missing values a code of their own.
 * @see Chen & Guestrin 2016 (XGBoost); Ke et al. 2017 (LightGBM); Fisher 1958 for the order of categories
 */
import {concernNumber, Rng} from "../../twins/random/rng.ts";
import type {ColumnCoding} from "./columns.ts";

export interface Tree {
  /** Column split on, -1 at a leaf. */
  column: Int16Array;
  /** Which codes go left, one bit set a node; null at a leaf. */
  left: readonly (Uint8Array | null)[];
  children: Int16Array;
  /** Added to the log-odds at a leaf. */
  value: Float64Array;
}

export interface BoostedTrees {
  base: number;
  trees: Tree[];
}

export interface BoostOptions {
  rounds: number;
  learningRate: number;
  /** Splits deep. */
  depth: number;
  /** L2 penalty of a leaf, in units of curvature. */
  penalty: number;
  /** Least curvature (about a quarter of the deals) in a leaf. */
  leastCurvature: number;
  /** Share of the columns tried at each tree, and of rows drawn for it. */
  columnShare: number;
  rowShare: number;
  seed: number;
  /** Columns tried at each split, drawn from the tree's; all of them when absent. */
  splitColumns?: number;
}

/** Fits trees to y (0 or 1). @param onRound called after each tree with the log-odds so far of the training rows; false stops */
export function boost(
  codes: readonly Uint16Array[],
  codings: readonly ColumnCoding[],
  y: Float64Array,
  options: BoostOptions,
  onRound?: (tree: Tree, round: number) => boolean
): BoostedTrees {
  const n = y.length;
  const mean = y.reduce((sum, value) => sum + value, 0) / Math.max(1, n);
  const base = Math.log((mean + 0.5 / n) / (1 - mean + 0.5 / n));
  const score = new Float64Array(n).fill(base);
  const gradient = new Float64Array(n);
  const curvature = new Float64Array(n);
  const rng = new Rng().seed(options.seed, concernNumber("boost"));
  const trees: Tree[] = [];
  for (let round = 0; round < options.rounds; round++) {
    for (let i = 0; i < n; i++) {
      const p = 1 / (1 + Math.exp(-score[i]!));
      gradient[i] = y[i]! - p;
      curvature[i] = p * (1 - p);
    }
    const rows: number[] = [];
    for (let i = 0; i < n; i++) if (options.rowShare >= 1 || rng.next() < options.rowShare) rows.push(i);
    const columns = codings
      .map((_, c) => c)
      .filter(() => options.columnShare >= 1 || rng.next() < options.columnShare);
    const tree = growTree(
      codes,
      codings,
      gradient,
      curvature,
      rows,
      columns.length > 0 ? columns : [rng.int(codings.length)],
      options,
      rng
    );
    const added = treeValues(tree, codes, n);
    for (let i = 0; i < n; i++) score[i]! += added[i]!;
    trees.push(tree);
    if (onRound && !onRound(tree, round)) break;
  }
  return {base, trees};
}

type TreeOptions = Pick<
  BoostOptions,
  "learningRate" | "depth" | "penalty" | "leastCurvature" | "splitColumns"
>;

/** So many of a list, without replacement. */
function someOf(columns: readonly number[], many: number | undefined, rng: Rng): readonly number[] {
  if (many === undefined || many >= columns.length) return columns;
  const left = [...columns];
  for (let i = 0; i < many; i++) {
    const other = i + rng.int(left.length - i);
    [left[i], left[other]] = [left[other]!, left[i]!];
  }
  return left.slice(0, many);
}

export interface BaggedTrees {
  base: number;
  trees: Tree[];
}

/**
 * A random forest: deep trees on bootstrap samples, few columns tried at each split, their shares of wins averaged.
 * @see Breiman 2001
 */
export function bag(
  codes: readonly Uint16Array[],
  codings: readonly ColumnCoding[],
  y: Float64Array,
  {trees: many, leastRows, seed}: {trees: number; leastRows: number; seed: number}
): BaggedTrees {
  const n = y.length;
  const base = y.reduce((sum, value) => sum + value, 0) / Math.max(1, n);
  const gradient = y.map((value) => value - base);
  const curvature = new Float64Array(n).fill(1);
  const rng = new Rng().seed(seed, concernNumber("bag"));
  const columns = codings.map((_, c) => c);
  const options = {
    learningRate: 1,
    depth: 12,
    penalty: 1,
    leastCurvature: leastRows,
    splitColumns: Math.max(1, Math.round(Math.sqrt(codings.length)))
  };
  const trees = Array.from({length: many}, () => {
    const rows = Array.from({length: n}, () => rng.int(n));
    return growTree(codes, codings, gradient, curvature, rows, columns, options, rng);
  });
  return {base, trees};
}

/** Log-odds of coded rows by a forest's mean share of wins. */
export function baggedScore(
  {base, trees}: BaggedTrees,
  codes: readonly Uint16Array[],
  n: number
): Float64Array {
  const sum = new Float64Array(n);
  for (const tree of trees) {
    const own = treeValues(tree, codes, n);
    for (let i = 0; i < n; i++) sum[i]! += own[i]! / trees.length;
  }
  return sum.map((value) => {
    const p = Math.min(0.995, Math.max(0.005, base + value));
    return Math.log(p / (1 - p));
  });
}

interface Split {
  column: number;
  left: Uint8Array;
  gain: number;
}

function growTree(
  codes: readonly Uint16Array[],
  codings: readonly ColumnCoding[],
  gradient: Float64Array,
  curvature: Float64Array,
  rows: readonly number[],
  columns: readonly number[],
  options: TreeOptions,
  rng: Rng
): Tree {
  const column: number[] = [];
  const left: (Uint8Array | null)[] = [];
  const children: number[] = [];
  const value: number[] = [];
  const grow = (here: Int32Array, depth: number): number => {
    const node = column.length;
    let [g, h] = [0, 0];
    for (const i of here) {
      g += gradient[i]!;
      h += curvature[i]!;
    }
    column.push(-1);
    left.push(null);
    children.push(-1, -1);
    value.push((options.learningRate * g) / (h + options.penalty));
    const split =
      depth < options.depth
        ? bestSplit(
            codes,
            codings,
            gradient,
            curvature,
            here,
            someOf(columns, options.splitColumns, rng),
            g,
            h,
            options
          )
        : null;
    if (!split) return node;
    const coded = codes[split.column]!;
    column[node] = split.column;
    left[node] = split.left;
    children[2 * node] = grow(
      here.filter((i) => split.left[coded[i]!] === 1),
      depth + 1
    );
    children[2 * node + 1] = grow(
      here.filter((i) => split.left[coded[i]!] !== 1),
      depth + 1
    );
    return node;
  };
  grow(Int32Array.from(rows), 0);
  return {
    column: Int16Array.from(column),
    left,
    children: Int16Array.from(children),
    value: Float64Array.from(value)
  };
}

function bestSplit(
  codes: readonly Uint16Array[],
  codings: readonly ColumnCoding[],
  gradient: Float64Array,
  curvature: Float64Array,
  rows: Int32Array,
  columns: readonly number[],
  g: number,
  h: number,
  {penalty, leastCurvature}: TreeOptions
): Split | null {
  if (h < 2 * leastCurvature) return null;
  let best: Split | null = null;
  const parent = (g * g) / (h + penalty);
  for (const c of columns) {
    const {nCodes, kind} = codings[c]!;
    const coded = codes[c]!;
    const sumG = new Float64Array(nCodes);
    const sumH = new Float64Array(nCodes);
    for (const i of rows) {
      const code = coded[i]!;
      sumG[code]! += gradient[i]!;
      sumH[code]! += curvature[i]!;
    }
    const present: number[] = [];
    for (let code = kind === "category" ? 0 : 1; code < nCodes; code++)
      if (sumH[code]! > 0) present.push(code);
    // Words have no order of their own: by mean gradient, drawn to 0 where there are few deals.
    if (kind === "category") present.sort((a, b) => sumG[a]! / (sumH[a]! + 5) - sumG[b]! / (sumH[b]! + 5));
    // Missing numbers are tried on either side.
    for (const missingLeft of kind === "number" && sumH[0]! > 0 ? [true, false] : [false]) {
      let gl = missingLeft ? sumG[0]! : 0;
      let hl = missingLeft ? sumH[0]! : 0;
      for (
        let at = 0;
        at < present.length - (kind === "number" && sumH[0]! > 0 && !missingLeft ? 0 : 1);
        at++
      ) {
        gl += sumG[present[at]!]!;
        hl += sumH[present[at]!]!;
        const hr = h - hl;
        if (hl < leastCurvature || hr < leastCurvature) continue;
        const gr = g - gl;
        const gain = (gl * gl) / (hl + penalty) + (gr * gr) / (hr + penalty) - parent;
        if (gain <= (best?.gain ?? 1e-6)) continue;
        const left = new Uint8Array(nCodes);
        for (let k = 0; k <= at; k++) left[present[k]!] = 1;
        if (missingLeft) left[0] = 1;
        best = {column: c, left, gain};
      }
    }
  }
  return best;
}

/** What a tree adds to the log-odds of each row. */
export function treeValues(
  {column, left, children, value}: Tree,
  codes: readonly Uint16Array[],
  n: number
): Float64Array {
  const added = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let node = 0;
    while (column[node]! >= 0)
      node = children[2 * node + (left[node]![codes[column[node]!]![i]!] === 1 ? 0 : 1)]!;
    added[i] = value[node]!;
  }
  return added;
}

/** Log-odds of coded rows by the first `rounds` trees. */
export function boostedScore(
  {base, trees}: BoostedTrees,
  codes: readonly Uint16Array[],
  n: number,
  rounds = trees.length
): Float64Array {
  const score = new Float64Array(n).fill(base);
  for (const tree of trees.slice(0, rounds)) {
    const added = treeValues(tree, codes, n);
    for (let i = 0; i < n; i++) score[i]! += added[i]!;
  }
  return score;
}
