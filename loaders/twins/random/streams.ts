/** Independent streams of one simulation, one a concern. */
import {concernNumber, Rng} from "./rng.ts";

export interface Streams {
  /** A fresh stream, to keep. */
  stream(concern: string, i?: number, j?: number): Rng;
  /** A stream that is re-seeded in place: valid until the same reuse is asked for again. */
  reuse(concern: string): (i: number, j?: number) => Rng;
}

/** Streams of a seed (a non-negative integer). */
export function createStreams(seed: number): Streams {
  return {
    stream: (concern, i = 0, j = 0) => new Rng().seed(seed, concernNumber(concern), i, j),
    reuse(concern) {
      const number = concernNumber(concern);
      const rng = new Rng();
      return (i, j = 0) => rng.seed(seed, number, i, j);
    }
  };
}
