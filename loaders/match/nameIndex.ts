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
  const triples = names.map(triplesOf);
  const postings = new Map<string, number[]>();
  for (const [index, set] of triples.entries())
    for (const triple of set) {
      const list = postings.get(triple);
      if (list) list.push(index);
      else postings.set(triple, [index]);
    }
  const shared = new Uint16Array(names.length);
  return {
    near(name) {
      const asked = triplesOf(name);
      const known = [...asked].filter((triple) => postings.has(triple));
      const telling = known.filter((triple) => postings.get(triple)!.length <= COMMON);
      const found: number[] = [];
      for (const triple of telling.length > 0 ? telling : known)
        for (const index of postings.get(triple)!) if (shared[index]!++ === 0) found.push(index);
      for (const index of found) shared[index] = 0;
      return found
        .map((index) => ({index, dice: dice(asked, triples[index]!)}))
        .filter(({index, dice}) => dice >= DICE_AT_LEAST || holdsTheOther(asked, triples[index]!))
        .sort((a, b) => b.dice - a.dice || a.index - b.index)
        .slice(0, AT_MOST)
        .map(({index}) => index);
    }
  };
}

/** Triples of the letters without spaces, with the ends marked, so that a lone short word has some. */
function triplesOf(name: string): Set<string> {
  const letters = [..."  ", ...name.replaceAll(" ", ""), " "];
  return new Set(letters.slice(2).map((_, i) => letters.slice(i, i + 3).join("")));
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let n = 0;
  for (const triple of a) if (b.has(triple)) n++;
  return (2 * n) / (a.size + b.size);
}

/** Whether one name is within the other, wherever its words stand there: triples with a marked end do not count. */
function holdsTheOther(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [left, right] = [inner(a), inner(b)];
  const [shorter, longer] = left.length < right.length ? [left, b] : [right, a];
  if (shorter.length < HELD_FROM) return false;
  return shorter.filter((triple) => longer.has(triple)).length >= HELD_AT_LEAST * shorter.length;
}

function inner(triples: ReadonlySet<string>): string[] {
  return [...triples].filter((triple) => !triple.includes(" "));
}
