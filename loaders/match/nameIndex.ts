/** Finds the names that could be meant, without comparing each with each: by the letter triples they share. */
import {COMMON, type IndexedNames, indexNames, sketchedSize, type Triples, triplesOf} from "./nameTriples.ts";

/** How many names are looked at for one question, best first. */
const AT_MOST = 25;
/** Of the triples of the two names, the share in common (Dice) from which a name could be meant. */
const DICE_AT_LEAST = 0.35;
/** A name that holds this share of the other's inner triples could be meant too: one firm's name with words added. */
const HELD_AT_LEAST = 0.8;
/** From as many inner triples on: a word of five letters. */
const HELD_FROM = 3;

export interface NameIndex {
  /** Indexes of the names that could be meant, the likeliest first. */
  near(name: string): number[];
}

/** An index over core names; equal names may occur twice. */
export function nameIndex(names: readonly string[]): NameIndex {
  const index = indexNames(names);
  const {postings, postingStarts, isInner, starts, triples, sketches, sizes, innerSizes} = index;
  // Of each name: triples shared with the question. Of each triple: the last question that asked for it.
  const shared = new Uint16Array(names.length);
  const askedBy = new Uint32Array(isInner.length);
  const found = new Uint32Array(names.length);
  const levels = new Uint16Array(names.length);
  const sorted = new Uint32Array(names.length);
  let question = 0;

  /** Triples the name has in common with the question, all of them and the inner ones. */
  function overlap(name: number): {n: number; inner: number} {
    let n = 0;
    let inner = 0;
    for (let at = starts[name]!; at < starts[name + 1]!; at++) {
      const id = triples[at]!;
      if (askedBy[id] !== question) continue;
      n++;
      inner += isInner[id]!;
    }
    return {n, inner};
  }

  /** Puts the names that have one of these triples into `found`, counted in `shared`, and says how many there are. */
  function follow(ids: readonly number[]): number {
    let n = 0;
    for (const id of ids)
      for (let at = postingStarts[id]!; at < postingStarts[id + 1]!; at++) {
        const name = postings[at]!;
        if (shared[name]!++ === 0) found[n++] = name;
      }
    return n;
  }

  return {
    near(name) {
      question++;
      const asked = triplesOf(name, index);
      for (const id of asked.known) askedBy[id] = question;
      const {followed, left} = split(asked, postingStarts);
      const nFound = follow(followed);
      const {low, high, nDoubled} = sketchOf(left, index);
      const candidates: {index: number; dice: number}[] = [];
      const best = new Best();
      // Those that share most first: once enough are found, few others can still be among the best.
      const levelEnds = new Uint32Array(followed.length + 1);
      sortBySharedMost(found, nFound, shared, levels, sorted, levelEnds);
      for (let nShared = followed.length, at = 0; nShared > 0; nShared--) {
        const end = levelEnds[nShared]!;
        // The most they can have in common, and the largest share that this can be.
        const atMost = nShared + left.length;
        const largest = (2 * atMost) / (asked.n + atMost);
        const isHopeless = largest < DICE_AT_LEAST && atMost < HELD_AT_LEAST * HELD_FROM;
        for (at = isHopeless ? end : at; at < end && largest >= best.least; at++) {
          const name = sorted[at]!;
          const upper = sketches[2 * name + 1]!;
          // What was not followed may be shared too, but not more of it than the sketches have in common.
          const most = nShared + nDoubled + nBits(low & sketches[2 * name]!) + nBits(high & upper);
          const bound = (2 * most) / (asked.n + sketchedSize(upper));
          if (bound < best.least) continue;
          const size = asked.n + sizes[name]!;
          const shorter = Math.min(asked.nInner, innerSizes[name]!);
          if (bound < DICE_AT_LEAST && !isHeld(most, shorter)) continue;
          const {n, inner} = overlap(name);
          const dice = (2 * n) / size;
          if (dice < best.least || (dice < DICE_AT_LEAST && !isHeld(inner, shorter))) continue;
          candidates.push({index: name, dice});
          best.add(dice);
        }
        at = end;
      }
      return candidates
        .sort((a, b) => b.dice - a.dice || a.index - b.index)
        .slice(0, AT_MOST)
        .map(({index}) => index);
    }
  };
}

/** The triples worth following to the names that have them, and the rest. */
function split(
  {known}: Triples,
  postingStarts: IndexedNames["postingStarts"]
): {followed: readonly number[]; left: readonly number[]} {
  const isTelling = (id: number) => postingStarts[id + 1]! - postingStarts[id]! <= COMMON;
  const followed = known.filter(isTelling);
  return followed.length > 0
    ? {followed, left: known.filter((id) => !isTelling(id))}
    : {followed: known, left: []};
}

/** The bits of common triples, and how many of these have no bit of their own. */
function sketchOf(
  ids: readonly number[],
  {bits}: Pick<IndexedNames, "bits">
): {low: number; high: number; nDoubled: number} {
  let [low, high] = [0, 0];
  for (const id of ids) {
    const bit = bits[id]!;
    if (bit < 32) low |= 1 << bit;
    else high |= 1 << (bit - 32);
  }
  return {low, high, nDoubled: ids.length - nBits(low) - nBits(high)};
}

function nBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The largest shares so far, as many as are kept. */
class Best {
  readonly #shares: number[] = [];
  /** What a share must reach to be kept; 0 while there is room. */
  least = 0;

  add(share: number): void {
    if (share <= this.least && this.#shares.length >= AT_MOST) return;
    let at = Math.min(this.#shares.length, AT_MOST - 1);
    for (; at > 0 && this.#shares[at - 1]! < share; at--) this.#shares[at] = this.#shares[at - 1]!;
    this.#shares[at] = share;
    if (this.#shares.length === AT_MOST) this.least = this.#shares[AT_MOST - 1]!;
  }
}

/**
 * Puts found[0, n) into `sorted` by how many triples they share, the most first; those that share k end before ends[k]. What they share
 * is forgotten: the next question begins at 0.
 */
function sortBySharedMost(
  found: Uint32Array,
  n: number,
  shared: Uint16Array,
  levels: Uint16Array,
  sorted: Uint32Array,
  ends: Uint32Array
): void {
  ends.fill(0);
  // What a name shares is looked up once: the names lie anywhere in memory.
  for (let i = 0; i < n; i++) {
    const name = found[i]!;
    const level = shared[name]!;
    shared[name] = 0;
    levels[i] = level;
    ends[level]!++;
  }
  for (let level = ends.length - 1, before = 0; level > 0; level--) {
    const many = ends[level]!;
    ends[level] = before;
    before += many;
  }
  for (let i = 0; i < n; i++) sorted[ends[levels[i]!]!++] = found[i]!;
}

/** Whether so many inner triples of the shorter name, in the other one, say that it is that one with words added. */
function isHeld(n: number, shorter: number): boolean {
  return shorter >= HELD_FROM && n >= HELD_AT_LEAST * shorter;
}
