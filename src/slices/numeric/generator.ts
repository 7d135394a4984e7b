/** Seeded random numbers: the same seed draws the same everywhere. */

export interface Generator {
  /** A number in [0, 1). */
  next(): number;
  /** A normal deviate of mean 0 and standard deviation 1. */
  normal(): number;
  /** An exponential deviate of mean 1. */
  exponential(): number;
}

/** mulberry32: 32 bits of state, enough for some hundred thousand draws. */
export function generator(seed: number): Generator {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: () => -Math.log(1 - next())
  };
}
