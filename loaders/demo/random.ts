/** A seeded stream of chance (sfc32 over splitmix-like seeding): the same seed gives the same stream everywhere. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** A whole number in [from, to]. */
  between(from: number, to: number): number;
  /** True with probability p. */
  chance(p: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** One of the values, by weight. */
  weighted<T>(values: readonly (readonly [T, number])[]): T;
  /** Standard normal. */
  normal(): number;
}

/** A stream for one purpose: another purpose draws from another stream, so that adding a draw moves nothing else. */
export function random(seed: number, purpose: string): Random {
  let [a, b, c, d] = [0x9e3779b9 ^ seed, 0x243f6a88, 0xb7e15162, 1];
  for (const letter of purpose) b = Math.imul(b ^ letter.charCodeAt(0), 0x01000193);
  const uniform = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 16; i++) uniform();
  return {
    uniform,
    between: (from, to) => from + Math.floor(uniform() * (to - from + 1)),
    chance: (p) => uniform() < p,
    pick: (values) => values[Math.floor(uniform() * values.length)]!,
    weighted(values) {
      let left = uniform() * values.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of values) {
        left -= weight;
        if (left < 0) return value;
      }
      return values.at(-1)![0];
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  };
}
