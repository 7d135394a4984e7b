/** Finds the names that could be meant, without comparing each with each: by the letter triples they share. */

/** How many names are looked at for one question, best first. */
const AT_MOST = 25;
/** Of the triples of the two names, the share in common (Dice) from which a name could be meant. */
const DICE_AT_LEAST = 0.35;
/** A name that holds this share of the other's inner triples could be meant too: one firm's name with words added. */
const HELD_AT_LEAST = 0.8;
/** From as many inner triples on: a word of five letters. */
const HELD_FROM = 3;
/** A triple that more names than this share says too little to be followed, unless a name has no other. */
const COMMON = 2000;

export interface NameIndex {
  /** Indexes of the names that could be meant, the likeliest first. */
  near(name: string): number[];
}

/** An index over core names; equal names may occur twice. */
export function nameIndex(names: readonly string[]): NameIndex {
  const {ids, isInner, postings, starts, triples, nInner} = indexed(names);
  // Of each name: triples shared with the question. Of each triple: the last question that asked for it.
  const shared = new Uint16Array(names.length);
  const askedBy = new Uint32Array(ids.size);
  let question = 0;

  /** Triples the name has in common with the question, all of them and the inner ones. */
  function overlap(index: number): {n: number; inner: number} {
    let n = 0;
    let inner = 0;
    for (let at = starts[index]!; at < starts[index + 1]!; at++) {
      const id = triples[at]!;
      if (askedBy[id] !== question) continue;
      n++;
      inner += isInner[id]!;
    }
    return {n, inner};
  }

  return {
    near(name) {
      question++;
      const asked = triplesOf(name);
      const nAskedInner = countInner(asked);
      const known = [...asked].map((triple) => ids.get(triple)).filter((id) => id !== undefined);
      for (const id of known) askedBy[id] = question;
      const telling = known.filter((id) => postings[id]!.length <= COMMON);
      const followed = telling.length > 0 ? telling : known;
      const found: number[] = [];
      for (const id of followed)
        for (const index of postings[id]!) if (shared[index]!++ === 0) found.push(index);
      const candidates: {index: number; dice: number}[] = [];
      const best = new Best();
      // Those that share most first: once enough are found, few others can still be among the best.
      for (const index of bySharedMost(found, shared, followed.length)) {
        const size = asked.size + starts[index + 1]! - starts[index]!;
        const shorter = Math.min(nAskedInner, nInner[index]!);
        // What was not followed may be shared too: most names fail even so.
        const most = shared[index]! + known.length - followed.length;
        shared[index] = 0;
        const bound = (2 * most) / size;
        if (bound < best.least || (bound < DICE_AT_LEAST && !isHeld(most, shorter))) continue;
        const {n, inner} = overlap(index);
        const dice = (2 * n) / size;
        if (dice < DICE_AT_LEAST && !isHeld(inner, shorter)) continue;
        candidates.push({index, dice});
        best.add(dice);
      }
      return candidates
        .sort((a, b) => b.dice - a.dice || a.index - b.index)
        .slice(0, AT_MOST)
        .map(({index}) => index);
    }
  };
}

/** The largest shares so far, as many as are kept. */
class Best {
  readonly #shares: number[] = [];

  /** What a share must reach to be kept; 0 while there is room. */
  get least(): number {
    return this.#shares.length < AT_MOST ? 0 : this.#shares[AT_MOST - 1]!;
  }

  add(share: number): void {
    if (share <= this.least && this.#shares.length >= AT_MOST) return;
    let at = Math.min(this.#shares.length, AT_MOST - 1);
    for (; at > 0 && this.#shares[at - 1]! < share; at--) this.#shares[at] = this.#shares[at - 1]!;
    this.#shares[at] = share;
  }
}

/** The names by how many triples they share, the most first. */
function bySharedMost(found: readonly number[], shared: Uint16Array, most: number): Uint32Array {
  const starts = new Uint32Array(most + 2);
  for (const index of found) starts[most - shared[index]! + 1]!++;
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const sorted = new Uint32Array(found.length);
  for (const index of found) sorted[starts[most - shared[index]!]!++] = index;
  return sorted;
}

/** Whether so many inner triples of the shorter name, in the other one, say that it is that one with words added. */
function isHeld(n: number, shorter: number): boolean {
  return shorter >= HELD_FROM && n >= HELD_AT_LEAST * shorter;
}

interface Indexed {
  /** Number of each triple. */
  ids: Map<string, number>;
  /** By triple: 1 when it holds no marked end. Such triples are within a name, wherever it stands in another. */
  isInner: Uint8Array;
  /** By triple: names that have it. */
  postings: number[][];
  /** Triples of name i: from starts[i] to before starts[i + 1]. */
  starts: Uint32Array;
  triples: Uint32Array;
  /** By name: its inner triples. */
  nInner: Uint16Array;
}

function indexed(names: readonly string[]): Indexed {
  const ids = new Map<string, number>();
  const postings: number[][] = [];
  const starts = new Uint32Array(names.length + 1);
  const all: number[] = [];
  const nInner = new Uint16Array(names.length);
  for (const [index, name] of names.entries()) {
    const own = triplesOf(name);
    nInner[index] = countInner(own);
    for (const triple of own) {
      const id = ids.get(triple) ?? ids.size;
      ids.set(triple, id);
      postings[id] ??= [];
      postings[id].push(index);
      all.push(id);
    }
    starts[index + 1] = all.length;
  }
  const isInner = Uint8Array.from(ids.keys(), (triple) => Number(isInside(triple)));
  return {ids, isInner, postings, starts, triples: Uint32Array.from(all), nInner};
}

/** Triples of the letters without spaces, with the ends marked, so that a lone short word has some. */
function triplesOf(name: string): Set<string> {
  const letters = [..."  ", ...name.replaceAll(" ", ""), " "];
  return new Set(letters.slice(2).map((_, i) => letters.slice(i, i + 3).join("")));
}

function countInner(triples: ReadonlySet<string>): number {
  let n = 0;
  for (const triple of triples) if (isInside(triple)) n++;
  return n;
}

function isInside(triple: string): boolean {
  return !triple.includes(" ");
}
