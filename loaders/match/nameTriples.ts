/** The letter triples of names as numbers: which names have which, in flat arrays that half a million names fit into. */

export interface IndexedNames {
  /** Number of a triple by the codes of its letters. */
  ids: Map<number, number>;
  /** By UTF-16 unit: the letter's code, 0 where no name has it. */
  codes: Uint16Array;
  /** Codes there are, with the one of a marked end. */
  nCodes: number;
  /** By triple: 1 when it holds no marked end. Such triples are within a name, wherever it stands in another. */
  isInner: Uint8Array;
  /** Names that have triple i: from postingStarts[i] to before postingStarts[i + 1]. */
  postings: Uint32Array;
  postingStarts: Uint32Array;
  /** Triples of name i: from starts[i] to before starts[i + 1]. */
  triples: Uint32Array;
  starts: Uint32Array;
  /** By name two numbers side by side: the bits of its common triples, and above them how many triples it has (`sketchedSize`). */
  sketches: Uint32Array;
  /** By triple its bit in a sketch, for those that more than COMMON names have; NO_BIT for others. */
  bits: Uint8Array;
  /** By name how many triples it has, and how many inner ones. */
  sizes: Uint32Array;
  innerSizes: Uint32Array;
}

/** A triple that more names than this share says too little to be followed, unless a name has no other. */
export const COMMON = 2000;
const N_BITS = 56;
const NO_BIT = 255;
const MOST_SKETCHED = 255;

/** The different triples of a name. */
export interface Triples {
  n: number;
  nInner: number;
  /** Numbers of those that some indexed name has. */
  known: number[];
}

const SPACE = 32;
/** The code of a marked end. */
const END = 1;

/** Indexes core names: triples of the letters without spaces, with the ends marked, so that a lone short word has some. */
export function indexNames(names: readonly string[]): IndexedNames {
  const {codes, nCodes} = lettersOf(names);
  const ids = new Map<number, number>();
  const isInner: number[] = [];
  const lastName: number[] = [];
  const nNames: number[] = [];
  const starts = new Uint32Array(names.length + 1);
  const sizes = new Uint32Array(names.length);
  const innerSizes = new Uint32Array(names.length);
  const triples = new GrowingArray();
  for (const [index, name] of names.entries()) {
    eachTriple(name, codes, (a, b, c) => {
      const key = (a * nCodes + b) * nCodes + c;
      let id = ids.get(key);
      if (id === undefined) {
        id = ids.size;
        ids.set(key, id);
        isInner.push(a === END || c === END ? 0 : 1);
        lastName.push(-1);
        nNames.push(0);
      }
      if (lastName[id] === index) return;
      lastName[id] = index;
      nNames[id]!++;
      sizes[index]!++;
      innerSizes[index]! += isInner[id]!;
      triples.push(id);
    });
    starts[index + 1] = triples.length;
  }
  const all = triples.values();
  const postingStarts = new Uint32Array(ids.size + 1);
  for (let id = 0; id < ids.size; id++) postingStarts[id + 1] = postingStarts[id]! + nNames[id]!;
  const bits = bitsOfCommon(nNames);
  const sketches = new Uint32Array(2 * names.length);
  const next = postingStarts.slice();
  const postings = new Uint32Array(all.length);
  for (let index = 0; index < names.length; index++) {
    for (let at = starts[index]!; at < starts[index + 1]!; at++) {
      const id = all[at]!;
      postings[next[id]!++] = index;
      const bit = bits[id]!;
      if (bit !== NO_BIT) sketches[2 * index + (bit >>> 5)]! |= 1 << (bit & 31);
    }
    sketches[2 * index + 1]! |= Math.min(sizes[index]!, MOST_SKETCHED) << (N_BITS - 32);
  }
  return {
    ids,
    codes,
    nCodes,
    isInner: Uint8Array.from(isInner),
    postings,
    postingStarts,
    triples: all,
    starts,
    sketches,
    bits,
    sizes,
    innerSizes
  };
}

/** The number of triples that the upper half of a sketch tells; too few where a name has very many. */
export function sketchedSize(upper: number): number {
  return upper >>> (N_BITS - 32);
}

/** A bit for each common triple; several may have the same one. */
function bitsOfCommon(nNames: readonly number[]): Uint8Array {
  let nCommon = 0;
  return Uint8Array.from(nNames, (n) => (n > COMMON ? nCommon++ % N_BITS : NO_BIT));
}

/** The triples of any name; of letters that no indexed name has there are only how many. */
export function triplesOf(
  name: string,
  {ids, codes, nCodes}: Pick<IndexedNames, "ids" | "codes" | "nCodes">
): Triples {
  const seen = new Set<string>();
  const known: number[] = [];
  let nInner = 0;
  const letters = `  ${name.replaceAll(" ", "")} `;
  for (let i = 2; i < letters.length; i++) {
    const triple = letters.slice(i - 2, i + 1);
    if (seen.has(triple)) continue;
    seen.add(triple);
    if (!triple.includes(" ")) nInner++;
    const [a, b, c] = [
      codeAt(letters, i - 2, codes),
      codeAt(letters, i - 1, codes),
      codeAt(letters, i, codes)
    ];
    const id = a === 0 || b === 0 || c === 0 ? undefined : ids.get((a * nCodes + b) * nCodes + c);
    if (id !== undefined) known.push(id);
  }
  return {n: seen.size, nInner, known};
}

function codeAt(letters: string, i: number, codes: Uint16Array): number {
  return codes[letters.charCodeAt(i)]!;
}

/** A letter of the names is a small number: three of them make a key that is one, too. */
function lettersOf(names: readonly string[]): {codes: Uint16Array; nCodes: number} {
  const codes = new Uint16Array(65536);
  codes[SPACE] = END;
  let nCodes = END + 1;
  for (const name of names)
    for (let i = 0; i < name.length; i++) {
      const unit = name.charCodeAt(i);
      if (codes[unit] === 0) codes[unit] = nCodes++;
    }
  return {codes, nCodes};
}

function eachTriple(name: string, codes: Uint16Array, take: (a: number, b: number, c: number) => void): void {
  let a = END;
  let b = END;
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    if (unit === SPACE) continue;
    const c = codes[unit]!;
    take(a, b, c);
    a = b;
    b = c;
  }
  take(a, b, END);
}

class GrowingArray {
  #values = new Uint32Array(1 << 16);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  values(): Uint32Array {
    return this.#values.slice(0, this.length);
  }
}
