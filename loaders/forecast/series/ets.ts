/**
 * Exponential smoothing with additive errors: level, trend (none, additive, damped) and season (none, additive), the
 * form chosen by AICc.
 * @see Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing; R forecast::ets with additive.only
 */
import {leastSquares} from "../../../src/slices/numeric/leastSquares.ts";
import {nelderMead} from "../numeric/nelderMead.ts";
import {gaussianPaths} from "./gaussianPaths.ts";
import {DEFAULT_PATHS, type SeriesForecaster} from "./seriesForecaster.ts";

export interface EtsForm {
  trend: "none" | "additive" | "damped";
  season: boolean;
}

export interface EtsFit {
  form: EtsForm;
  /** Smoothing parameters: alpha (level), beta (trend), gamma (season), phi (damping); 0 or 1 when the form has none. */
  alpha: number;
  beta: number;
  gamma: number;
  phi: number;
  /** States before the first value: level, trend, then the season's effects, the oldest first. */
  initial: Float64Array;
  /** States after the last value, laid out alike. */
  final: Float64Array;
  /** Residual variance with the degrees of freedom of the fit taken off. */
  sigma2: number;
  sse: number;
  aicc: number;
}

const FORMS: readonly EtsForm[] = [
  {trend: "none", season: false},
  {trend: "additive", season: false},
  {trend: "damped", season: false},
  {trend: "none", season: true},
  {trend: "additive", season: true}
];

/** Exponential smoothing, form by AICc. */
export const ets: SeriesForecaster = {
  name: "exponential smoothing",
  needs: () => 4,
  forecast({y, season, horizon, seed, nPaths = DEFAULT_PATHS}) {
    if (y.length < 4) return null;
    const fit = bestEts(y, season);
    return {mean: etsMean(fit, season, horizon), paths: etsPaths(fit, season, horizon, nPaths, seed), nPaths};
  }
};

/** The form with the least AICc among those the series is long enough for. @param y at least 4 values */
export function bestEts(y: Float64Array, season: number): EtsFit {
  let best: EtsFit | undefined;
  for (const form of FORMS) {
    if (form.season && (season < 2 || y.length < 2 * season)) continue;
    if (y.length <= nParameters(form, season) + 2) continue;
    const fit = fitEts(y, season, form);
    if (!best || fit.aicc < best.aicc) best = fit;
  }
  return best ?? fitEts(y, season, FORMS[0]!);
}

function nParameters({trend, season: seasonal}: EtsForm, season: number): number {
  const smoothing = 1 + (trend === "none" ? 0 : trend === "additive" ? 1 : 2) + (seasonal ? 1 : 0);
  return smoothing + 1 + (trend === "none" ? 0 : 1) + (seasonal ? season - 1 : 0);
}

/**
 * Fits one form by least squares. For given smoothing parameters the one-step errors are linear in the initial states,
 * so those are solved exactly and only the smoothing parameters are searched.
 */
