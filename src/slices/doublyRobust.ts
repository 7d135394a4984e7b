/**
 * How much more often deals of one kind were won than the same deals would have been without it: a model of who gets the
 * kind and a model of who wins, either of which is enough.
 * @see Robins, Rotnitzky & Zhao (1994), JASA 89:846-866; for the effect on the treated: Moodie, Saarela & Stephens (2018), Stat 7:e205
 */
import {fitSparseLogistic, type SparseRows} from "./numeric/sparseLogistic.js";

/** Closed deals: of which kind each is, whether it was won, and what is known of it beforehand. */
export interface ComparedDeals {
  isTreated: readonly boolean[];
  isWon: readonly boolean[];
  /** One list a factor, one word a deal; null is a level of its own. */
  factors: readonly (readonly (string | null)[])[];
}

export interface DoublyRobustEffect {
  /** Difference of win rates for the treated deals that have like ones; null when it is not enough data. */
  difference: number | null;
  /** Its 95% interval, from the influence function. */
  lo: number | null;
  hi: number | null;
  /** Share of the treated deals that have like ones: the odds of the kind given all factors are not beyond 9 to 1. */
  overlap: number | null;
  /** How many unweighted deals the weighted others are worth (Kish); null when nothing is compared. */
  nWorth: number | null;
  /** Largest standardized difference of any level of any factor: as the deals are, and weighted. 0.1 and less is balanced. */
  imbalanceRaw: number | null;
  imbalance: number | null;
  nTreated: number;
  nOthers: number;
}

const Z95 = 1.959964;
/** Fewer deals that weigh something, or fewer won or lost ones, than this on a side are not enough data. */
const FEWEST = 20;
const FEWEST_EITHER = 5;
/** Levels of a factor with fewer deals are one level, "other". */
const THIN_LEVEL = 15;
/** Treated deals that are more surely of their kind than this have no like ones. */
const MOST_SURE = 0.9;
/** Ridge on the levels: a level's log odds ratio is within about 2 of the common one unless the deals say otherwise. */
const RIDGE = 1;

/**
 * The effect on the treated by augmented inverse probability weighting: what treated deals won above what a logistic model of
 * the others expects of them, less the same of the others, weighed by the odds to be treated.
 * @param ridge on the levels of both models
 */
export function doublyRobust(deals: ComparedDeals, ridge = RIDGE): DoublyRobustEffect {
  const {isTreated, isWon} = deals;
  const all = isTreated.map((_, i) => i);
  const treated = all.filter((i) => isTreated[i]);
  const others = all.filter((i) => !isTreated[i]);
  const nothing: DoublyRobustEffect = {
    difference: null,
    lo: null,
    hi: null,
    overlap: null,
    nWorth: null,
    imbalanceRaw: null,
    imbalance: null,
    nTreated: treated.length,
    nOthers: others.length
  };
  if (![treated, others].every((side) => isEnough(side, isWon))) return nothing;
  const {rows, nFeatures, levels} = indicators(deals.factors, all.length);
  const odds = predictor(rows, all, isTreated, nFeatures, ridge).map((p) => p / (1 - p));
  const expected = predictor(rows, others, isWon, nFeatures, ridge);
  const compared = treated.filter((i) => odds[i]! <= MOST_SURE / (1 - MOST_SURE));
  const known = {...nothing, overlap: compared.length / treated.length};
  if (!isEnough(compared, isWon)) return known;
  const surplus = (i: number) => (isWon[i] ? 1 : 0) - expected[i]!;
  // Others where hardly any deal is not of the kind stand beside nobody who is compared.
  const weightOf = (i: number) => (odds[i]! <= MOST_SURE / (1 - MOST_SURE) ? odds[i]! : 0);
  const like = others.filter((i) => weightOf(i) > 0);
  if (!isEnough(like, isWon)) return known;
  const total = sum(like, weightOf);
  const [mine, theirs] = [
    sum(compared, surplus) / compared.length,
    sum(like, (i) => weightOf(i) * surplus(i)) / total
  ];
  const difference = mine - theirs;
  const variance =
    sum(compared, (i) => ((surplus(i) - mine) / compared.length) ** 2) +
    sum(like, (i) => ((weightOf(i) * (surplus(i) - theirs)) / total) ** 2);
  const half = Z95 * Math.sqrt(variance);
  return {
    ...known,
    difference,
    lo: Math.max(-1, difference - half),
    hi: Math.min(1, difference + half),
    nWorth: total ** 2 / sum(like, (i) => weightOf(i) ** 2),
    imbalanceRaw: imbalance(levels, compared, others, () => 1),
    imbalance: imbalance(levels, compared, others, weightOf)
  };
}

