/** Deals taken one by one: the product of their characteristic functions, with the number of turns of its argument. */
import type {SpreadTable} from "./spreadTable.js";

export interface SingleDeals {
  /** Computes every deal's E exp(i omega amount factor) for a frequency. */
  at(omega: number): void;
  /** Adds the logarithm of the product at one node. */
  add(node: number, re: Float64Array, im: Float64Array): void;
}

/** Factors of at least 1e-17 multiplied before the product is brought back to modulus 1. */
const BATCH = 8;

/** @param chances by node, of each deal */
export function singleDeals(
  amounts: Float64Array,
  chances: readonly Float64Array[],
  factors: SpreadTable
): SingleDeals {
  const n = amounts.length;
  const [phiRe, phiIm] = [new Float64Array(n), new Float64Array(n)];
  return {
    at(omega) {
      for (let i = 0; i < n; i++) {
        factors.at(omega * amounts[i]!);
        phiRe[i] = factors.re;
        phiIm[i] = factors.im;
      }
    },
    add(node, re, im) {
      const chance = chances[node]!;
      let [x, y, log, turns] = [1, 0, 0, 0];
      for (let i = 0; i < n; i++) {
        const p = chance[i]!;
        const a = 1 - p + p * phiRe[i]!;
        const b = p * phiIm[i]!;
        const nextX = x * a - y * b;
        const nextY = x * b + y * a;
        // Each factor turns by less than half a circle: the way over the negative axis is seen from the signs.
        if (b > 0) {
          if (y >= 0 && nextY < 0) turns++;
        } else if (b < 0 && y < 0 && nextY >= 0) turns--;
        x = nextX;
        y = nextY;
        if (i % BATCH === BATCH - 1) {
          const size = Math.max(1e-300, Math.hypot(x, y));
          log += Math.log(size);
          x /= size;
          y /= size;
        }
      }
      re[node]! += log + 0.5 * Math.log(Math.max(1e-300, x * x + y * y));
      im[node]! += Math.atan2(y, x) + 2 * Math.PI * turns;
    }
  };
}
