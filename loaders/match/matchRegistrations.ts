/** The edge of the matching: registrations and deals from the source tables, answers into one table of the workspace. */
import {createTable} from "../engine/createTable.ts";
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import type {Reporter} from "../system/progress.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import type {MatchDecision} from "../workspace/matchDecisions.ts";
import type {Workspace} from "../workspace/schema.ts";
import {assignMatches, type RegistrationMatch} from "./assignMatches.ts";
import {customerIndex} from "./customerIndex.ts";
import {readCustomers} from "./dealsOfCustomers.ts";
import {type Candidate, proposeCandidates} from "./proposeCandidates.ts";
import {readRegistrations} from "./readBusiness.ts";
import type {Business} from "./scorePair.ts";

const COLUMNS =
  "registration_id varchar, deal_id varchar, match_status varchar, match_basis varchar, match_score double, second_deal_id varchar, second_score double, match_evidence varchar";

/**
 * Creates workspace.registration_match: one row per registration of source.registration.
 * @throws {WeirError} exit 2 when a decision names a registration or a deal that the exports do not have.
 */
export async function matchRegistrations(
  engine: Engine,
  config: Workspace,
  decisions: readonly MatchDecision[],
  reporter: Reporter
): Promise<RegistrationMatch[]> {
  const {refs, businesses} = await readRegistrations(engine, config.base_currency);
  const dealIds = await namedDeals(engine, decisions);
  refuseUnknown(decisions, new Set(refs.map(({id}) => id)), dealIds);
  const settled = new Set(decisions.map(({registrationId}) => registrationId));
  for (const {id, statedDealId} of refs) if (statedDealId && dealIds.has(statedDealId)) settled.add(id);
  const matches = assignMatches({
    registrations: refs,
    dealIds,
    decisions,
    candidates: refs.length > settled.size ? await propose(engine, config, await businesses(settled)) : [],
    thresholds: config.matching
  });
  await createTable(
    engine,
    "workspace.registration_match",
    COLUMNS,
    matches.map((match) => [
      match.registrationId,
      match.dealId,
      match.status,
      match.basis,
      match.score,
      match.secondDealId,
      match.secondScore,
      match.evidence
    ])
  );
  if (matches.length > 0) reporter.note(`   ${inWords(matches)}`);
  return matches;
}

/** Of the deals that registrations and decisions name, those that the CRM has and has not deleted. */
async function namedDeals(engine: Engine, decisions: readonly MatchDecision[]): Promise<Set<string>> {
  const decided = decisions.flatMap(({dealId}) => (dealId === null ? [] : [literal(dealId)]));
  const rows = await engine.rows<{id: string}>(
    `select deal_id as id from source.deal
     where not coalesce(is_deleted, false)
       and (deal_id in (select deal_id from source.registration)${decided.length > 0 ? ` or deal_id in (${decided.join(", ")})` : ""})`
  );
  return new Set(rows.map(({id}) => id));
}

async function propose(
  engine: Engine,
  {base_currency, matching}: Workspace,
  registrations: readonly Business[]
): Promise<Candidate[]> {
  const {customers, dealsOf} = await readCustomers(engine, base_currency);
  return proposeCandidates(registrations, customerIndex(customers), dealsOf, matching);
}

/** "120 registrations: 100 matched, 8 unsure, 12 unmatched". */
function inWords(matches: readonly RegistrationMatch[]): string {
  const count = (status: string) => matches.filter((match) => match.status === status).length;
  return `${matches.length} registrations: ${count("matched")} matched, ${count("unsure")} unsure, ${count("unmatched")} unmatched`;
}

function refuseUnknown(
  decisions: readonly MatchDecision[],
  registrationIds: ReadonlySet<string>,
  dealIds: ReadonlySet<string>
): void {
  const problems = decisions.flatMap(({registrationId, dealId, file, line}): Problem[] => {
    const where = {file, ...(line === null ? {} : {line})};
    if (!registrationIds.has(registrationId))
      return [
        {
          what: "a decision is about a registration that the exports do not have",
          ...where,
          field: "registration",
          value: registrationId,
          expected: "the id of a registration",
          fix: "correct the id, or remove the decision"
        }
      ];
    if (dealId !== null && !dealIds.has(dealId))
      return [
        {
          what: "a decision names a deal that the CRM does not have",
          ...where,
          field: "deal",
          value: dealId,
          expected: "the id of a deal that is not deleted, or null for none",
          fix: "correct the id, or decide again"
        }
      ];
    return [];
  });
  if (problems.length > 0)
    throw new WeirError("matches.yaml does not fit the exports", {exitCode: EXIT.config, problems});
}
