import {concernNumber, Rng} from "../../twins/random/rng.ts";

/**
 * Sample paths of a process given by a step function, with Gaussian shocks in antithetic pairs (each shock is used with
 * both signs, so that the mean of the paths is exact for linear processes).
 * @param begin called before each path
 * @param step value of the next step given its shock (standard normal)
 */
export function gaussianPaths(
  {nPaths, horizon, seed, name}: {nPaths: number; horizon: number; seed: number; name: string},
  begin: () => void,
  step: (h: number, shock: number) => number
): Float64Array {
  const rng = new Rng().seed(seed, concernNumber(name));
  const shocks = new Float64Array(horizon);
  const paths = new Float64Array(nPaths * horizon);
  for (let path = 0; path < nPaths; path++) {
    const sign = path % 2 === 0 ? 1 : -1;
    begin();
    for (let h = 0; h < horizon; h++) {
      if (sign === 1) shocks[h] = rng.normal();
      paths[path * horizon + h] = step(h, sign * shocks[h]!);
    }
  }
  return paths;
}
