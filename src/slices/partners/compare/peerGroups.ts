/**
 * Who is compared with whom: partners of one kind and tier, with neighbouring tiers together where one alone is too small to be told. Each
 * partner is in one group, the same for all figures and in every partner's site: no two groups overlap, so that none can be taken from another.
 */
import {RULES} from "./disclosure.js";

export interface Member {
  partnerId: string;
  kind: string | null;
  tier: string | null;
}

export interface PeerGroup {
  /** "dealers of tiers Gold and Platinum". */
  words: string;
  /** Partners, each reader among them. */
  n: number;
}

const AND = new Intl.ListFormat("en-GB", {type: "conjunction"});

/**
 * The group of each partner, by its id. What is not enough though all its neighbours are in it stays so: nothing of it can be told.
 * @param tiers of the programme, from the lowest to the highest; other tiers follow below them by name
 * @param isEnough whether partners are enough to be a group
 */
export function peerGroups<M extends Member>(
  members: readonly M[],
  tiers: readonly string[],
  isEnough: (of: readonly M[]) => boolean = ({length}) => length >= RULES.least
): Map<string, PeerGroup> {
  const found = new Map<string, PeerGroup>();
  const tell = (words: string, of: readonly M[]) => {
    const group = {words, n: of.length};
    for (const {partnerId} of of) found.set(partnerId, group);
  };
  const kinds = [...groupBy(members, ({kind}) => kind)];
  const few = kinds.filter(([, of]) => !isEnough(of));
  const rare = few.flatMap(([, of]) => of);
  if (few.length > 0) tell(few.length === 1 ? kindWords(few[0]![0]) : "partners of the rarer kinds", rare);
  for (const [kind, of] of kinds.filter((each) => !few.includes(each)))
    for (const {tiers: together, members: inTiers} of neighbours(of, tiers, isEnough))
      tell(`${kindWords(kind)}${tierWords(together, tiers)}`, inTiers);
  return found;
}

interface Tiers<M> {
  tiers: (string | null)[];
  members: M[];
}

/** Tiers from the highest down, put together until they are enough; what is left over goes to the last. */
function neighbours<M extends Member>(
  members: readonly M[],
  order: readonly string[],
  isEnough: (of: readonly M[]) => boolean
): Tiers<M>[] {
  const place = (tier: string | null) => (tier === null ? -2 : order.indexOf(tier));
  const byTier = [...groupBy(members, ({tier}) => tier)].sort(
    ([a], [b]) => place(b) - place(a) || (String(a) < String(b) ? -1 : 1)
  );
  const made: Tiers<M>[] = [];
  let open: Tiers<M> = {tiers: [], members: []};
  for (const [tier, of] of byTier) {
    open = {tiers: [...open.tiers, tier], members: [...open.members, ...of]};
    if (!isEnough(open.members)) continue;
    made.push(open);
    open = {tiers: [], members: []};
  }
  const last = made.at(-1);
  // All together may be enough where no neighbours are, or the other way round: the last group takes whoever is left.
  if (!last) return [open];
  last.tiers.push(...open.tiers);
  last.members.push(...open.members);
  return made;
}

function kindWords(kind: string | null): string {
  return kind === null ? "partners" : `${kind.toLowerCase()}s`;
}

/** Names of tiers that the programme does not list are theirs that have them. */
function tierWords(together: readonly (string | null)[], listed: readonly string[]): string {
  if (together.length === 1) return together[0] === null ? "" : ` of tier ${together[0]}`;
  const named = together.flatMap((tier) => (tier !== null && listed.includes(tier) ? [tier] : []));
  return named.length === together.length
    ? ` of tiers ${AND.format([...named].reverse())}`
    : " of several tiers";
}

function groupBy<T, K>(list: readonly T[], key: (each: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const each of list) {
    const group = groups.get(key(each));
    if (group) group.push(each);
    else groups.set(key(each), [each]);
  }
  return groups;
}
