/**
 * The distribution of bookings in a window, from its characteristic function by one discrete Fourier transform.
 *
 * What it is off by, at most (see `error`): the inversion is that of bookings plus a normal noise of 1.5 grid steps, used
 * only where bookings come in lumps, so a quantile lies within 4.5 steps (`amount`) of the exact quantile of a level
 * within `probability`: the tail cut off by the grid (Bernstein's inequality), the cut of the shock, and the noise's tail.
 * @see Witkovsky 2016, Numerical inversion of a characteristic function, Acta IMEKO 5(3)
 */
import {fft} from "./fft.js";
import {logCharacteristic} from "./logCharacteristic.js";
import {moments, momentsGiven} from "./moments.js";
import {CUT, mixture, shockNodes} from "./shock.js";
import {spreadTable} from "./spreadTable.js";
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

/** ln 1e7: the chance left beyond each end of the grid is 1e-7. */
const TAIL = 16.2;
const NOISE_STEPS = 1.5;

const FINEST = 8192;
/** Lumpy bookings are asked again on a finer grid until the error in money is below this share of their spread. */
const ERROR_SHARE = 0.05;

/** @param points of the grid, a power of two; a finer one is taken where bookings are few and lumpy. @throws {RangeError} on terms that are not numbers */
export function distribution(terms: BookingTerms, points = 1024): Distribution {
  const found = inverted(terms, points);
  const isFine = found.error.amount <= ERROR_SHARE * found.sd || points >= FINEST;
  return isFine ? found : distribution(terms, 2 * points);
}

function inverted(terms: BookingTerms, points: number): Distribution {
  const shock = shockNodes(terms.shockSd);
  const {mean, variance, varianceAt, meanAt} = moments(terms, shock);
  if (!Number.isFinite(mean)) throw new RangeError("distribution requires finite amounts and chances");
  const sd = Math.sqrt(variance);
  if (sd <= 1e-9 * Math.max(1, mean)) return certain(mean);
  const [low, high] = support(terms);
  const step = (high - low) / (points - 1 - 16);
  const from = low - 8 * step;
  const inner = Math.sqrt(Math.max(1e-12 * variance, varianceAt[varianceAt.length >> 1]!));
  const swing = meanAt.length > 1 ? terms.shockSd * meanAt[meanAt.length >> 1]! : 0;
  const spacing = Math.min(0.25, (0.5 * inner) / Math.max(1e-12, swing));
  const mix = mixture(shock, Math.min(240, Math.ceil((2 * CUT) / spacing)));
  const half = points / 2;
  const [re, im] = [new Float64Array(points), new Float64Array(points)];
  re[0] = 1;
  const phi = logCharacteristic(terms, shock);
  let rough = 0;
  for (let m = 1; m <= half; m++) {
    const omega = (2 * Math.PI * m) / (points * step);
    if (!phi.at(omega)) continue;
    mixAt(phi, mix, omega * (terms.sure - from), m, re, im);
    if (m > 0.75 * half) rough = Math.max(rough, Math.hypot(re[m]!, im[m]!));
  }
  const isRough = rough > 1e-5;
  for (let m = 1; m <= half; m++) {
    const smooth = isRough ? Math.exp(-0.5 * ((2 * Math.PI * m * NOISE_STEPS) / points) ** 2) : 1;
    re[m]! *= smooth;
    im[m] = m === half ? 0 : im[m]! * smooth;
    re[points - m] = re[m]!;
    im[points - m] = -im[m]!;
  }
  fft(re, im);
  const grid = Float64Array.from({length: points}, (_, j) => from + (j + 0.5) * step);
  const cdf = new Float64Array(points);
  let total = 0;
  for (let j = 0; j < points; j++) {
    total += Math.max(0, re[j]! / points);
    cdf[j] = total;
  }
  for (let j = 0; j < points; j++) cdf[j]! /= total;
  return {
    mean,
    sd,
    grid,
    cdf,
    error: {
      amount: (isRough ? 3 * NOISE_STEPS : 0.5) * step,
      probability: 1e-5 + (isRough ? 0.0027 : Math.abs(total - 1))
    }
  };
}

/** The mixture over the shock at one frequency, shifted so that the grid's first amount is zero. */
function mixAt(
  phi: {re: Float64Array; im: Float64Array},
  {weight, basis}: {weight: Float64Array; basis: Float64Array},
  shift: number,
  m: number,
  re: Float64Array,
  im: Float64Array
): void {
  const n = phi.re.length;
  for (let i = 0; i < weight.length; i++) {
    let [x, y] = [0, shift];
    for (let j = 0; j < n; j++) {
      x += basis[i * n + j]! * phi.re[j]!;
      y += basis[i * n + j]! * phi.im[j]!;
    }
    const size = weight[i]! * Math.exp(Math.min(0, x));
    if (size < 1e-12) continue;
    re[m]! += size * Math.cos(y);
    im[m]! += size * Math.sin(y);
  }
}

/** An interval that holds all but 1e-7 of the bookings at each end, for any shock within its cut. */
function support(terms: BookingTerms): [number, number] {
  const {shockSd: sd, sure, arrivals, amount} = terms;
  const {most} = spreadTable(terms.spread);
  let [jump, sum] = [0, 0];
  for (const each of amount) {
    jump = Math.max(jump, each * most);
    sum += each * most;
  }
  let later = 0;
  for (const each of arrivals) if (each.wins > 0) later = Math.max(later, ...each.amounts);
  const big = Math.max(jump, later);
  const reach = ({variance}: {variance: number}) =>
    (big * TAIL) / 3 + Math.sqrt(((big * TAIL) / 3) ** 2 + 2 * variance * TAIL);
  const stretch = (x: number) => Math.exp(sd * x - (sd * sd) / 2);
  const top = momentsGiven(terms, stretch(CUT), (v) => 1 + 5.5 * Math.sqrt(v) + 12 * v);
  const bottom = momentsGiven(terms, stretch(-CUT), (v) => Math.max(0, 1 - 5.5 * Math.sqrt(v)));
  const high = top.mean + reach(top);
  return [Math.max(sure, bottom.mean - reach(bottom)), later > 0 ? high : Math.min(high, sure + sum)];
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
