/** How far estimated chances are from the true ones: what is lost to ignorance, apart from what is lost to luck. */
export interface ProbabilityPair {
  /** Estimated and true chance, 0..1. */
  estimate: number;
  truth: number;
}

export interface ProbabilityScore {
  n: number;
  /** Mean of estimate minus truth. */
  bias: number;
  /** Root mean square of the difference. */
  rmse: number;
  /** Mean Kullback-Leibler divergence, nats: the log-loss above that of the true chances. 0 is perfect. */
  excess_log_loss: number;
  /** Pearson correlation of estimate and truth; null when either is constant. */
  correlation: number | null;
}

/**
 * Scores chances against the truth. Estimates are clipped to [1e-6, 1 - 1e-6] for the log-loss.
 * @throws {RangeError} when there is no pair, or a chance is not in 0..1.
 */
export function scoreProbabilities(pairs: readonly ProbabilityPair[]): ProbabilityScore {
  if (pairs.length === 0) throw new RangeError("scoreProbabilities requires at least one pair");
  let bias = 0;
  let square = 0;
  let excess = 0;
  for (const {estimate, truth} of pairs) {
    if (!(estimate >= 0 && estimate <= 1 && truth >= 0 && truth <= 1))
      throw new RangeError(`a chance lies outside 0..1: estimate ${estimate}, truth ${truth}`);
    bias += estimate - truth;
    square += (estimate - truth) ** 2;
    excess += divergence(truth, Math.min(1 - 1e-6, Math.max(1e-6, estimate)));
  }
  const n = pairs.length;
  return {
    n,
    bias: bias / n,
    rmse: Math.sqrt(square / n),
    excess_log_loss: excess / n,
    correlation: correlation(
      pairs.map(({estimate}) => estimate),
      pairs.map(({truth}) => truth)
    )
  };
}

/** Pearson's correlation; null when a side is constant or there are fewer than two points. */
export function correlation(a: readonly number[], b: readonly number[]): number | null {
  const n = a.length;
  const meanA = a.reduce((sum, value) => sum + value, 0) / n;
  const meanB = b.reduce((sum, value) => sum + value, 0) / n;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < n; i++) {
    ab += (a[i]! - meanA) * (b[i]! - meanB);
    aa += (a[i]! - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}

function divergence(truth: number, estimate: number): number {
  const part = (p: number, q: number) => (p === 0 ? 0 : p * Math.log(p / q));
  return part(truth, estimate) + part(1 - truth, 1 - estimate);
}
