/** In-place radix-2 discrete Fourier transform: X_k = sum_j x_j exp(-2 pi i j k / n). @throws when n is no power of two */
export function fft(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  if (n === 0 || (n & (n - 1)) !== 0 || im.length !== n)
    throw new RangeError(`fft requires two arrays of the same power of two, got ${n} and ${im.length}`);
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j]!, re[i]!];
    [im[i], im[j]] = [im[j]!, im[i]!];
  }
  const {cos, sin} = turns(n);
  for (let size = 2; size <= n; size <<= 1) {
    const half = size >> 1;
    for (let k = 0; k < half; k++) {
      const c = cos[(k * n) / size]!;
      const s = sin[(k * n) / size]!;
      for (let at = k; at < n; at += size) {
        const to = at + half;
        const tr = re[to]! * c - im[to]! * s;
        const ti = re[to]! * s + im[to]! * c;
        re[to] = re[at]! - tr;
        im[to] = im[at]! - ti;
        re[at] = re[at]! + tr;
        im[at] = im[at]! + ti;
      }
    }
  }
}

const known = new Map<number, {cos: Float64Array; sin: Float64Array}>();

/** exp(-2 pi i k / n) for the first half of k. */
function turns(n: number): {cos: Float64Array; sin: Float64Array} {
  const found = known.get(n);
  if (found) return found;
  const at = (of: (angle: number) => number) =>
    Float64Array.from({length: n / 2}, (_, k) => of((-2 * Math.PI * k) / n));
  const made = {cos: at(Math.cos), sin: at(Math.sin)};
  known.set(n, made);
  return made;
}
