/** Draws an index by fixed weights in logarithmic time. */
import type {Rng} from "./rng.ts";

export class Picker {
  private readonly cumulative: Float64Array;

  /** Weights of at least one element, none negative, not all zero. */
  constructor(weights: ArrayLike<number>) {
    this.cumulative = new Float64Array(weights.length);
    let sum = 0;
    for (let i = 0; i < weights.length; i++) {
      sum += weights[i]!;
      this.cumulative[i] = sum;
    }
    if (!(sum > 0)) throw new RangeError("Picker needs a positive weight");
  }

  /** An index. One draw. */
  pick(rng: Rng): number {
    const {cumulative} = this;
    const target = rng.next() * cumulative[cumulative.length - 1]!;
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
