/** A small seeded generator of random numbers (sfc32) that can be re-seeded in place for each deal and concern. */

/** One stream. Draws are reproducible on every machine: only 32-bit integer arithmetic decides them. */
export class Rng {
  private readonly state = new Int32Array(4);

  /** A stream named by four integers: the same four give the same draws. */
  seed(seed: number, concern: number, i = 0, j = 0): this {
    const {state} = this;
    state[0] = mix(seed ^ 0x9e3779b9);
    state[1] = mix(concern + Math.imul(state[0]!, 0x85ebca6b));
    state[2] = mix(i ^ Math.imul(state[1]!, 0xc2b2ae35));
    state[3] = mix(j + Math.imul(state[2]!, 0x27d4eb2f)) | 1;
    for (let n = 0; n < 8; n++) this.next();
    return this;
  }

  /** A number in [0, 1). */
  next(): number {
    const {state} = this;
    const a = state[0]!;
    const b = state[1]!;
    const c = state[2]!;
    const d = state[3]!;
    const sum = (((a + b) | 0) + d) | 0;
    state[3] = d + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  }

  /** An integer in [0, n). */
  int(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** True with probability p. */
  chance(p: number): boolean {
    return this.next() < p;
  }

  /** A number between low and high. */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A normal deviate of mean 0 and standard deviation 1. */
  normal(): number {
    const u = 1 - this.next();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.next());
  }

  /** An exponential deviate of mean 1. */
  exponential(): number {
    return -Math.log(1 - this.next());
  }

  /** A Poisson count; by normal approximation above a mean of 60. */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > limit; product *= this.next()) count++;
    return count;
  }

  /** One element of a list, each as likely. */
  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }

  /** An index, by weights that need not sum to 1. */
  weighted(weights: readonly number[]): number {
    let total = 0;
    for (const weight of weights) total += weight;
    let left = this.next() * total;
    for (let i = 0; i < weights.length; i++) {
      left -= weights[i]!;
      if (left < 0) return i;
    }
    return weights.length - 1;
  }
}

/** The concern's number: each concern draws from streams of its own, so a new draw in one never moves another. */
export function concernNumber(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** A 32-bit integer well stirred (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
