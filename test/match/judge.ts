/** How good matches are against the truth. */
import {assignMatches, type RegistrationMatch, type Thresholds} from "../../loaders/match/assignMatches.ts";
import {customerIndex} from "../../loaders/match/customerIndex.ts";
import {proposeCandidates} from "../../loaders/match/proposeCandidates.ts";
import type {Seeded} from "./seededPairs.ts";

export const DEFAULTS: Thresholds = {match_at: 0.84, unsure_at: 0.6, lead: 0.04};

/** Each deal as a customer of its own. */
export function matchSeeded({registrations, deals}: Seeded, thresholds = DEFAULTS): RegistrationMatch[] {
  return assignMatches({
    registrations: registrations.map(({id, partnerIds}) => ({
      id,
      partnerId: partnerIds[0]!,
      statedDealId: null
    })),
    dealIds: new Set(deals.map(({id}) => id)),
    decisions: [],
    candidates: proposeCandidates(
      registrations,
      customerIndex(deals),
      (customer) => [deals[customer]!],
      thresholds
    ),
    thresholds
  });
}

export interface Verdict {
  /** Of those called matched, the share that is right. */
  precision: number;
  /** Of the registrations whose deal is in the CRM, the share matched to it. */
  recall: number;
  /** The same, counting unsure ones whose first or second deal is the right one. */
  reach: number;
  unsure: number;
}

export function judge(
  matches: readonly RegistrationMatch[],
  truth: ReadonlyMap<string, string | null>
): Verdict {
  const matched = matches.filter(({status}) => status === "matched");
  const right = matched.filter(({registrationId, dealId}) => truth.get(registrationId) === dealId).length;
  const real = [...truth.values()].filter((dealId) => dealId !== null).length;
  const offered = matches.filter(
    ({registrationId, status, dealId, secondDealId}) =>
      status === "unsure" && [dealId, secondDealId].includes(truth.get(registrationId) ?? "none")
  ).length;
  return {
    precision: right / matched.length,
    recall: right / real,
    reach: (right + offered) / real,
    unsure: matches.filter(({status}) => status === "unsure").length / matches.length
  };
}
