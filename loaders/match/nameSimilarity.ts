/**
 * How alike two core names are: words count by how rare they are, and a word with a slip of the pen still counts.
 * @see Cohen, Ravikumar, Fienberg (2003), A Comparison of String Distance Metrics for Name-Matching Tasks (SoftTFIDF)
 */
import {distance} from "fastest-levenshtein";

/** Two words are the same word misspelled from here on: at most one letter in four or five. */
const SAME_WORD_AT = 0.8;
/** Letters alone, once spaces are gone: "data works" and "dataworks". */
const SAME_LETTERS = 0.97;

/** What is left of an article or a legal form, more often than a name: it says half as much as it is rare. */
const SHORT = /^[a-z]{1,3}$/;

/** How much each word says: a rare one much, one that half of all firms carry next to nothing. */
export interface WordWeights {
  weight(word: string): number;
}

/** Weights ln(1 + n / n names with the word), from all the names there are. */
export function wordWeights(names: Iterable<string>): WordWeights {
  const counts = new Map<string, number>();
  let n = 0;
  for (const name of names) {
    n++;
    for (const word of new Set(name.split(" "))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const known = new Map<string, number>();
  return {
    weight(word) {
      let weight = known.get(word);
      if (weight === undefined) {
        weight = Math.log(1 + Math.max(1, n) / (counts.get(word) ?? 1)) * (SHORT.test(word) ? 0.5 : 1);
        known.set(word, weight);
      }
      return weight;
    }
  };
}

/** Likeness of two core names, 0 to 1. */
export function nameSimilarity(a: string, b: string, weights: WordWeights): number {
  if (a === b) return a === "" ? 0 : 1;
  return similarity(a, b, weights);
}

/** The same of few different names that are asked often, such as products. */
export function rememberedSimilarity(a: string, b: string, weights: WordWeights): number {
  if (a === b) return a === "" ? 0 : 1;
  let memory = remembered.get(weights);
  if (!memory || memory.n > MOST_REMEMBERED) {
    memory = {n: 0, byName: new Map()};
    remembered.set(weights, memory);
  }
  let known = memory.byName.get(a);
  if (!known) {
    known = new Map();
    memory.byName.set(a, known);
  }
  const found = known.get(b);
  if (found !== undefined) return found;
  const likeness = similarity(a, b, weights);
  known.set(b, likeness);
  memory.n++;
  return likeness;
}

const remembered = new WeakMap<WordWeights, {n: number; byName: Map<string, Map<string, number>>}>();
const MOST_REMEMBERED = 100_000;

interface WordPair {
  x: string;
  y: string;
  likeness: number;
}

function similarity(a: string, b: string, weights: WordWeights): number {
  if (hasSameLetters(a, b)) return SAME_LETTERS;
  const [left, right] = [wordsAsked(a), unique(b)];
  const pairs: WordPair[] = [];
  for (const x of left)
    for (const y of right) {
      const likeness = wordLikeness(x, y);
      if (likeness >= SAME_WORD_AT) pairs.push({x, y, likeness});
    }
  // Most names have no word in common.
  if (pairs.length === 0) return 0;
  pairs.sort((p, q) => q.likeness - p.likeness);
  const takenLeft = new Set<string>();
  const takenRight = new Set<string>();
  let shared = 0;
  for (const {x, y, likeness} of pairs) {
    if (takenLeft.has(x) || takenRight.has(y)) continue;
    takenLeft.add(x);
    takenRight.add(y);
    // A misspelled word is as rare as the one it stands for, not as its spelling.
    const weight = Math.min(weights.weight(x), weights.weight(y));
    shared += likeness * weight * weight;
  }
  return Math.min(1, shared / (lengthOf(left, pairs, weights) * lengthOf(right, pairs, weights)));
}

/** Whether names differ in their spaces alone. */
function hasSameLetters(a: string, b: string): boolean {
  if (a[0] !== b[0] || a.at(-1) !== b.at(-1) || !(a.includes(" ") || b.includes(" "))) return false;
  return a.replaceAll(" ", "") === b.replaceAll(" ", "");
}

const asked = {name: "", words: [""]};

/** The words of the name that is held against one after the other. */
function wordsAsked(name: string): readonly string[] {
  if (asked.name !== name) {
    asked.name = name;
    asked.words = unique(name);
  }
  return asked.words;
}

function lengthOf(words: readonly string[], pairs: readonly WordPair[], weights: WordWeights): number {
  return Math.hypot(
    ...words.map((word) => {
      const pair = pairs.find(({x, y}) => x === word || y === word);
      return pair ? Math.min(weights.weight(pair.x), weights.weight(pair.y)) : weights.weight(word);
    })
  );
}

/**
 * 1 for equal words, else the share of letters that agree; short words must be equal. 0 where the lengths alone say that it is
 * less than counts.
 */
function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const longest = Math.max(a.length, b.length);
  if (longest < 5 || 1 - Math.abs(a.length - b.length) / longest < SAME_WORD_AT) return 0;
  return 1 - (isSwapped(a, b) ? 1 : distance(a, b)) / longest;
}

/** Two neighbouring letters changed places: one slip of the pen, though an edit distance counts two. */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

function unique(name: string): string[] {
  const words = name.split(" ");
  return words.length === 1 ? words : [...new Set(words)];
}
