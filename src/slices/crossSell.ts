/** Which products customers buy together more often than chance has it. */
import {cell, type FactTable} from "./facts.js";
import {normalQuantile} from "./normal.js";

/** Two products in the baskets of customers. */
export interface ProductPair {
  a: string;
  b: string;
  /** Customers that bought a, b, and both. */
  nA: number;
  nB: number;
  nBoth: number;
  /** Share of a's customers that bought b too, and the other way round. */
  bAmongA: number;
  aAmongB: number;
  /** Both / what independent purchases would give; null where fewer than five would be expected and none was seen. */
  lift: number | null;
  lo: number | null;
  hi: number | null;
  /** More often (1) or more seldom (-1) than chance with all pairs looked at together; 0 when that cannot be told. */
  verdict: 1 | 0 | -1;
}

/** Fewer customers than this who would hold both by chance say nothing. */
const EXPECTED_AT_LEAST = 5;

/**
 * Every pair of products over the baskets of customers with at least one won line: lift = n x both / (nA x nB). Intervals
 * hold at 95% for all pairs together (Bonferroni), so that many pairs do not make chance look like news.
 * @param rows won lines; lines without product or customer do not count
 */
export function productPairs(
  lines: FactTable,
  rows: readonly number[]
): {pairs: ProductPair[]; nCustomers: number} {
  const baskets = new Map<number, Set<string>>();
  for (const row of rows) {
    const [account, product] = [cell(lines, "account", row), cell(lines, "line_product", row)];
    if (account === null || product === null) continue;
    const basket = baskets.get(Number(account)) ?? new Set<string>();
    baskets.set(Number(account), basket.add(String(product)));
  }
  const n = baskets.size;
  const products = [...new Set([...baskets.values()].flatMap((basket) => [...basket]))].sort();
  const holders = (wanted: readonly string[]) =>
    [...baskets.values()].filter((basket) => wanted.every((product) => basket.has(product))).length;
  const couples = products.flatMap((a, i) => products.slice(i + 1).map((b) => [a, b] as const));
  const z = normalQuantile(1 - 0.025 / Math.max(1, couples.length));
  const pairs = couples.map(([a, b]): ProductPair => {
    const [nA, nB, nBoth] = [holders([a]), holders([b]), holders([a, b])];
    const known = {a, b, nA, nB, nBoth, bAmongA: nBoth / nA, aAmongB: nBoth / nB};
    if ((nA * nB) / n < EXPECTED_AT_LEAST) return {...known, lift: null, lo: null, hi: null, verdict: 0};
    const {lo, hi} = liftInterval(nBoth, nA, nB, n, z);
    const lift = (n * nBoth) / (nA * nB);
    return {...known, lift, lo, hi, verdict: lo > 1 ? 1 : hi < 1 ? -1 : 0};
  });
  return {pairs: pairs.sort((p, q) => (q.lift ?? -1) - (p.lift ?? -1)), nCustomers: n};
}

/**
 * Lifts L at which the count of both is within z errors of L x expected, with L times the variance the count has by chance
 * (hypergeometric): a score interval, which holds its level by chance where the delta method on the log of the lift is called
 * news twice as often. For lifts far from 1 it is a little too wide above and too narrow below.
 */
function liftInterval(both: number, nA: number, nB: number, n: number, z: number): {lo: number; hi: number} {
  const expected = (nA * nB) / n;
  const variance = n > 1 ? (expected * (n - nA) * (n - nB)) / (n * (n - 1)) : 0;
  const middle = 2 * both * expected + z * z * variance;
  const half = Math.sqrt(Math.max(0, middle * middle - 4 * expected * expected * both * both));
  return {lo: (middle - half) / (2 * expected * expected), hi: (middle + half) / (2 * expected * expected)};
}
