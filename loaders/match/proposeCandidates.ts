/**
 * The deals that each registration could be, scored: those of the very same firm first, and those of firms with a name near
 * its own where none of these will do. Deals are fetched for a part of the registrations at a time, so that a million of them
 * never lie in memory together.
 */
import type {Thresholds} from "./assignMatches.ts";
import type {CustomerIndex} from "./customerIndex.ts";
import {type Business, evidenceInWords, pairEvidence, scorePair} from "./scorePair.ts";

export interface Candidate {
  registrationId: string;
  dealId: string;
  score: number;
  /** What speaks for and against it, in words: only of the pairs that are chosen is it asked. */
  evidence: () => string;
}

/** The deals of these customers (indexes as in the customer index), by customer. */
export type DealsOf = (customers: readonly number[]) => Promise<ReadonlyMap<number, readonly Business[]>>;

const AT_A_TIME = 50_000;
/** A registration can lose a deal to another one of its partner's; not ten of them. */
const MOST = 10;

/** The pairs that score at least `unsure_at`, of each registration the ten best. */
export async function proposeCandidates(
  registrations: readonly Business[],
  index: CustomerIndex,
  dealsOf: DealsOf,
  {match_at, unsure_at}: Thresholds
): Promise<Candidate[]> {
  const found: Candidate[][] = [];
  /** Scores each against the deals of its customers. */
  async function score(asked: readonly Asked[]): Promise<Candidate[][]> {
    const deals = await dealsOf([...new Set(asked.flatMap(({customers}) => customers))]);
    return asked.map(({registration, customers}) => {
      const own = customers.flatMap((customer) => deals.get(customer) ?? []);
      const scored: Scored[] = [];
      for (const deal of own) {
        const score = scorePair(registration, deal, index.weights);
        if (score >= unsure_at) scored.push({deal, dealId: deal.id, score});
      }
      return best(scored).map(({deal, dealId, score}) => ({
        registrationId: registration.id,
        dealId,
        score,
        evidence: () => evidenceInWords(pairEvidence(registration, deal, index.weights))
      }));
    });
  }
  for (let start = 0; start < registrations.length; start += AT_A_TIME) {
    const part = registrations.slice(start, start + AT_A_TIME);
    const same = part.map((registration) => ({registration, customers: index.same(registration)}));
    const own = await score(same);
    const open = same.flatMap(({registration, customers}, i) => {
      // No deal of another firm is as likely as one of its own that fits.
      if (own[i]!.some((each) => each.score >= match_at)) return [];
      const seen = new Set(customers);
      return [
        {registration, customers: index.near(registration, unsure_at).filter((each) => !seen.has(each))}
      ];
    });
    const others = new Map(
      (await score(open)).map((candidates, i) => [open[i]!.registration.id, candidates] as const)
    );
    for (const [i, {id}] of part.entries()) found.push(best([...own[i]!, ...(others.get(id) ?? [])]));
  }
  return found.flat();
}

interface Asked {
  registration: Business;
  customers: number[];
}

interface Scored {
  deal: Business;
  dealId: string;
  score: number;
}

function best<T extends {score: number; dealId: string}>(candidates: T[]): T[] {
  if (candidates.length <= MOST) return candidates;
  return candidates.sort((a, b) => b.score - a.score || (a.dealId < b.dealId ? -1 : 1)).slice(0, MOST);
}