export function fitEts(y: Float64Array, season: number, form: EtsForm): EtsFit {
  const m = form.season ? season : 0;
  const hasTrend = form.trend !== "none";
  const read = (point: Float64Array) => {
    let at = 0;
    const alpha = point[at++]!;
    // Bounds of the usual region: beta <= alpha, gamma <= 1 - alpha.
    const beta = hasTrend ? point[at++]! * alpha : 0;
    const gamma = form.season ? point[at++]! * (1 - alpha) : 0;
    const phi = form.trend === "damped" ? point[at++]! : 1;
    return {alpha, beta, gamma, phi};
  };
  const nFree = 1 + (hasTrend ? 1 : 0) + (m > 0 ? m - 1 : 0);
  const units = Array.from({length: nFree}, (_, free) => unitState(free, hasTrend, m));
  const zero = new Float64Array(2 + m);
  const silent = new Float64Array(y.length);
  const solve = (point: Float64Array) => {
    const smoothing = read(point);
    const base = runEts(y, zero, smoothing, m).errors;
    const columns = units.map((unit) => {
      const {errors} = runEts(silent, unit, smoothing, m);
      for (let t = 0; t < errors.length; t++) errors[t] = -errors[t]!;
      return errors;
    });
    const free = leastSquares(columns, base, 1e-10);
    const initial = new Float64Array(2 + m);
    for (let f = 0; f < nFree; f++) {
      for (let i = 0; i < initial.length; i++) initial[i]! += free[f]! * units[f]![i]!;
    }
    return {smoothing, initial, ...runEts(y, initial, smoothing, m)};
  };
  const unit: [number, number] = [1e-4, 0.9999];
  const searched: {from: number; bounds: [number, number]}[] = [
    {from: 0.3, bounds: unit},
    ...(hasTrend ? [{from: 0.1, bounds: unit}] : []),
    ...(form.season ? [{from: 0.1, bounds: unit}] : []),
    ...(form.trend === "damped" ? [{from: 0.95, bounds: [0.8, 0.98] as [number, number]}] : [])
  ];
  const bounds = searched.map((each) => each.bounds);
  const start = searched.map(({from}) => from);
  const search = (from: readonly number[]) =>
    nelderMead((point) => solve(point).sse, from, bounds, {
      iterations: form.season ? 40 : 120,
      tolerance: form.season ? 1e-5 : 1e-8
    });
  const first = search(start);
  // A season costs many states and has one broad optimum; the others may have two.
  const second = form.season ? first : search([0.85, ...start.slice(1)]);
  const {smoothing, initial, final, sse} = solve(first.value <= second.value ? first.point : second.point);
  const n = y.length;
  const k = nParameters(form, season) + 1;
  const aic = n * Math.log(Math.max(sse, 1e-9) / n) + 2 * k;
  return {
    form,
    ...smoothing,
    initial,
    final,
    sse,
    sigma2: sse / Math.max(1, n - (k - 1)),
    aicc: n - k - 1 > 0 ? aic + (2 * k * (k + 1)) / (n - k - 1) : Number.POSITIVE_INFINITY
  };
}

/** Direction of one free initial state: level, trend, or a seasonal effect balanced by the last one (they sum to 0). */
function unitState(free: number, hasTrend: boolean, m: number): Float64Array {
  const state = new Float64Array(2 + m);
  const seasonal = free - (hasTrend ? 2 : 1);
  if (free === 0) state[0] = 1;
  else if (hasTrend && free === 1) state[1] = 1;
  else {
    state[2 + seasonal] = 1;
    state[2 + m - 1]! -= 1;
  }
  return state;
}

interface Smoothing {
  alpha: number;
  beta: number;
  gamma: number;
  phi: number;
}

/** One pass over the series: one-step errors, their sum of squares and the states at the end. */
function runEts(y: Float64Array, initial: Float64Array, {alpha, beta, gamma, phi}: Smoothing, m: number) {
  const errors = new Float64Array(y.length);
  let level = initial[0]!;
  let trend = initial[1]!;
  const effects = initial.slice(2);
  let sse = 0;
  for (let t = 0; t < y.length; t++) {
    const effect = m > 0 ? effects[t % m]! : 0;
    const ahead = level + phi * trend;
    const error = y[t]! - ahead - effect;
    errors[t] = error;
    sse += error * error;
    level = ahead + alpha * error;
    trend = phi * trend + beta * error;
    if (m > 0) effects[t % m] = effect + gamma * error;
  }
  const final = new Float64Array(2 + m);
  final[0] = level;
  final[1] = trend;
  for (let i = 0; i < m; i++) final[2 + i] = effects[(y.length + i) % m]!;
  return {errors, sse, final};
}

/** Point forecasts 1..horizon from the final states. */
export function etsMean({final, phi, form}: EtsFit, season: number, horizon: number): Float64Array {
  const m = form.season ? season : 0;
  let damp = 0;
  let power = 1;
  return Float64Array.from({length: horizon}, (_, h) => {
    power *= phi;
    damp += power;
    return final[0]! + damp * final[1]! + (m > 0 ? final[2 + (h % m)]! : 0);
  });
}

function etsPaths(fit: EtsFit, season: number, horizon: number, nPaths: number, seed: number): Float64Array {
  const {final, alpha, beta, gamma, phi, sigma2} = fit;
  const m = fit.form.season ? season : 0;
  const sigma = Math.sqrt(sigma2);
  const state = final.slice();
  return gaussianPaths(
    {nPaths, horizon, seed, name: "ets"},
    () => state.set(final),
    (h, shock) => {
      const error = sigma * shock;
      const effect = m > 0 ? state[2 + (h % m)]! : 0;
      const ahead = state[0]! + phi * state[1]!;
      state[0] = ahead + alpha * error;
      state[1] = phi * state[1]! + beta * error;
      if (m > 0) state[2 + (h % m)] = effect + gamma * error;
      return ahead + effect + error;
    }
  );
}
