import type {Rng} from "../../twins/random/rng.ts";

/**
 * What stretches the chances of all deals of one draw alike: lognormal with mean 1, one normal draw of the stream.
 * @param drift standard deviation of its logarithm; 0 stretches nothing
 */
export function commonStretch(drift: number, rng: Pick<Rng, "normal">): number {
  return Math.exp(drift * rng.normal() - (drift * drift) / 2);
}
