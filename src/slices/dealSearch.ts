/**
 * Search over all open deals of a large firm: they lie in shards by the first letters of any of their words, so that a page
 * fetches one small file for what is typed.
 */

/** An open deal as a shard holds it: id, name, customer, owner, cents (null: no amount), stage, ISO close date. */
export type FoundDeal = [
  id: string,
  name: string,
  account: string | null,
  owner: string | null,
  cents: number | null,
  stage: string | null,
  closeOn: string | null
];

/** The largest deals with a word that begins so, and how many there are. */
export interface Shard {
  n: number;
  deals: FoundDeal[];
}

/** Letters that a shard goes by: a search begins when as many are typed. */
export const LETTERS = 3;
const MOST = 500;

/** Words in small letters without accents; whatever is neither letter nor digit parts them. */
export function wordsOf(text: string): string[] {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0);
}

/** The shards of all open deals. @param deals the largest first */
export function shardsOf(deals: readonly FoundDeal[]): Map<string, Shard> {
  const shards = new Map<string, Shard>();
  for (const deal of deals)
    for (const key of new Set(searched(deal).flatMap(keyOf))) {
      const shard = shards.get(key) ?? {n: 0, deals: []};
      shards.set(key, shard);
      shard.n++;
      if (shard.deals.length < MOST) shard.deals.push(deal);
    }
  return shards;
}

/** The shard to ask for what was typed: of the words with enough letters the one of fewest deals; null when none is known. */
export function shardFor(typed: string, sizes: Readonly<Record<string, number>>): string | null {
  const keys = wordsOf(typed).flatMap(keyOf);
  if (keys.length === 0 || keys.some((key) => !(key in sizes))) return null;
  return keys.reduce((best, key) => (sizes[key]! < sizes[best]! ? key : best));
}

/** The deals of a shard in which each typed word begins a word of name, customer, owner or stage. */
export function foundIn({deals}: Shard, typed: string): FoundDeal[] {
  const wanted = wordsOf(typed);
  return deals.filter((deal) => {
    const words = searched(deal);
    return wanted.every((each) => words.some((word) => word.startsWith(each)));
  });
}

/** The name of a shard's file: code points, so that it is one for every file system. */
export function shardFile(key: string): string {
  return `search/${[...key].map((letter) => letter.codePointAt(0)!.toString(16)).join("-")}`;
}

function searched([, name, account, owner, , stage]: FoundDeal): string[] {
  return wordsOf([name, account, owner, stage].join(" "));
}

function keyOf(word: string): string[] {
  const letters = [...word];
  return letters.length < LETTERS ? [] : [letters.slice(0, LETTERS).join("")];
}