function isEnough(side: readonly number[], isWon: readonly boolean[]): boolean {
  const won = side.filter((i) => isWon[i]).length;
  return side.length >= FEWEST && won >= FEWEST_EITHER && side.length - won >= FEWEST_EITHER;
}

/** A constant and one indicator a level, thin levels of a factor as one; the first, largest level of a factor is the constant. */
function indicators(factors: ComparedDeals["factors"], n: number) {
  const width = factors.length + 1;
  const features = new Int32Array(n * width).fill(-1);
  const levels: number[][] = [];
  let nFeatures = 1;
  for (let i = 0; i < n; i++) features[i * width] = 0;
  for (const [f, words] of factors.entries()) {
    const byWord = new Map<string | null, number[]>();
    for (const [i, word] of words.entries()) (byWord.get(word) ?? byWord.set(word, []).get(word)!).push(i);
    const groups = [...byWord.values()].filter((group) => group.length >= THIN_LEVEL);
    const thin = [...byWord.values()].filter((group) => group.length < THIN_LEVEL).flat();
    if (thin.length > 0) groups.push(thin);
    groups.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
    for (const group of groups.slice(1)) {
      for (const i of group) features[i * width + f + 1] = nFeatures;
      nFeatures++;
    }
    if (groups.length > 1) levels.push(...groups);
  }
  return {rows: {n, width, features}, nFeatures, levels};
}

/** Holds the constant where all outcomes are alike, and moves it nowhere else. */
const LOOSE = 1e-6;

/** Fits a chance to the given rows and says it of all. */
function predictor(
  {n, width, features}: SparseRows,
  of: readonly number[],
  y: readonly boolean[],
  nFeatures: number,
  ridge: number
): Float64Array {
  const some = new Int32Array(of.length * width);
  for (const [at, i] of of.entries()) some.set(features.subarray(i * width, (i + 1) * width), at * width);
  const {coefficients} = fitSparseLogistic(
    {n: of.length, width, features: some},
    Uint8Array.from(of, (i) => Number(y[i])),
    new Float64Array(of.length).fill(1),
    {ridge: new Float64Array(nFeatures).fill(ridge).fill(LOOSE, 0, 1), smooth: []}
  );
  return Float64Array.from({length: n}, (_, i) => {
    let eta = 0;
    for (let w = i * width; w < (i + 1) * width; w++)
      if (features[w]! >= 0) eta += coefficients[features[w]!]!;
    return 1 / (1 + Math.exp(-eta));
  });
}

/** The largest difference of a level's share between the two sides, in standard deviations of the unweighted sides. */
function imbalance(
  levels: readonly (readonly number[])[],
  treated: readonly number[],
  others: readonly number[],
  weightOf: (i: number) => number
): number {
  const total = sum(others, weightOf);
  const isCompared = new Set(treated);
  const isOther = new Set(others);
  return levels.reduce((most, level) => {
    let [mine, plain, weighed] = [0, 0, 0];
    for (const i of level)
      if (isCompared.has(i)) mine++;
      else if (isOther.has(i)) {
        plain++;
        weighed += weightOf(i);
      }
    const [p, q] = [mine / treated.length, plain / others.length];
    const spread = Math.sqrt((p * (1 - p) + q * (1 - q)) / 2);
    return spread > 0 ? Math.max(most, Math.abs(p - weighed / total) / spread) : most;
  }, 0);
}

function sum(list: readonly number[], of: (i: number) => number): number {
  return list.reduce((total, i) => total + of(i), 0);
}
