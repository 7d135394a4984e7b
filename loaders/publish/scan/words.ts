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

/**
 * Strings to look for, as a tree by words: from each word of a text it is followed as far as the text goes along with it. So time grows
 * with the text, not with the number of strings, also where all begin alike.
 */
export class WordIndex {
  /** From the root, by word. */
  readonly #first = new Map<string, number>();
  /** From an inner node, by its number and the next word: one map, for a map a node would take many times the memory. */
  readonly #next = new Map<string, number>();
  /** The strings, as they are in the exports, by the node at which they end. */
  readonly #ends = new Map<number, string>();
  #nNodes = 0;

  constructor(texts: Iterable<string>) {
    for (const text of texts) this.#add(text);
  }

  get size(): number {
    return this.#ends.size;
  }

  #add(text: string): void {
    const all = wordsOf(text);
    if (all === "") return;
    const [first, ...others] = all.split(" ");
    let node = this.#child(this.#first, first!);
    for (const word of others) node = this.#child(this.#next, `${node} ${word}`);
    if (!this.#ends.has(node)) this.#ends.set(node, text);
  }

  #child(map: Map<string, number>, key: string): number {
    const known = map.get(key);
    if (known !== undefined) return known;
    map.set(key, ++this.#nNodes);
    return this.#nNodes;
  }

  /** Calls `found` with each string that the text holds, as often as it does. */
  search(text: string, found: (text: string) => void): void {
    const all = folded(text);
    for (let from = nextStart(all, 0); from < all.length; ) {
      const to = nextEnd(all, from);
      let node = this.#first.get(all.slice(from, to));
      let end = to;
      while (node !== undefined) {
        const is = this.#ends.get(node);
        if (is !== undefined) found(is);
        const start = nextStart(all, end);
        end = nextEnd(all, start);
        node = end > start ? this.#next.get(`${node} ${all.slice(start, end)}`) : undefined;
      }
      from = nextStart(all, to);
    }
  }
}

/** 1 for letters, digits and marks of the basic plane; halves of a pair, 2, are looked at as a pair. */
const KIND = Uint8Array.from({length: 0x10000}, (_, code) =>
  code >= 0xd800 && code <= 0xdfff ? 2 : /[\p{L}\p{N}\p{M}]/u.test(String.fromCharCode(code)) ? 1 : 0
);

/** How many characters of a word stand at a place: 0, 1, or 2 for a pair. */
function wordAt(text: string, at: number): number {
  const kind = KIND[text.charCodeAt(at)]!;
  if (kind < 2) return kind;
  const letter = String.fromCodePoint(text.codePointAt(at)!);
  return /[\p{L}\p{N}\p{M}]/u.test(letter) ? letter.length : 0;
}

function nextStart(text: string, from: number): number {
  let at = from;
  while (at < text.length && wordAt(text, at) === 0) at++;
  return at;
}

function nextEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const step = wordAt(text, at);
    if (step === 0) break;
    at += step;
  }
  return at;
}
