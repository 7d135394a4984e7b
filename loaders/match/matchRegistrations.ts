/** The edge of the matching: registrations and deals from the source tables, answers into one table of the workspace. */
import {createTable} from "../engine/createTable.ts";
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {matchingForm} from "../sources/matchingForm.ts";
import type {Reporter} from "../system/progress.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import type {MatchDecision} from "../workspace/matchDecisions.ts";
import type {Workspace} from "../workspace/schema.ts";
import {assignMatches, type RegistrationMatch} from "./assignMatches.ts";
import {coreDomain, coreName} from "./coreName.ts";
import {proposeCandidates} from "./proposeCandidates.ts";
import type {Business} from "./scorePair.ts";

interface BusinessRow {
  id: string;
  name: string | null;
  domain: string | null;
  country: string | null;
  products: string[] | null;
  amount: number | null;
  currency: string | null;
  started_on: number | null;
  closes_on: number | null;
  closed_on: number | null;
  partner_ids: string[] | null;
}

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
  const registrations = await readRegistrations(engine, config);
  const refs = await engine.rows<{id: string; partnerId: string | null; statedDealId: string | null}>(
    `select registration_id as id, partner_id as "partnerId", deal_id as "statedDealId"
     from source.registration order by registration_id`
  );
  const deals = registrations.length > 0 || decisions.length > 0 ? await readDeals(engine, config) : [];
  const dealIds = new Set(deals.map(({id}) => id));
  refuseUnknown(decisions, new Set(refs.map(({id}) => id)), dealIds);
  const settled = new Set(decisions.map(({registrationId}) => registrationId));
  for (const {id, statedDealId} of refs) if (statedDealId && dealIds.has(statedDealId)) settled.add(id);
  const candidates = proposeCandidates(
    registrations.filter(({id}) => !settled.has(id)),
    deals,
    config.matching.unsure_at
  );
  const matches = assignMatches({
    registrations: refs,
    dealIds,
    decisions,
    candidates,
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

/** "120 registrations: 100 matched, 8 unsure, 12 unmatched". */
function inWords(matches: readonly RegistrationMatch[]): string {
  const count = (status: string) => matches.filter((match) => match.status === status).length;
  return `${matches.length} registrations: ${count("matched")} matched, ${count("unsure")} unsure, ${count("unmatched")} unmatched`;
}

async function readRegistrations(engine: Engine, {base_currency}: Workspace): Promise<Business[]> {
  const rows = await engine.rows<BusinessRow>(`
    select
      registration_id as id,
      end_customer_name as name,
      end_customer_domain as domain,
      country,
      case when product is not null then [product] end as products,
      cast(estimated_amount as double) as amount,
      coalesce(currency, ${literal(base_currency)}) as currency,
      epoch(submitted_at) / 86400 as started_on,
      epoch(cast(expected_close_on as timestamp)) / 86400 as closes_on,
      null as closed_on,
      case when partner_id is not null then [partner_id] end as partner_ids
    from source.registration
    order by id`);
  return rows.map(business);
}

async function readDeals(engine: Engine, {base_currency}: Workspace): Promise<Business[]> {
  const rows = await engine.rows<BusinessRow>(`
    with product as (
      select line.deal_id, list(distinct each.name order by each.name) as products
      from source.deal_line as line
      inner join source.product as product on product.product_id = line.product_id,
        unnest([product.name, product.family]) as each(name)
      where each.name is not null
      group by line.deal_id
    ),
    partner as (
      select deal_id, list(distinct partner_id order by partner_id) as partner_ids
      from source.deal_partner
      group by deal_id
    )
    select
      deal.deal_id as id,
      coalesce(account.name, deal.name) as name,
      account.domain,
      account.country,
      product.products,
      cast(deal.amount as double) as amount,
      coalesce(deal.currency, ${literal(base_currency)}) as currency,
      epoch(deal.created_at) / 86400 as started_on,
      epoch(cast(deal.close_on as timestamp)) / 86400 as closes_on,
      epoch(deal.closed_at) / 86400 as closed_on,
      partner.partner_ids
    from source.deal as deal
    left join source.account as account on account.account_id = deal.account_id
    left join product on product.deal_id = deal.deal_id
    left join partner on partner.deal_id = deal.deal_id
    where not coalesce(deal.is_deleted, false)
    order by id`);
  return rows.map(business);
}

function business(row: BusinessRow): Business {
  return {
    id: row.id,
    name: row.name === null ? null : coreName(row.name),
    domain: coreDomain(row.domain),
    country: row.country === null ? null : countryForm(row.country),
    products: (row.products ?? []).map(matchingForm),
    amount: row.amount,
    currency: row.currency,
    startedOn: row.started_on,
    closesOn: row.closes_on,
    closedOn: row.closed_on,
    partnerIds: row.partner_ids ?? []
  };
}

const REGION_NAMES = new Intl.DisplayNames(["en"], {type: "region"});

/** Codes become names, so that "DE" and "Germany" agree; another spelling stays as it is. */
function countryForm(country: string): string {
  const code = country.trim().toUpperCase();
  const name = /^[A-Z]{2}$/.test(code) ? REGION_NAMES.of(code) : undefined;
  return matchingForm(name ?? country);
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
