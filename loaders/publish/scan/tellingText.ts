/**
 * Which strings are worth looking for. One that is too short or too plain is found everywhere and means nothing: fewer than five letters
 * and digits, or nothing but digits unless eight of them are one number (an id; amounts and days are figures, not names).
 */
import {wordsOf} from "./words.ts";

const LEAST = 5;
const LEAST_DIGITS = 8;

/** Whether finding the text in a site would say something. */
export function isTelling(text: string): boolean {
  const words = wordsOf(text);
  if (!/\p{L}/u.test(words)) return !words.includes(" ") && words.length >= LEAST_DIGITS;
  // Two characters of Chinese, Japanese or Korean are a name.
  const weight = [...words].reduce(
    (sum, letter) => sum + (letter === " " ? 0 : isIdeograph(letter) ? 2 : 1),
    0
  );
  return weight >= LEAST;
}

function isIdeograph(letter: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(letter);
}

/** One word of letters only, as "Quantum": in the code of libraries it is a word like any other. */
export function isPlainWord(text: string): boolean {
  return /^[\p{L}\p{M}]+$/u.test(wordsOf(text));
}
