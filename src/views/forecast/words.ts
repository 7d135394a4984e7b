/** Words that the forecast's pages share. */
import {count, percent} from "../../components/format.js";
import type {Held} from "../../slices/forecast.js";

/** "71%"; what is won already is certain. Beyond 97% a forecast claims no more precision, and while nobody knows how often it was right beyond 90%. */
export function chanceWords(chance: number, held: Held | null = null): string {
  if (chance >= 1) return "certain";
  const isUntried = held !== null && held.n < LEAST_HELD;
  const [low, high] = isUntried ? [0.1, 0.9] : [0.0251, 0.9749];
  if (chance < low) return isUntried ? "less than 10%" : "less than 3%";
  if (chance > high) return isUntried ? "more than 90%" : "more than 97%";
  return percent(chance);
}

/** Past quarters from which on it is said how often a band held. */
const LEAST_HELD = 3;

/** The chance in words: "is unlikely". */
export function verdictOfChance(chance: number): string {
  if (chance < 0.1) return "is very unlikely";
  if (chance < 0.4) return "is unlikely";
  if (chance <= 0.6) return "could go either way";
  return chance <= 0.9 ? "is likely" : "is very likely";
}

/** "held 10 of 12 times at this point"; said plainly when there is too little past. @param whose "the forecast's " of a scenario's band */
export function heldBriefly({n, inside80}: Held, whose = ""): string {
  return n < LEAST_HELD
    ? "too few past quarters to say how often it held"
    : `${whose}held ${count(inside80)} of ${count(n)} times at this point`;
}

/** "rest of the quarter" in a sentence: "the rest of the quarter". */
export function the(kind: string): string {
  return kind.startsWith("the ") ? kind : `the ${kind}`;
}

export function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** What a verdict against the best naive method means. */
export function verdictWords(verdict: string): string {
  const words: Record<string, string> = {
    better: "better",
    worse: "worse",
    tie: "a tie",
    reference: "the best naive method",
    "not comparable": "too few results"
  };
  return words[verdict] ?? verdict;
}
