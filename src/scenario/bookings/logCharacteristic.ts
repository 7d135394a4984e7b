/** The logarithm of the characteristic function of bookings (less what is certain), at every node of the shock. */
import {arrivalParts} from "./arrivalParts.js";
import {cellsOf, LEVELS} from "./cells.js";
import {layer, type Part, strideOf} from "./layers.js";
import {levelTable} from "./levelTable.js";
import type {Shock} from "./shock.js";
import {singleDeals} from "./singleDeals.js";
import {spreadTable} from "./spreadTable.js";
import {type BookingTerms, chanceInWindow, type PooledDeals} from "./terms.js";

export interface LogCharacteristic {
  /** Real and imaginary part by node, at the frequency last asked for. */
  re: Float64Array;
  im: Float64Array;
  /**
   * Computes both at m times the first frequency, m rising; false when the function is below 1e-7 for the weakest and the
   * strongest shock, and both are then undefined.
   */
  at(m: number): boolean;
}

/** ln 1e-7 */
const NEGLIGIBLE = -16.1;

/** @param unit the first frequency */
export function logCharacteristic(terms: BookingTerms, shock: Shock, unit: number): LogCharacteristic {
  const {z} = shock;
  const nNodes = z.length;
  const {most} = spreadTable(terms.spread);
  const parts = new Map<number, Part[]>();
  const put = (stride: number, part: Part) => {
    const list = parts.get(stride);
    if (list) list.push(part);
    else parts.set(stride, [part]);
  };
  for (const {stride, part} of arrivalParts(terms.arrivals, z, unit)) put(stride, part);
  if (terms.pooled)
    for (const {amount, part} of columnParts(terms.pooled, terms.spread, z))
      put(strideOf(unit, amount * most), part);
  for (const {stride, part} of singleParts(terms, z, unit)) put(stride, part);
  const layers = [...parts].map(([stride, own]) => layer(unit, stride, own, nNodes));
  const out: LogCharacteristic = {
    re: new Float64Array(nNodes),
    im: new Float64Array(nNodes),
    at(m) {
      const {re, im} = out;
      re.fill(0);
      im.fill(0);
      for (const add of layers) add(m, re, im);
      return re[0]! >= NEGLIGIBLE || re[nNodes - 1]! >= NEGLIGIBLE;
    }
  };
  return out;
}

/** The deals that are taken one by one, by stride, without those that bring nothing. */
function singleParts({amount, logBefore, logAfter, spread}: BookingTerms, z: Float64Array, unit: number) {
  const factors = spreadTable(spread);
  const last = z.length - 1;
  const chance = (i: number, j: number) => chanceInWindow(logBefore[i]!, logAfter[i]!, z[j]!);
  const byStride = new Map<number, number[]>();
  for (let i = 0; i < amount.length; i++) {
    if (!(amount[i]! > 0 && logBefore[i]! > logAfter[i]!)) continue;
    // The argument of a likely deal jumps at half a circle: nothing may be interpolated over that.
    const isLikely = Math.max(chance(i, 0), chance(i, last)) > 0.5;
    const stride = isLikely ? 1 : strideOf(unit, amount[i]! * factors.most);
    const list = byStride.get(stride);
    if (list) list.push(i);
    else byStride.set(stride, [i]);
  }
  return [...byStride].map(([stride, deals]) => ({
    stride,
    part: singleDeals(
      Float64Array.from(deals, (i) => amount[i]!),
      Array.from(z, (_, j) => Float64Array.from(deals, (i) => chance(i, j))),
      factors
    )
  }));
}

/** Each column of cells as a part of its own. */
function columnParts(pooled: PooledDeals, spread: readonly number[], z: Float64Array) {
  const {amount, at} = cellsOf(pooled, z);
  const table = levelTable(spread);
  const n = LEVELS.length;
  return Array.from(amount, (own, c): {amount: number; part: Part} | null => {
    const weights = new Float64Array(z.length * n);
    let [first, end] = [n, 0];
    for (let j = 0; j < z.length; j++)
      for (let l = 0; l < n; l++) {
        const weight = at[j]![c * n + l]!;
        if (weight === 0) continue;
        weights[j * n + l] = weight;
        first = Math.min(first, l);
        end = Math.max(end, l + 1);
      }
    if (end === 0) return null;
    const part: Part = (omega, re, im) => {
      table.at(omega * own);
      const {row} = table;
      for (let j = 0; j < re.length; j++) {
        let [x, y] = [0, 0];
        for (let l = first; l < end; l++) {
          const weight = weights[j * n + l]!;
          x += weight * row[l]!;
          y += weight * row[n + l]!;
        }
        re[j]! += x;
        im[j]! += y;
      }
    };
    return {amount: own, part};
  }).filter((each) => each !== null);
}
