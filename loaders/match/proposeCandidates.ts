/**
 * The deals that each registration could be, scored: those of the very same firm first, and those of firms with a name near
 * its own where none of these will do.
 */
import {order, type Thresholds} from "./assignMatches.ts";
import type {CustomerIndex} from "./customerIndex.ts";
import type {WordWeights} from "./nameSimilarity.ts";
import {
  type Business,
  bestScore,
  customerLikeness,
  evidenceInWords,
  pairEvidence,
  scoreDeal
} from "./scorePair.ts";

export interface Candidate {
  registrationId: string;
  dealId: string;
  score: number;
  /** What speaks for and against it, in words: only of the pairs that are chosen is it asked. */
  evidence(): string;
}

/** The deals of a customer (index as in the customer index), by id. */
export type DealsOf = (customer: number) => readonly Business[];

/** A registration can lose a deal to another one of its partner's; not ten of them. */
const MOST = 10;

/** The pairs that score at least `unsure_at`, of each registration the ten best, in any order. */
export function proposeCandidates(
  registrations: readonly Business[],
  index: CustomerIndex,
  dealsOf: DealsOf,
  {match_at, unsure_at}: Thresholds
): Candidate[] {
  const {weights} = index;
  /** The registration's likely deals among those of these customers of whom a deal could score `from`. */
  function score(registration: Business, customers: Iterable<number>, from: number): Candidate[] {
    const found: Candidate[] = [];
    for (const customer of customers) {
      const alike = customerLikeness(registration, index.customers[customer]!, weights);
      if (bestScore(alike) < from) continue;
      for (const deal of dealsOf(customer)) {
        const score = scoreDeal(alike, registration, deal, weights);
        if (score >= unsure_at) found.push(new Pair(registration, deal, score, weights));
      }
    }
    return best(found);
  }
  const proposed: Candidate[] = [];
  const unsettled: {registration: Business; same: number[]; own: Candidate[]}[] = [];
  for (const registration of registrations) {
    const same = index.same(registration);
    const own = score(registration, same, 0);
    // No deal of another firm is as likely as one of its own that fits.
    if (own.some((each) => each.score >= match_at)) proposed.push(...own);
    else unsettled.push({registration, same, own});
  }
  // Name after name: like ones ask for the same parts of the index, which are then at hand.
  unsettled.sort((a, b) => order(a.registration.name ?? "", b.registration.name ?? ""));
  for (const {registration, same, own} of unsettled) {
    const known = new Set(same);
    const near = index.near(registration).filter((each) => !known.has(each));
    proposed.push(...best([...own, ...score(registration, near, unsure_at)]));
  }
  return proposed;
}

/** One object a pair: half a million of them are held until all are known. */
class Pair implements Candidate {
  readonly #registration: Business;
  readonly #deal: Business;
  readonly #weights: WordWeights;
  readonly score: number;

  constructor(registration: Business, deal: Business, score: number, weights: WordWeights) {
    this.#registration = registration;
    this.#deal = deal;
    this.score = score;
    this.#weights = weights;
  }

  get registrationId(): string {
    return this.#registration.id;
  }

  get dealId(): string {
    return this.#deal.id;
  }

  evidence(): string {
    return evidenceInWords(pairEvidence(this.#registration, this.#deal, this.#weights));
  }
}

function best(candidates: Candidate[]): Candidate[] {
  if (candidates.length <= MOST) return candidates;
  return candidates.sort((a, b) => b.score - a.score || (a.dealId < b.dealId ? -1 : 1)).slice(0, MOST);
}
