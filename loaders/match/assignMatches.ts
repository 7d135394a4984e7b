/** Which registration is which deal: decisions first, then stated ids, then the best scores. */
import {groupBy} from "./groupBy.ts";
import type {Candidate} from "./proposeCandidates.ts";

export type MatchStatus = "matched" | "unsure" | "unmatched";
export type MatchBasis = "decision" | "stated id" | "score" | "none";

export interface RegistrationMatch {
  registrationId: string;
  /** The deal it is, or may be when unsure; null when unmatched. */
  dealId: string | null;
  status: MatchStatus;
  basis: MatchBasis;
  /** 0 to 1; null for a decision, a stated id, and no deal at all. */
  score: number | null;
  /** The next best deal and its score: a close one makes a match unsure. */
  secondDealId: string | null;
  secondScore: number | null;
  evidence: string;
}

export interface Thresholds {
  /** From this score on it is a match. */
  match_at: number;
  /** From this score on a person should look. */
  unsure_at: number;
  /** A match must be ahead of the next best by this much. */
  lead: number;
}

export interface RegistrationRef {
  id: string;
  partnerId: string | null;
  /** The deal id it states itself. */
  statedDealId: string | null;
}

export interface Decision {
  registrationId: string;
  /** Null: it is no deal of the CRM. */
  dealId: string | null;
  by: string | null;
  why: string | null;
}

export interface AssignInput {
  registrations: readonly RegistrationRef[];
  /** Deals of the CRM that are not deleted. */
  dealIds: ReadonlySet<string>;
  decisions: readonly Decision[];
  candidates: readonly Candidate[];
  thresholds: Thresholds;
}

/**
 * One answer for each registration, in the order given. A person's decision wins over a stated id, a stated id over a
 * score. Two partners may have registered the same deal (a conflict for people to see), so a deal can be given to one
 * registration of each partner; the same partner's second registration of it is unsure, never counted again unasked.
 */
export function assignMatches({
  registrations,
  dealIds,
  decisions,
  candidates,
  thresholds
}: AssignInput): RegistrationMatch[] {
  const answers = new Map<string, RegistrationMatch>();
  const refs = new Map(registrations.map((each) => [each.id, each]));
  const claims = new Claims();
  const partnerOf = (registrationId: string) => refs.get(registrationId)?.partnerId ?? registrationId;
  const settle = (registrationId: string, dealId: string | null, basis: MatchBasis, evidence: string) => {
    answers.set(registrationId, {
      ...unmatched(registrationId, basis, evidence),
      ...(dealId ? {dealId, status: "matched"} : {})
    });
    if (dealId) claims.add(dealId, partnerOf(registrationId), registrationId);
  };

  for (const {registrationId, dealId, by, why} of decisions)
    settle(
      registrationId,
      dealId,
      "decision",
      [by ? `decided by ${by}` : "decided", why].filter(Boolean).join(": ")
    );
  for (const {id, statedDealId} of registrations)
    if (statedDealId && !answers.has(id) && dealIds.has(statedDealId))
      settle(id, statedDealId, "stated id", `states deal ${statedDealId}`);

  const open = groupBy(
    candidates.filter(
      ({registrationId, score}) => !answers.has(registrationId) && score >= thresholds.unsure_at
    ),
    ({registrationId}) => registrationId
  );
  const options = [...open].map(([id, pairs]) => ({
    id,
    pairs: pairs.sort((a, b) => b.score - a.score || order(a.dealId, b.dealId))
  }));
  // The surest first: a deal that two registrations of a partner could be goes to the likelier one.
  options.sort((a, b) => b.pairs[0]!.score - a.pairs[0]!.score || order(a.id, b.id));
  for (const {id: registrationId, pairs} of options) {
    const partner = partnerOf(registrationId);
    const isFree = ({dealId}: Candidate) => claims.holder(dealId, partner) === undefined;
    const free = pairs.find(isFree);
    const first = free ?? pairs[0]!;
    const second = pairs.find((each) => each !== first && (!free || isFree(each)));
    const holder = free ? undefined : claims.holder(first.dealId, partner);
    const isClear =
      holder === undefined &&
      first.score >= thresholds.match_at &&
      first.score - (second?.score ?? 0) >= thresholds.lead;
    answers.set(registrationId, {
      registrationId,
      dealId: first.dealId,
      status: isClear ? "matched" : "unsure",
      basis: "score",
      score: first.score,
      secondDealId: second?.dealId ?? null,
      secondScore: second?.score ?? null,
      evidence: [
        first.evidence(),
        ...(holder === undefined ? [] : [`the same partner's registration ${holder} has this deal`])
      ].join("; ")
    });
    if (isClear) claims.add(first.dealId, partner, registrationId);
  }
  return registrations.map(
    ({id, statedDealId}) =>
      answers.get(id) ??
      unmatched(
        id,
        "none",
        statedDealId
          ? `states deal ${statedDealId}, which the CRM does not have; no deal is like it`
          : "no deal is like it"
      )
  );
}

/** Which registration has a deal, by deal and partner. */
class Claims {
  readonly #byDeal = new Map<string, {partner: string; registrationId: string}[]>();

  holder(dealId: string, partner: string): string | undefined {
    return this.#byDeal.get(dealId)?.find((claim) => claim.partner === partner)?.registrationId;
  }

  /** The last to claim a deal holds it. */
  add(dealId: string, partner: string, registrationId: string): void {
    const claims = this.#byDeal.get(dealId);
    if (claims) claims.unshift({partner, registrationId});
    else this.#byDeal.set(dealId, [{partner, registrationId}]);
  }
}

function unmatched(registrationId: string, basis: MatchBasis, evidence: string): RegistrationMatch {
  return {
    registrationId,
    dealId: null,
    status: "unmatched",
    basis,
    score: null,
    secondDealId: null,
    secondScore: null,
    evidence
  };
}

/** Texts by their UTF-16 units, for sorting. */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
