/**
 * How many more deals arrive where and when a campaign's money works: a comparison of regions within each week. Whatever moves
 * all regions of a week alike (season, growth, a shock) drops out, and so does whatever makes a region large.
 */
import {cholesky, choleskySolve} from "../../src/slices/numeric/leastSquares.ts";

export interface ExcessProblem {
  /** Arrivals by region, then by week. */
  counts: readonly Float64Array[];
  /** How strongly each unit (a channel, say) works, by unit, region and week; 0 or more. */
  exposures: readonly (readonly Float64Array[])[];
}

export interface ExcessFit {
  /** Arrivals in excess of the usual that each unit causes, and the variance of that. */
  caused: {estimate: number; variance: number}[];
  /** The same of all units together. */
  total: {estimate: number; variance: number};
  logLikelihood: number;
  /** Variance over that of a multinomial, 1 at least. */
  dispersion: number;
}

const ITERATIONS = 60;
/** The usual arrivals are never multiplied by less than this. */
const LEAST_FACTOR = 0.02;
/** Weeks whose arrivals may hang together. */
const BLOCK_WEEKS = 4;

/**
 * Fits that in week w region r has a share of the week's arrivals in proportion to a_r (1 + sum_k t_k x_krw): an excess relative
 * rate, linear because money adds customers. The week's total is held, which is the Poisson fit with an effect for every week.
 * Variances are the larger of the overdispersed model's and the sandwich over blocks of four weeks.
 * @returns null when there are fewer than two regions with arrivals, or the units cannot be told apart
 * @see Breslow & Day (1987), chapter 5: additive relative risks; McCullagh & Nelder (1989), 6.4: Poisson and multinomial
 */
export function fitExcess({counts, exposures}: ExcessProblem): ExcessFit | null {
  const state = new ExcessModel(counts, exposures);
  const {p, first} = state;
  if (!state.isPossible) return null;
  let {score, information, logLikelihood} = state.evaluate();
  for (let n = 0; n < ITERATIONS; n++) {
    const factor = information.slice();
    if (cholesky(factor, p) >= 0) return null;
    const step = choleskySolve(factor, p, score);
    const from = state.theta.slice();
    let size = 1;
    let next: ReturnType<ExcessModel["evaluate"]> | null = null;
    for (; size > 1e-6; size /= 2) {
      state.theta.set(from.map((value, j) => value + size * step[j]!));
      if (state.leastFactor() < LEAST_FACTOR) continue;
      next = state.evaluate();
      if (next.logLikelihood >= logLikelihood - 1e-9) break;
    }
    if (!next || size <= 1e-6) {
      state.theta.set(from);
      break;
    }
    const gain = next.logLikelihood - logLikelihood;
    ({score, information, logLikelihood} = next);
    if (gain < 1e-8 && Math.max(...step.map(Math.abs)) < 1e-6) break;
  }
  ({score, information, logLikelihood} = state.evaluate());
  const factor = information.slice();
  if (cholesky(factor, p) >= 0) return null;
  const {dispersion, blocks} = state.residuals();
  /** What a sum of excesses comes to, each weighed by the arrivals it multiplies. */
  const sumOf = (usual: readonly number[]) => {
    const wanted = new Float64Array(p);
    wanted.set(usual, first);
    const inverse = choleskySolve(factor, p, wanted);
    const dot = (values: ArrayLike<number>) => inverse.reduce((sum, each, j) => sum + each * values[j]!, 0);
    const robust = blocks.reduce((sum, block) => sum + dot(block) ** 2, 0);
    return {
      estimate: usual.reduce((sum, each, k) => sum + each * state.theta[first + k]!, 0),
      variance: Math.max(dispersion * dot(wanted), (robust * blocks.length) / Math.max(1, blocks.length - 1))
    };
  };
  const usual = exposures.map((_, k) => state.usualTimes(k));
  const caused = usual.map((own, k) => sumOf(usual.map((_, i) => (i === k ? own : 0))));
  return {caused, total: sumOf(usual), logLikelihood, dispersion};
}

/**
 * For each unit the share of its exposure that differs between regions of a week, apart from what other units and the sizes of
 * regions explain: 0 for what runs everywhere at once or always beside another.
 */
export function exposureVariation({counts, exposures}: ExcessProblem): number[] {
  const state = new ExcessModel(counts, exposures);
  const {p, first} = state;
  if (!state.isPossible) return exposures.map(() => 0);
  const {information} = state.evaluate();
  return exposures.map((_, k) => {
    const all = state.squares(k);
    if (!(all > 0)) return 0;
    const ridged = information.slice();
    for (let j = 0; j < p; j++) ridged[j * p + j]! += 1e-9 * (1 + ridged[j * p + j]!);
    if (cholesky(ridged, p) >= 0) return 0;
    const unit = new Float64Array(p);
    unit[first + k] = 1;
    return 1 / choleskySolve(ridged, p, unit)[first + k]! / all;
  });
}

class ExcessModel {
  /** Logarithms of region sizes but the first's, then excess by unit. */
  readonly theta: Float64Array;
  readonly p: number;
  /** Place of the first unit in `theta`. */
  readonly first: number;
  readonly isPossible: boolean;
  private readonly nWeeks: number;
  private readonly totals: Float64Array;

