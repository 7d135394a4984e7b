/** Deals taken one by one: the logarithm of the product of their characteristic functions. */
import type {Part} from "./layers.js";
import type {SpreadTable} from "./spreadTable.js";

/** So many factors are multiplied before a logarithm is taken. */
const BATCH = 16;

/**
 * One logarithm serves a batch of factors; how often their arguments go round is counted.
 * @param chances by node, of each deal
 * @param factors on a deal's amount
 */
export function singleDeals(
  amounts: Float64Array,
  chances: readonly Float64Array[],
  factors: SpreadTable
): Part {
  const n = amounts.length;
  const [phiRe, phiIm] = [new Float64Array(n), new Float64Array(n)];
  return (omega, re, im) => {
    for (let i = 0; i < n; i++) {
      factors.at(omega * amounts[i]!);
      phiRe[i] = factors.re;
      phiIm[i] = factors.im;
    }
    for (let node = 0; node < chances.length; node++) {
      const chance = chances[node]!;
      let log = 0;
      let argument = 0;
      let turns = 0;
      for (let from = 0; from < n; from += BATCH) {
        const end = Math.min(n, from + BATCH);
        let x = 1;
        let y = 0;
        for (let i = from; i < end; i++) {
          const p = chance[i]!;
          const a = 1 - p + p * phiRe[i]!;
          const b = p * phiIm[i]!;
          const nextX = x * a - y * b;
          const nextY = x * b + y * a;
          // A factor turns by less than half a circle: from above to below the axis leftwards is over the cut, and back.
          if (nextY < 0) {
            if (y >= 0 && b > 0) turns++;
          } else if (y < 0 && b < 0) turns--;
          x = nextX;
          y = nextY;
        }
        log += Math.log(Math.max(1e-300, x * x + y * y));
        argument += Math.atan2(y, x);
      }
      re[node]! += 0.5 * log;
      im[node]! += argument + 2 * Math.PI * turns;
    }
  };
}
