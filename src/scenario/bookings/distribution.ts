/**
 * The distribution of bookings in a window, from its characteristic function by one discrete Fourier transform.
 *
 * What it is off by, at most (see `error`): the inversion is that of bookings plus a normal noise of 1.5 grid steps, used
 * only where bookings come in lumps, so a quantile lies within 4.5 steps (`amount`) of the exact quantile of a level
 * within `probability`: the tail cut off by the grid (Bernstein's inequality), the cut of the shock, and the noise's tail
 * (without noise, the modulus of the frequencies that the grid has no room for).
 * Pooling many deals (see pool.ts, cells.ts) comes on top: below 2e-4 of a quantile, measured against deals one by one.
 * @see Witkovsky 2016, Numerical inversion of a characteristic function, Acta IMEKO 5(3)
 */
import {fft} from "./fft.js";
import {logCharacteristic} from "./logCharacteristic.js";
import {type Moments, moments} from "./moments.js";
import {pooledOf} from "./pooledOf.js";
import {CUT, mixture, type Shock, shockNodes} from "./shock.js";
import {isMostlySmall, support} from "./support.js";
import type {BookingTerms} from "./terms.js";

export interface Distribution {
  mean: number;
  sd: number;
  /** Amounts, ascending, equally spaced, and the chance to book at most that much. */
  grid: Float64Array;
  cdf: Float64Array;
  /** Bounds of what the inversion may be off by: money, and level. */
  error: {amount: number; probability: number};
}

const NOISE_STEPS = 1.5;
/** Modulus of the characteristic function at the last quarter of frequencies above which bookings are taken as lumpy. */
const ROUGH = 2e-4;

const FINEST = 8192;
/** Lumpy bookings are asked again on a finer grid until the error in money is below this share of their spread. */
const ERROR_SHARE = 0.05;
/** Of every 1024 points, so many are margin below the support, and as many above and one. */
const MARGIN = 8;
/** So many frequencies on end below NOTHING, where bookings are mostly small: all later ones are too. */
const QUIET = 8;
const NOTHING = 1e-10;

/**
 * @param points of the grid, a power of two from 1024 on; a finer one is taken where bookings are few and lumpy
 * @throws {RangeError} on terms that are not numbers
 */
export function distribution(given: BookingTerms, points = 1024): Distribution {
  const terms = pooledOf(given);
  const shock = shockNodes(terms.shockSd);
  const found = moments(terms);
  const {mean, variance} = found;
  if (!Number.isFinite(mean)) throw new RangeError("distribution requires finite amounts and chances");
  const sd = Math.sqrt(variance);
  if (sd <= 1e-9 * Math.max(1, mean)) return certain(mean);
  const [low, high] = support(terms);
  const span = ((high - low) * 1024) / (1024 - 2 * MARGIN - 1);
  const spectrum = spectrumOf(terms, shock, found, low - (MARGIN * span) / 1024, span);
  for (let n = points; ; n *= 2) {
    const inverse = inverted(spectrum.upTo(n / 2), low - (MARGIN * span) / 1024, span, n);
    if (inverse.error.amount <= ERROR_SHARE * sd || n >= FINEST) return {mean, sd, ...inverse};
  }
}

/** The characteristic function at 2 pi m / span, of bookings less `from`; frequencies asked for before are kept. */
function spectrumOf(terms: BookingTerms, shock: Shock, found: Moments, from: number, span: number) {
  const {varianceAt, meanAt, variance} = found;
  const middle = varianceAt.length >> 1;
  const inner = Math.sqrt(Math.max(1e-12 * variance, varianceAt[middle]!));
  const swing = meanAt.length > 1 ? terms.shockSd * (meanAt[middle]! - terms.sure) : 0;
  const unit = (2 * Math.PI) / span;
  const phi = logCharacteristic(terms, shock, unit);
  const [re, im] = [[1], [0]];
  const mayStop = isMostlySmall(terms, found, span / (1024 * Math.PI));
  let quiet = 0;
  const next = (m: number) => {
    if (quiet >= QUIET) return [0, 0] as const;
    const omega = m * unit;
    const value = phi.at(m)
      ? mixed(phi, mixture(shock, pointsFor(omega, swing, inner)), omega * (terms.sure - from))
      : ([0, 0] as const);
    quiet = mayStop && value[0] ** 2 + value[1] ** 2 < NOTHING ** 2 ? quiet + 1 : 0;
    return value;
  };
  return {
    /** Real and imaginary parts at 0 to m. */
    upTo(m: number) {
      while (re.length <= m) {
        const [x, y] = next(re.length);
        re.push(x);
        im.push(y);
      }
      return {re, im};
    }
  };
}

