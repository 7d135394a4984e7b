/** Seeded draws of what is not known: lognormal values, one elasticity for all options, kept between 0.02 and 1. */
import type {PlanProblem, PlanSample} from "./plan.js";

/** @param seed the same seed draws the same samples everywhere */
export function planSamples({options, elasticity}: PlanProblem, n: number, seed: number): PlanSample[] {
  const next = generator(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return Array.from({length: n}, () => ({
    elasticity: Math.min(1, Math.max(0.02, elasticity.mean + elasticity.error * normal())),
    value: options.map(({value, valueError}) => {
      const s = Math.sqrt(Math.log1p(valueError ** 2));
      return value * Math.exp(s * normal() - (s * s) / 2);
    })
  }));
}

/** mulberry32: 32 bits of state, enough for some thousand draws. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
