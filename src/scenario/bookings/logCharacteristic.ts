/** The logarithm of the characteristic function of bookings (less what is certain), at every node of the shock. */
import {type Cells, compress} from "./cells.js";
import type {Shock} from "./shock.js";
import {spreadTable} from "./spreadTable.js";
import type {ArrivalTerm, BookingTerms} from "./terms.js";

export interface LogCharacteristic {
  /** Real and imaginary part by node, at the frequency last asked for. */
  re: Float64Array;
  im: Float64Array;
  /** Computes both at a frequency; false when the function is below 1e-7 for every shock, and both are then undefined. */
  at(omega: number): boolean;
}

/** ln 1e-7 */
const NEGLIGIBLE = -16.1;
/** Squared modulus below which the logarithm of a cell is held: a fractional cell has no exact zero. */
const LEAST = 1e-8;

/** Prepares the function; asking it for a frequency allocates nothing. */
export function logCharacteristic(terms: BookingTerms, shock: Shock): LogCharacteristic {
  const {z} = shock;
  const cells = compress(terms.amount, terms.logBefore, terms.logAfter, z);
  const factors = spreadTable(terms.spread);
  const n = cells.amount.length;
  const [phiRe, phiIm] = [new Float64Array(n), new Float64Array(n)];
  const add = cells.levels ? byLevel(cells, cells.levels, phiRe, phiIm) : oneByOne(cells, phiRe, phiIm);
  const out: LogCharacteristic = {
    re: new Float64Array(z.length),
    im: new Float64Array(z.length),
    at(omega) {
      out.re.fill(0);
      out.im.fill(0);
      for (const source of terms.arrivals) addArrivals(out, source, z, omega);
      for (let c = 0; c < n; c++) {
        factors.at(omega * cells.amount[c]!);
        phiRe[c] = factors.re;
        phiIm[c] = factors.im;
      }
      return add(out);
    }
  };
  return out;
}

/** Every deal's own factor 1 - p + p phi; gives up once the product at the smallest stretch is negligible. */
function oneByOne(
  {at}: Cells,
  phiRe: Float64Array,
  phiIm: Float64Array
): (out: LogCharacteristic) => boolean {
  return ({re, im}) => {
    for (let j = 0; j < at.length; j++) {
      const chance = at[j]!;
      for (let c = 0; c < chance.length; c++) {
        const p = chance[c]!;
        const [x, y] = [1 - p + p * phiRe[c]!, p * phiIm[c]!];
        re[j]! += 0.5 * Math.log(Math.max(1e-300, x * x + y * y));
        im[j]! += Math.atan2(y, x);
        if (j === 0 && re[0]! < NEGLIGIBLE) return false;
      }
    }
    return true;
  };
}

/** The factor of each cell once, then weighted at each node. */
function byLevel(
  {at, amount}: Cells,
  levels: Float64Array,
  phiRe: Float64Array,
  phiIm: Float64Array
): (out: LogCharacteristic) => boolean {
  const used: number[] = [];
  for (let cell = 0; cell < amount.length * levels.length; cell++)
    if (at.some((weights) => weights[cell] !== 0)) used.push(cell);
  const column = Int32Array.from(used, (cell) => Math.floor(cell / levels.length));
  const level = Float64Array.from(used, (cell) => levels[cell % levels.length]!);
  const weight = at.map((weights) => Float64Array.from(used, (cell) => weights[cell]!));
  const [logRe, logIm] = [new Float64Array(used.length), new Float64Array(used.length)];
  return ({re, im}) => {
    for (let u = 0; u < used.length; u++) {
      const p = level[u]!;
      const c = column[u]!;
      const [x, y] = [1 - p + p * phiRe[c]!, p * phiIm[c]!];
      logRe[u] = 0.5 * Math.log(Math.max(LEAST, x * x + y * y));
      logIm[u] = Math.atan2(y, x);
      re[0]! += weight[0]![u]! * logRe[u]!;
      im[0]! += weight[0]![u]! * logIm[u]!;
      // A little below the threshold: weights may be negative, so the sum is not monotone.
      if (re[0]! < NEGLIGIBLE - 6) return false;
    }
    for (let j = 1; j < weight.length; j++) {
      const w = weight[j]!;
      for (let u = 0; u < used.length; u++) {
        re[j]! += w[u]! * logRe[u]!;
        im[j]! += w[u]! * logIm[u]!;
      }
    }
    return true;
  };
}

/** A compound Poisson process whose rate is gamma distributed: -ln(1 - v w (phi - 1)) / v, or w (phi - 1) for v = 0. */
function addArrivals(
  {re, im}: LogCharacteristic,
  {wins, rateVariance, amounts}: ArrivalTerm,
  z: Float64Array,
  omega: number
): void {
  if (!(wins > 0) || amounts.length === 0) return;
  let [x, y] = [0, 0];
  for (const amount of amounts) {
    x += Math.cos(omega * amount);
    y += Math.sin(omega * amount);
  }
  x = x / amounts.length - 1;
  y /= amounts.length;
  for (let j = 0; j < z.length; j++) {
    const expected = z[j]! * wins;
    if (rateVariance === 0) {
      re[j]! += expected * x;
      im[j]! += expected * y;
      continue;
    }
    const [a, b] = [1 - rateVariance * expected * x, -rateVariance * expected * y];
    re[j]! -= Math.log(a * a + b * b) / (2 * rateVariance);
    im[j]! -= Math.atan2(b, a) / rateVariance;
  }
}