const LADDER = [16, 24, 32, 48, 64, 96, 128, 192, 256, 384];

/** Points over the shock that the mixture needs at a frequency: the phase turns with the mean, until the parts are nothing. */
function pointsFor(omega: number, swing: number, inner: number): number {
  const turning = Math.min(omega, 7 / inner) * swing;
  const wanted = (2 * CUT * (8 + 3 * turning)) / (2 * Math.PI);
  return LADDER.find((n) => n >= wanted) ?? LADDER.at(-1)!;
}

/** The mixture over the shock at one frequency, shifted so that the grid's first amount is zero. */
function mixed(
  phi: {re: Float64Array; im: Float64Array},
  {weight, basis}: {weight: Float64Array; basis: Float64Array},
  shift: number
): readonly [number, number] {
  const n = phi.re.length;
  let [re, im] = [0, 0];
  for (let i = 0; i < weight.length; i++) {
    let x = 0;
    for (let j = 0; j < n; j++) x += basis[i * n + j]! * phi.re[j]!;
    if (x < -28) continue;
    let y = shift;
    for (let j = 0; j < n; j++) y += basis[i * n + j]! * phi.im[j]!;
    const size = weight[i]! * Math.exp(Math.min(0, x));
    if (size < 1e-12) continue;
    re += size * Math.cos(y);
    im += size * Math.sin(y);
  }
  return [re, im];
}

/** The cumulative distribution on a grid of n points over the span. */
function inverted(
  spectrum: {re: readonly number[]; im: readonly number[]},
  from: number,
  span: number,
  n: number
): Omit<Distribution, "mean" | "sd"> {
  const half = n / 2;
  const step = span / n;
  let rough = 0;
  for (let m = Math.floor(0.75 * half) + 1; m <= half; m++)
    rough = Math.max(rough, spectrum.re[m]! ** 2 + spectrum.im[m]! ** 2);
  rough = Math.sqrt(rough);
  const isRough = rough > ROUGH;
  const [re, im] = [new Float64Array(n), new Float64Array(n)];
  re[0] = 1;
  for (let m = 1; m <= half; m++) {
    const smooth = isRough ? Math.exp(-0.5 * ((2 * Math.PI * m * NOISE_STEPS) / n) ** 2) : 1;
    re[m] = spectrum.re[m]! * smooth;
    im[m] = m === half ? 0 : spectrum.im[m]! * smooth;
    re[n - m] = re[m]!;
    im[n - m] = -im[m]!;
  }
  fft(re, im);
  const grid = Float64Array.from({length: n}, (_, j) => from + (j + 0.5) * step);
  const cdf = new Float64Array(n);
  let total = 0;
  for (let j = 0; j < n; j++) {
    total += Math.max(0, re[j]! / n);
    cdf[j] = total;
  }
  for (let j = 0; j < n; j++) cdf[j]! /= total;
  return {
    grid,
    cdf,
    error: {
      amount: (isRough ? 3 * NOISE_STEPS : 0.5) * step,
      probability: 1e-5 + (isRough ? 0.0027 : rough + Math.abs(total - 1))
    }
  };
}

function certain(value: number): Distribution {
  return {
    mean: value,
    sd: 0,
    grid: Float64Array.of(value, value),
    cdf: Float64Array.of(1, 1),
    error: {amount: 0, probability: 0}
  };
}
