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
  /** Nodes at which a text ends that may be said. */
  readonly #mayEnd = new Set<number>();
  #nNodes = 0;

  /** @param maySay longer texts within which a string is none of those looked for: "Acme" in "Acme Robotics" */
  constructor(texts: Iterable<string>, maySay: Iterable<string> = []) {
    for (const text of texts) {
      const node = this.#nodeOf(text);
      if (node !== null && !this.#ends.has(node)) this.#ends.set(node, text);
    }
    for (const text of maySay) {
      const node = this.#nodeOf(text);
      if (node !== null) this.#mayEnd.add(node);
    }
  }

  get size(): number {
    return this.#ends.size;
  }

  /** Where a text ends in the tree, which is made as far as that; null where it has no words. */
  #nodeOf(text: string): number | null {
    const all = wordsOf(text);
    if (all === "") return null;
    const [first, ...others] = all.split(" ");
    let node = this.#child(this.#first, first!);
    for (const word of others) node = this.#child(this.#next, `${node} ${word}`);
    return node;
  }

  #child(map: Map<string, number>, key: string): number {
    const known = map.get(key);
    if (known !== undefined) return known;
    map.set(key, ++this.#nNodes);
    return this.#nNodes;
  }

  /** Calls `found` with each string that the text holds, as often as it does outside of what may be said. */
  search(text: string, found: (text: string) => void): void {
    const all = folded(text);
    // The end of what may be said and has begun by here: whatever ends before it is within.
    let said = 0;
    for (let from = nextStart(all, 0); from < all.length; ) {
      const to = nextEnd(all, from);
      let node = this.#first.get(all.slice(from, to));
      let end = to;
      // Hardly ever there is one, and this is asked at every word.
      let held: {is: string; end: number}[] | undefined;
      while (node !== undefined) {
        const is = this.#ends.get(node);
        if (is !== undefined) held = [...(held ?? []), {is, end}];
        if (this.#mayEnd.has(node)) said = Math.max(said, end);
        const start = nextStart(all, end);
        end = nextEnd(all, start);
        node = end > start ? this.#next.get(`${node} ${all.slice(start, end)}`) : undefined;
      }
      if (held) for (const {is, end: last} of held) if (last > said) found(is);
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
