/** How far a total of few deals could have come out otherwise by luck alone. */
import {generator} from "../numeric/generator.js";
import {DRAWS, MANY, middle80} from "./projectWon.js";

/** Keeps these draws apart from those of the projection. */
const OWN_STREAM = 0x5bd1e995;

/**
 * An 80 % interval of the money that a channel's wins stand for, as a compound Poisson sum: a Gamma(1) weight for each
 * won deal (the Bayesian bootstrap of a Poisson total) and a Gamma(1/2) for one more of typical size (Jeffreys' prior), so
 * that no win at all still has an upper end.
 * @param amounts of the won deals
 * @param typical amount of a won deal of the firm; 0 when there is none
 * @param toCome money still to come, a draw each: the interval is then that of the sum
 * @see Rubin (1981), Ann Stat 9:130-134; Jeffreys' prior of a Poisson rate
 */
export function luckRange(
  amounts: readonly number[],
  typical: number,
  seed: number,
  toCome: readonly number[] = []
): {lo: number; hi: number} {
  const {normal, exponential} = generator(seed ^ OWN_STREAM);
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  const spread = Math.sqrt(amounts.reduce((sum, amount) => sum + amount * amount, 0));
  const draws: number[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    let sum = (toCome[draw] ?? 0) + typical * 0.5 * normal() ** 2;
    if (amounts.length > MANY) sum += total + spread * normal();
    else for (const amount of amounts) sum += amount * exponential();
    draws.push(sum);
  }
  return middle80(draws);
}
