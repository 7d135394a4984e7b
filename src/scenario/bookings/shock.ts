/**
 * The common shock: z = exp(s x - s^2/2), x standard normal, mean 1. The logarithm of the characteristic function is
 * smooth in x, so it is computed at few Chebyshev points and interpolated to the many points that the mixture needs.
 * @see Berrut & Trefethen 2004, Barycentric Lagrange Interpolation, SIAM Review 46(3)
 */
export interface Shock {
  /** Stretch of all chances at each node; [1] when there is no shock. */
  z: Float64Array;
  /** Chebyshev points of the standard normal x behind each z. */
  x: Float64Array;
}

export interface Mixture {
  /** Weights that sum to 1. */
  weight: Float64Array;
  /** Row-major points x nodes: interpolates values at the nodes to each point. */
  basis: Float64Array;
}

/** The normal is cut here: what lies beyond has a chance of 7e-6. */
export const CUT = 4.5;

/** Nodes for a shock of a standard deviation (of its logarithm). @throws when it is negative or above 1 */
export function shockNodes(sd: number): Shock {
  if (!(sd >= 0 && sd <= 1))
    throw new RangeError(`shockNodes requires a standard deviation of 0 to 1, got ${sd}`);
  if (sd === 0) return {z: Float64Array.of(1), x: Float64Array.of(0)};
  // Each step of the ladder keeps the interpolated mean within 3e-5 of itself.
  const n = sd <= 0.06 ? 4 : sd <= 0.12 ? 5 : sd <= 0.3 ? 7 : 9;
  const x = Float64Array.from({length: n}, (_, j) => -CUT * Math.cos(((2 * j + 1) * Math.PI) / (2 * n)));
  return {x, z: x.map((each) => Math.exp(sd * each - (sd * sd) / 2))};
}

const mixtures = new Map<string, Mixture>();

/** Equally spaced points of the cut normal, and the way from the nodes to them; made once. */
export function mixture({x}: Shock, nPoints: number): Mixture {
  const key = `${x.length} ${nPoints}`;
  const found = mixtures.get(key) ?? makeMixture(x, nPoints);
  mixtures.set(key, found);
  return found;
}

function makeMixture(x: Float64Array, nPoints: number): Mixture {
  if (x.length === 1) return {weight: Float64Array.of(1), basis: Float64Array.of(1)};
  const points = Float64Array.from({length: nPoints}, (_, i) => -CUT + ((i + 0.5) * 2 * CUT) / nPoints);
  const density = points.map((at) => Math.exp((-at * at) / 2));
  const total = density.reduce((sum, value) => sum + value, 0);
  const basis = new Float64Array(nPoints * x.length);
  points.forEach((at, i) => {
    basis.set(interpolation(x, at), i * x.length);
  });
  return {weight: density.map((value) => value / total), basis};
}

/** Lagrange weights at Chebyshev points of the first kind. */
function interpolation(x: Float64Array, at: number): Float64Array {
  const n = x.length;
  const exact = x.indexOf(at);
  if (exact >= 0) return Float64Array.from(x, (_, j) => Number(j === exact));
  const raw = x.map(
    (node, j) => ((j % 2 === 0 ? 1 : -1) * Math.sin(((2 * j + 1) * Math.PI) / (2 * n))) / (at - node)
  );
  const sum = raw.reduce((total, value) => total + value, 0);
  return raw.map((value) => value / sum);
}
