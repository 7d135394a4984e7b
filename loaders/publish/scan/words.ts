/**
 * Texts as sequences of words: a string is found where its words follow each other, whatever stands between them, in whatever case
 * and Unicode composition. Whole words, so that "Arch" is not found in "Search".
 */

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The form in which words are compared. */
export function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** The words of a text, folded, with one space between; empty where it has none. */
export function wordsOf(text: string): string {
  return (folded(text).match(WORD) ?? []).join(" ");
}

interface Entry {
  words: readonly string[];
  /** The string as it is in the exports. */
  text: string;
}

/** Strings to look for in texts of any length: time grows with the text, not with the number of strings. */
export class WordIndex {
  readonly #byFirst = new Map<string, Entry[]>();
  readonly #known = new Set<string>();

  constructor(texts: Iterable<string>) {
    for (const text of texts) this.#add(text);
  }

  get size(): number {
    return this.#known.size;
  }

  #add(text: string): void {
    const all = wordsOf(text);
    if (all === "" || this.#known.has(all)) return;
    this.#known.add(all);
    const words = all.split(" ");
    const entry = {words, text};
    const same = this.#byFirst.get(words[0]!);
    if (same) same.push(entry);
    else this.#byFirst.set(words[0]!, [entry]);
  }

  /** Calls `found` with each string that the text holds, as often as it does. */
  search(text: string, found: (text: string) => void): void {
    const all = folded(text);
    // The words that are at hand, so that those after a first one can be looked at; a ring would save little.
    const ahead: string[] = [];
    WORD.lastIndex = 0;
    let start = 0;
    const matches = all.matchAll(WORD);
    const word = (offset: number): string | undefined => {
      while (ahead.length <= start + offset) {
        const next = matches.next();
        if (next.done) return undefined;
        ahead.push(next.value[0]);
      }
      return ahead[start + offset];
    };
    for (let first = word(0); first !== undefined; first = word(0)) {
      for (const {words, text: is} of this.#byFirst.get(first) ?? [])
        if (words.every((each, offset) => word(offset) === each)) found(is);
      start++;
      if (start > 4096) {
        ahead.splice(0, start);
        start = 0;
      }
    }
  }
}
