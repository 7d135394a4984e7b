/**
 * The chance of a new deal to be won within half a year, by what it is: a logistic regression whose factors are held by next to nothing,
 * so that an effect is not drawn in. Owners, partners and other groups of many levels are drawn from one spread. The deal model, whose chances pages show, pools everything: better for a chance, too near to none for an effect.
 */

import type {DealFeatures, DealState} from "../deals/dealFeatures.ts";
import {featureNames, pooledGroups} from "../deals/outcomeModel.ts";
import {type Pair, withPairs} from "../deals/pairedFeatures.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import {fitPooledLogistic} from "../numeric/pooledLogistic.ts";
import {BEGUN_IN, KIND, type NewDeals, newDealFeatures} from "./newDeals.ts";

export interface NewDealModel {
  features: DealFeatures;
  coefficients: Float64Array;
  /** root'root is the coefficients' covariance (row-major, lower triangle). */
  root: Float64Array;
}

/** The largest fit whose covariance is known. */
const MOST_FEATURES = 880;
/** Fewer deals won, or not won, in their time are not enough. */
export const LEAST_EITHER = 25;

/** Fits the model, or null with too few deals whose half year is over. @throws {Error} naming the column when it does not converge */
export function fitNewDeals(history: PipelineHistory, {states, isWon}: NewDeals): NewDealModel | null {
  const nWon = isWon.reduce((sum, won) => sum + won, 0);
  if (Math.min(nWon, isWon.length - nWon) < LEAST_EITHER) return null;
  const parts = newDealFeatures(history, states);
  const features = withPairs(parts, pairsWithKind(parts));
  const fitted = fitRows(features, states, isWon);
  return fitted && {features, ...fitted};
}

/**
 * Every factor together with the deal's kind: its type, or the stage it begins in where there are no types. What moves a new deal's chance
 * of one in ten by a third hardly moves a renewal's of nine in ten, and neither is the mean of both.
 */
function pairsWithKind({groups, size}: DealFeatures): Pair[] {
  const named = (name: string) => groups.findIndex((group) => group.name === name && group.coarse);
  const kind = [KIND, BEGUN_IN].map(named).find((g) => g >= 0) ?? -1;
  if (kind < 0) return [];
  let left = MOST_FEATURES - size;
  return groups.flatMap(({name, coarse}, g): Pair[] => {
    if (!coarse || g === kind || name === BEGUN_IN) return [];
    const cells = coarse.levels.length * groups[kind]!.coarse!.levels.length;
    if (cells > left) return [];
    left -= cells;
    return [[Math.min(g, kind), Math.max(g, kind)]];
  });
}

function fitRows(features: DealFeatures, states: readonly DealState[], isWon: Uint8Array) {
  const {width, size} = features;
  const n = states.length;
  const rows = {n, width, features: new Int32Array(n * width), weight: new Float64Array(n).fill(1)};
  states.forEach((state, i) => {
    features.write(rows.features, i * width, state, 1);
  });
  const {coefficients, root} = fitPooledLogistic(
    rows,
    isWon,
    rows.weight,
    size,
    pooledGroups(features),
    featureNames(features)
  );
  return root && {coefficients, root};
}

/** A mean chance and its slopes by the coefficients. */
export interface MeanChance {
  chance: number;
  slopes: Float64Array;
}

/** The mean of the states' chances to be won in their half year. */
export function meanChance({features, coefficients}: NewDealModel, states: readonly DealState[]): MeanChance {
  const active = new Int32Array(features.width);
  const slopes = new Float64Array(features.size);
  let sum = 0;
  for (const state of states) {
    features.write(active, 0, state, 1);
    let eta = 0;
    for (const feature of active) eta += coefficients[feature]!;
    const chance = 1 / (1 + Math.exp(-eta));
    sum += chance;
    for (const feature of active) slopes[feature]! += (chance * (1 - chance)) / states.length;
  }
  return {chance: sum / states.length, slopes};
}

/** One way against the other, of the same deals. */
export interface Contrast {
  /** Difference of the mean chances, and its standard error. */
  points: number;
  pointsError: number;
  /** Difference of their log-odds, and its standard error. */
  logOdds: number;
  logOddsError: number;
}

/** How far apart two mean chances are, by the delta method. */
export function contrastOf({root}: NewDealModel, a: MeanChance, b: MeanChance): Contrast {
  const error = (scaleA: number, scaleB: number) => {
    const n = a.slopes.length;
    const slopes = a.slopes.map((slope, j) => slope * scaleA - b.slopes[j]! * scaleB);
    let variance = 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += root[i * n + j]! * slopes[j]!;
      variance += sum * sum;
    }
    return Math.sqrt(variance);
  };
  const odds = ({chance}: MeanChance) => 1 / (chance * (1 - chance));
  const logit = ({chance}: MeanChance) => Math.log(chance / (1 - chance));
  return {
    points: a.chance - b.chance,
    pointsError: error(1, 1),
    logOdds: logit(a) - logit(b),
    logOddsError: error(odds(a), odds(b))
  };
}
