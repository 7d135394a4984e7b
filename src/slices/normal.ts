/** The standard normal distribution. */

/**
 * Quantile of the standard normal distribution; absolute error below 1e-9.
 * @see Acklam's rational approximation, refined once by Halley's method
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability between 0 and 1, got ${p}`);
  const q = p - 0.5;
  let x: number;
  if (Math.abs(q) <= 0.47575) {
    const r = q * q;
    x =
      (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
        30.66479806614716) *
        r +
        2.506628277459239) *
      q;
    x /=
      ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
        13.28068155288572) *
        r +
      1;
  } else {
    const r = Math.sqrt(-2 * Math.log(q < 0 ? p : 1 - p));
    x =
      ((((-0.007784894002430293 * r - 0.3223964580411365) * r - 2.400758277161838) * r - 2.549732539343734) *
        r +
        4.374664141464968) *
        r +
      2.938163982698783;
    x /=
      (((0.007784695709041462 * r + 0.3224671290700398) * r + 2.445134137142996) * r + 3.754408661907416) *
        r +
      1;
    if (q > 0) x = -x;
  }
  const error = normalCdf(x) - p;
  const u = error * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
  return x - u / (1 + (x * u) / 2);
}

/** Distribution function of the standard normal, by the complementary error function (W. J. Cody's series in Numerical Recipes). */
export function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 2 / (2 + z);
  const ty = 4 * t - 2;
  let d = 0;
  let dd = 0;
  for (let j = ERFC.length - 1; j > 0; j--) {
    const keep = d;
    d = ty * d - dd + ERFC[j]!;
    dd = keep;
  }
  const upper = 0.5 * t * Math.exp(-z * z + 0.5 * (ERFC[0]! + ty * d) - dd);
  return x > 0 ? 1 - upper : upper;
}

/** Chebyshev coefficients of erfc, Numerical Recipes 3rd edition, section 6.2.2. */
const ERFC = [
  -1.3026537197817094, 6.4196979235649e-1, 1.9476473204185836e-2, -9.561514786808631e-3, -9.46595344482036e-4,
  3.66839497852761e-4, 4.2523324806907e-5, -2.0278578112534e-5, -1.624290004647e-6, 1.30365583558e-6,
  1.5626441722e-8, -8.5238095915e-8, 6.529054439e-9, 5.059343495e-9, -9.91364156e-10, -2.27365122e-10,
  9.6467911e-11, 2.394038e-12, -6.886027e-12, 8.94487e-13, 3.13092e-13, -1.12708e-13, 3.81e-16, 7.106e-15
];