  constructor(
    private readonly counts: readonly Float64Array[],
    private readonly exposures: readonly (readonly Float64Array[])[]
  ) {
    const sizes = counts.map((weeks) => weeks.reduce((sum, n) => sum + n, 0));
    this.nWeeks = counts[0]?.length ?? 0;
    this.first = Math.max(0, counts.length - 1);
    this.p = this.first + exposures.length;
    this.isPossible = counts.length >= 2 && sizes.every((size) => size > 0);
    this.theta = new Float64Array(this.p);
    for (let r = 1; r < counts.length; r++) this.theta[r - 1] = Math.log(sizes[r]! / sizes[0]!);
    this.totals = Float64Array.from({length: this.nWeeks}, (_, w) =>
      counts.reduce((sum, weeks) => sum + weeks[w]!, 0)
    );
  }

  private size(r: number): number {
    return r === 0 ? 1 : Math.exp(this.theta[r - 1]!);
  }

  private factor(r: number, w: number): number {
    return this.exposures.reduce((sum, unit, k) => sum + this.theta[this.first + k]! * unit[r]![w]!, 1);
  }

  leastFactor(): number {
    let least = Number.POSITIVE_INFINITY;
    for (let w = 0; w < this.nWeeks; w++)
      if (this.totals[w]! > 0)
        for (let r = 0; r < this.counts.length; r++) least = Math.min(least, this.factor(r, w));
    return least;
  }

  evaluate() {
    const {p} = this;
    const score = new Float64Array(p);
    const information = new Float64Array(p * p);
    let logLikelihood = 0;
    this.eachWeek((w, shares, gradients) => {
      const mean = new Float64Array(p);
      for (const [r, gradient] of gradients.entries())
        for (let j = 0; j < p; j++) mean[j]! += shares[r]! * gradient[j]!;
      const total = this.totals[w]!;
      for (const [r, gradient] of gradients.entries()) {
        const n = this.counts[r]![w]!;
        logLikelihood += n > 0 ? n * Math.log(shares[r]!) : 0;
        const weight = total * shares[r]!;
        for (let j = 0; j < p; j++) {
          const dj = gradient[j]! - mean[j]!;
          score[j]! += (n - weight) * gradient[j]!;
          for (let i = 0; i <= j; i++) information[j * p + i]! += weight * dj * (gradient[i]! - mean[i]!);
        }
      }
    });
    return {score, information, logLikelihood};
  }

  /** Pearson's dispersion, and the score of each block of weeks. */
  residuals(): {dispersion: number; blocks: Float64Array[]} {
    const {p} = this;
    const blocks = Array.from({length: Math.ceil(this.nWeeks / BLOCK_WEEKS)}, () => new Float64Array(p));
    let [pearson, cells] = [0, 0];
    this.eachWeek((w, shares, gradients) => {
      cells += shares.length - 1;
      const block = blocks[Math.floor(w / BLOCK_WEEKS)]!;
      for (const [r, gradient] of gradients.entries()) {
        const expected = this.totals[w]! * shares[r]!;
        const residual = this.counts[r]![w]! - expected;
        pearson += residual ** 2 / expected;
        for (let j = 0; j < p; j++) block[j]! += residual * gradient[j]!;
      }
    });
    return {dispersion: Math.max(1, pearson / Math.max(1, cells - p)), blocks};
  }

  /** The sum of a unit's exposure over the arrivals that are usual: what one unit of excess comes to. */
  usualTimes(k: number): number {
    let sum = 0;
    this.eachWeek((w, shares) => {
      for (let r = 0; r < shares.length; r++)
        sum += (this.totals[w]! * shares[r]! * this.exposures[k]![r]![w]!) / this.factor(r, w);
    });
    return sum;
  }

  /** The information on a unit's excess if all else were known, no excess at all. */
  squares(k: number): number {
    let sum = 0;
    this.eachWeek((w, shares) => {
      for (let r = 0; r < shares.length; r++)
        sum += this.totals[w]! * shares[r]! * this.exposures[k]![r]![w]! ** 2;
    });
    return sum;
  }

  /** Weeks with arrivals: each region's share of them, and the gradient of its logarithm before the share's own mean is taken off. */
  private eachWeek(visit: (w: number, shares: Float64Array, gradients: Float64Array[]) => void): void {
    const {first, counts, exposures} = this;
    const sizes = counts.map((_, r) => this.size(r));
    for (let w = 0; w < this.nWeeks; w++) {
      if (this.totals[w] === 0) continue;
      const factors = counts.map((_, r) => this.factor(r, w));
      const weights = factors.map((factor, r) => factor * sizes[r]!);
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      const gradients = counts.map((_, r) => {
        const gradient = new Float64Array(this.p);
        if (r > 0) gradient[r - 1] = 1;
        for (const [k, unit] of exposures.entries()) gradient[first + k] = unit[r]![w]! / factors[r]!;
        return gradient;
      });
      visit(
        w,
        Float64Array.from(weights, (weight) => weight / all),
        gradients
      );
    }
  }
}
