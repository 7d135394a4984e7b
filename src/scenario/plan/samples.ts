/**
 * Seeded draws of what is not known: lognormal values, one elasticity for all options, kept between 0.02 and 1. The mean of each option's
 * draws is its value, so that today's plan is worth what its options bring.
 */
import {generator} from "../../slices/numeric/generator.js";
import type {PlanProblem, PlanSample} from "./plan.js";

/** @param seed the same seed draws the same samples everywhere */
export function planSamples({options, elasticity}: PlanProblem, n: number, seed: number): PlanSample[] {
  const {normal} = generator(seed);
  const drawn = Array.from({length: n}, () => ({
    elasticity: Math.min(1, Math.max(0.02, elasticity.mean + elasticity.error * normal())),
    value: options.map(({value, valueError}) => {
      const s = Math.sqrt(Math.log1p(valueError ** 2));
      return value * Math.exp(s * normal() - (s * s) / 2);
    })
  }));
  const means = options.map((_, o) => drawn.reduce((sum, {value}) => sum + value[o]!, 0) / n);
  return drawn.map((sample) => ({
    ...sample,
    value: sample.value.map((value, o) => (means[o]! > 0 ? (value * options[o]!.value) / means[o]! : value))
  }));
}
