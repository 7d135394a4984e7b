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
  /** Words are split one against all others, not in two groups: rougher, and so less fitted to few rows. */
  oneWord?: boolean;
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
  const rows = new Int32Array(n);
  const bins = new Histograms(codings);
  for (let round = 0; round < options.rounds; round++) {
    for (let i = 0; i < n; i++) {
      const p = 1 / (1 + Math.exp(-score[i]!));
      gradient[i] = y[i]! - p;
      curvature[i] = p * (1 - p);
    }
    let drawn = 0;
    for (let i = 0; i < n; i++) if (options.rowShare >= 1 || rng.next() < options.rowShare) rows[drawn++] = i;
    const columns = codings
      .map((_, c) => c)
      .filter(() => options.columnShare >= 1 || rng.next() < options.columnShare);
    const tree = growTree(
      {codes, codings, gradient, curvature, bins},
      rows.subarray(0, drawn),
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

/** What a tree is grown on. */
interface Gradients {
  codes: readonly Uint16Array[];
  codings: readonly ColumnCoding[];
  gradient: Float64Array;
  curvature: Float64Array;
  bins: Histograms;
}

type TreeOptions = Pick<
  BoostOptions,
  "learningRate" | "depth" | "penalty" | "leastCurvature" | "splitColumns" | "oneWord"
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
  {
    trees: many,
    leastRows,
    mostRows = Number.POSITIVE_INFINITY,
    seed
  }: {trees: number; leastRows: number; mostRows?: number; seed: number}
): BaggedTrees {
  const n = y.length;
  const base = y.reduce((sum, value) => sum + value, 0) / Math.max(1, n);
  const gradient = y.map((value) => value - base);
  const curvature = new Float64Array(n).fill(1);
  const rng = new Rng().seed(seed, concernNumber("bag"));
  const columns = codings.map((_, c) => c);
  const bins = new Histograms(codings);
  const options = {
    learningRate: 1,
    depth: 12,
    penalty: 1,
    leastCurvature: leastRows,
    splitColumns: Math.max(1, Math.round(Math.sqrt(codings.length))),
    oneWord: true
  };
  const trees = Array.from({length: many}, () => {
    const rows = Int32Array.from({length: Math.min(n, mostRows)}, () => rng.int(n));
    return growTree({codes, codings, gradient, curvature, bins}, rows, columns, options, rng);
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

/** Grows one tree on rows (repeats allowed) of gradients and curvatures. */
function growTree(
  {codes, codings, gradient, curvature, bins}: Gradients,
  rows: Int32Array,
  columns: readonly number[],
  options: TreeOptions,
  rng: Rng
): Tree {
  const column: number[] = [];
  const left: (Uint8Array | null)[] = [];
  const children: number[] = [];
  const value: number[] = [];
  const spare = new Int32Array(rows.length);
  /** Grows the node of rows[from] to rows[to - 1]. */
  const grow = (from: number, to: number, depth: number): number => {
    const node = column.length;
    let [g, h] = [0, 0];
    for (let r = from; r < to; r++) {
      g += gradient[rows[r]!]!;
      h += curvature[rows[r]!]!;
    }
    column.push(-1);
    left.push(null);
    children.push(-1, -1);
    value.push((options.learningRate * g) / (h + options.penalty));
    if (depth >= options.depth || h < 2 * options.leastCurvature) return node;
    let best: Split | null = null;
    for (const c of someOf(columns, options.splitColumns, rng)) {
      const coded = codes[c]!;
      const {sumG, sumH} = bins.empty(c);
      for (let r = from; r < to; r++) {
        const i = rows[r]!;
        const code = coded[i]!;
        sumG[code]! += gradient[i]!;
        sumH[code]! += curvature[i]!;
      }
      best = bestSplit(c, codings[c]!, sumG, sumH, g, h, options, best);
    }
    if (!best) return node;
    const coded = codes[best.column]!;
    column[node] = best.column;
    left[node] = best.left;
    // Those that go left stay in front, in their order.
    let [middle, others] = [from, 0];
    for (let r = from; r < to; r++) {
      const i = rows[r]!;
      if (best.left[coded[i]!] === 1) rows[middle++] = i;
      else spare[others++] = i;
    }
    rows.set(spare.subarray(0, others), middle);
    children[2 * node] = grow(from, middle, depth + 1);
    children[2 * node + 1] = grow(middle, to, depth + 1);
    return node;
  };
  grow(0, rows.length, 0);
  return {
    column: Int16Array.from(column),
    left,
    children: Int16Array.from(children),
    value: Float64Array.from(value)
  };
}

/** Sums by code of one column after the other, in memory that is used again. */
class Histograms {
  private readonly sums: readonly {sumG: Float64Array; sumH: Float64Array}[];

  constructor(codings: readonly ColumnCoding[]) {
    this.sums = codings.map(({nCodes}) => ({sumG: new Float64Array(nCodes), sumH: new Float64Array(nCodes)}));
  }

  empty(column: number): {sumG: Float64Array; sumH: Float64Array} {
    const found = this.sums[column]!;
    found.sumG.fill(0);
    found.sumH.fill(0);
    return found;
  }
}

/** The best split of one column when it beats the best so far. */
function bestSplit(
  column: number,
  {nCodes, kind}: ColumnCoding,
  sumG: Float64Array,
  sumH: Float64Array,
  g: number,
  h: number,
  {penalty, leastCurvature, oneWord = false}: TreeOptions,
  before: Split | null
): Split | null {
  const alone = oneWord && kind === "category";
  const parent = (g * g) / (h + penalty);
  let least = before?.gain ?? 1e-6;
  let found: {at: number; missingLeft: boolean} | null = null;
  const present: number[] = [];
  for (let code = kind === "category" ? 0 : 1; code < nCodes; code++) if (sumH[code]! > 0) present.push(code);
  // Words have no order of their own: by mean gradient, drawn to 0 where there are few deals.
  if (kind === "category" && !alone)
    present.sort((a, b) => sumG[a]! / (sumH[a]! + 5) - sumG[b]! / (sumH[b]! + 5));
  // Missing numbers are tried on either side.
  const hasMissing = kind === "number" && sumH[0]! > 0;
  for (let side = hasMissing ? 0 : 1; side < 2; side++) {
    const missingLeft = side === 0;
    let gl = missingLeft ? sumG[0]! : 0;
    let hl = missingLeft ? sumH[0]! : 0;
    const end = present.length - (hasMissing && !missingLeft ? 0 : 1) + (alone && present.length > 2 ? 1 : 0);
    for (let at = 0; at < end; at++) {
      if (alone) {
        gl = 0;
        hl = 0;
      }
      gl += sumG[present[at]!]!;
      hl += sumH[present[at]!]!;
      const hr = h - hl;
      if (hl < leastCurvature || hr < leastCurvature) continue;
      const gr = g - gl;
      const gain = (gl * gl) / (hl + penalty) + (gr * gr) / (hr + penalty) - parent;
      if (gain <= least) continue;
      least = gain;
      found = {at, missingLeft};
    }
  }
  if (!found) return before;
  const left = new Uint8Array(nCodes);
  for (let k = alone ? found.at : 0; k <= found.at; k++) left[present[k]!] = 1;
  if (found.missingLeft) left[0] = 1;
  return {column, left, gain: least};
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
