/**
 * Parts of a logarithm that change slowly with the frequency are computed at every second, fourth, ... frequency only and
 * interpolated: a small deal's part hardly bends over many of them.
 */

/** Adds a part at a frequency to the real and imaginary parts by node. */
export type Part = (omega: number, re: Float64Array, im: Float64Array) => void;

/** Largest stride between computed frequencies. */
const WIDEST = 64;
/** A deal's amount times the stride of frequencies, in radians, at most: cubic interpolation is then off by 3e-6 of its chance. */
const BEND = 0.1;

/** The stride, a power of two, at which a part of deals up to an amount may be computed. @param unit first frequency */
export function strideOf(unit: number, amount: number): number {
  let stride = 1;
  while (stride < WIDEST && 2 * stride * unit * amount <= BEND) stride *= 2;
  return stride;
}

/** The sum of parts of one stride at any multiple of the first frequency, in rising order. */
export function layer(unit: number, stride: number, parts: readonly Part[], nNodes: number) {
  const re: Float64Array[] = [new Float64Array(nNodes)];
  const im: Float64Array[] = [new Float64Array(nNodes)];
  const reach = (k: number) => {
    while (re.length <= k) {
      const [x, y] = [new Float64Array(nNodes), new Float64Array(nNodes)];
      for (const part of parts) part(re.length * stride * unit, x, y);
      re.push(x);
      im.push(y);
    }
  };
  /** Adds to the real and imaginary parts at m times the first frequency. */
  return (m: number, toRe: Float64Array, toIm: Float64Array): void => {
    if (stride === 1) {
      for (const part of parts) part(m * unit, toRe, toIm);
      return;
    }
    const k = Math.floor(m / stride);
    const u = m / stride - k;
    reach(k + 2);
    const w0 = (-u * (u - 1) * (u - 2)) / 6;
    const w1 = ((u + 1) * (u - 1) * (u - 2)) / 2;
    const w2 = (-(u + 1) * u * (u - 2)) / 2;
    const w3 = ((u + 1) * u * (u - 1)) / 6;
    // Below the first row lies its mirror image: real parts are even, imaginary ones odd.
    const [a, mirror] = k === 0 ? [1, -1] : [k - 1, 1];
    for (let j = 0; j < nNodes; j++) {
      toRe[j]! += w0 * re[a]![j]! + w1 * re[k]![j]! + w2 * re[k + 1]![j]! + w3 * re[k + 2]![j]!;
      toIm[j]! += mirror * w0 * im[a]![j]! + w1 * im[k]![j]! + w2 * im[k + 1]![j]! + w3 * im[k + 2]![j]!;
    }
  };
}
