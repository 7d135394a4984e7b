/** How rows are held out to judge what was fitted on the others. */
import {concernNumber, Rng} from "../../twins/random/rng.ts";
import type {Coded} from "./learners.ts";

export interface Fold {
  train: number[];
  held: number[];
}

const FOLDS = 5;
/** Fewer different moments than this say nothing of how the world moves. */
const LEAST_MOMENTS = 8;
const LEAST_TRAIN = 20;

/**
 * Folds at random; rows that look the same are in the same fold, or they would give each other away. Every fold has both outcomes
 * to learn from; where that cannot be, there is none.
 */
export function groupedFolds({codes, y}: Coded, seed: number): Fold[] {
  const rng = new Rng().seed(seed, concernNumber("folds"));
  const groups = new Map<string, number>();
  const foldOf = Array.from({length: y.length}, (_, i) => {
    const key = codes.map((column) => column[i]).join(",");
    let fold = groups.get(key);
    if (fold === undefined) {
      fold = rng.int(FOLDS);
      groups.set(key, fold);
    }
    return fold;
  });
  return foldsOf(foldOf, FOLDS).filter((fold) => canLearn(fold, y));
}

/**
 * Blocks of neighbouring moments, each held out from all the others: what is learned must hold at times it was not learned
 * at. Rows of one moment stay together. Null when there are too few moments, or a block would leave one outcome alone.
 */
export function timeBlocks(order: ArrayLike<number>, y: Float64Array): Fold[] | null {
  const counts = new Map<number, number>();
  for (let i = 0; i < order.length; i++) counts.set(order[i]!, (counts.get(order[i]!) ?? 0) + 1);
  const moments = [...counts.keys()].sort((a, b) => a - b);
  if (moments.length < LEAST_MOMENTS) return null;
  const blocks = Math.min(FOLDS, moments.length);
  const blockOf = new Map<number, number>();
  let [block, inBlock, left] = [0, 0, order.length];
  moments.forEach((moment, at) => {
    const many = counts.get(moment)!;
    const momentsLeft = moments.length - at;
    const full = inBlock > 0 && inBlock + many / 2 > (left + inBlock) / (blocks - block);
    if (block < blocks - 1 && inBlock > 0 && (full || momentsLeft <= blocks - 1 - block)) {
      block++;
      inBlock = 0;
    }
    blockOf.set(moment, block);
    inBlock += many;
    left -= many;
  });
  const folds = foldsOf(
    Array.from(order, (moment) => blockOf.get(moment)!),
    block + 1
  );
  return folds.every((fold) => canLearn(fold, y)) ? folds : null;
}

function foldsOf(foldOf: readonly number[], many: number): Fold[] {
  return Array.from({length: many}, (_, fold) => ({
    train: foldOf.flatMap((each, i) => (each === fold ? [] : [i])),
    held: foldOf.flatMap((each, i) => (each === fold ? [i] : []))
  })).filter(({held}) => held.length > 0);
}

function canLearn({train}: Fold, y: Float64Array): boolean {
  const won = train.reduce((sum, i) => sum + y[i]!, 0);
  return train.length >= LEAST_TRAIN / 2 && won > 0 && won < train.length;
}
