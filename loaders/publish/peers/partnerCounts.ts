/**
 * What each partner's own deals and registrations of two years come to, figure by figure, from the whole firm's warehouse. Counted is what a
 * partner's own site holds: deals that are the partner's by more than a match of names, whoever else has a part in them.
 */
import type {
  Counted,
  FirmCounts,
  MeasureKey,
  PartnerCounts
} from "../../../src/slices/partners/compare/measures.ts";
import type {Engine} from "../../engine/engine.ts";
import {APPROVED_STATES, partnerAccess} from "../partnerAccess.ts";

export interface CountedPartners {
  /** The two years, ISO days. */
  from: string;
  to: string;
  /** Of the programme, from the lowest to the highest. */
  tiers: string[];
  partners: PartnerCounts[];
}

/**
 * Counts them. The two years end with the last whole fiscal quarter: what comes in within a quarter changes no group, so that two weeks'
 * sites cannot be taken from each other for it. What is corrected in these two years does at once, as do a decided match, a tier and a kind.
 * @param database in which the warehouse is: `firm.`, or empty where it is the engine's own
 */
export async function partnerCounts(engine: Engine, database = ""): Promise<CountedPartners> {
  const [span] = await engine.rows<{from: string; middle: string; to: string} | Record<string, null>>(`
    select (ends_on + 1 - interval 2 year)::date::varchar as "from", (ends_on + 1 - interval 1 year)::date::varchar as middle,
      ends_on::varchar as "to"
    from (select coalesce(max(month.quarter_ends_on) filter (where month.quarter_ends_on <= run.as_of), max(run.as_of)) as ends_on
      from ${database}workspace.run as run left join ${database}workspace.fiscal_month as month on true) as last`);
  const {from, middle, to} = span as {from: string; middle: string; to: string};
  const rows = await engine.rows<CountRow>(countsSql(database, {from, middle, to}));
  const tiers = await engine.rows<{tier: string}>(
    `select tier from ${database}workspace.partner_tier order by tier_order`
  );
  const firms = new Map<string, FirmCounts>();
  for (const {partner_id, kind, tier, key, ...counts} of rows.filter(({is_firm}) => is_firm)) {
    const found = firms.get(partner_id) ?? {firmId: partner_id, kind, tier, counts: {}};
    firms.set(partner_id, found);
    found.counts[key] = countedOf(counts);
  }
  const partners = new Map<string, PartnerCounts>();
  for (const {partner_id, partner, kind, tier, firm_id, key, ...counts} of rows.filter(
    (row) => !row.is_firm
  )) {
    const firm = firms.get(firm_id);
    const one = {partnerId: partner_id, partner, kind, tier, ...(firm ? {firm} : {})};
    const found = partners.get(partner_id) ?? {...one, counts: {}};
    partners.set(partner_id, found);
    found.counts[key] = countedOf(counts);
  }
  return {from, to, tiers: tiers.map(({tier}) => tier), partners: [...partners.values()]};
}

interface CountRow {
  /** Of a firm under several ids the first of them. */
  partner_id: string;
  is_firm: boolean;
  firm_id: string;
  partner: string;
  kind: string | null;
  tier: string | null;
  key: MeasureKey;
  n: number;
  successes: number | null;
  mean: number | null;
  squares: number | null;
  total: number | null;
}

function countedOf({
  n,
  successes,
  mean,
  squares,
  total
}: Pick<CountRow, "n" | "successes" | "mean" | "squares" | "total">): Counted {
  return successes === null ? {n, mean: mean!, squares: squares!, total: total!} : {successes, trials: n};
}

function countsSql(database: string, {from, middle, to}: {from: string; middle: string; to: string}): string {
  const rate = (key: MeasureKey, relation: string, is: string, where = "true") =>
    `select partner_id, is_firm, '${key}' as key, count(*)::integer as n, count(*) filter (where ${is})::integer as successes,
       null::double as mean, null::double as squares, null::double as total
     from ${relation} where ${where} group by partner_id, is_firm`;
  // Of what takes days or costs money few take many times as long as most: their logarithms are compared.
  const mean = (key: MeasureKey, relation: string, value: string, where: string) =>
    `select partner_id, is_firm, '${key}' as key, count(*)::integer as n, null::integer as successes,
       avg(ln(${value})) as mean, var_pop(ln(${value})) * count(*) as squares, sum(${value})::double as total
     from ${relation} where ${where} group by partner_id, is_firm`;
  return `
    with firm as (
      select partner_id, firm_id from ${database}staging.stg_partner
      qualify count(*) over (partition by firm_id) > 1
    ),
    -- Whose records an id's are: its own, and those of the firm that has several ids.
    counting as (
      select partner_id as id, partner_id, false as is_firm from ${database}marts.partners
      union all
      select partner_id as id, firm_id as partner_id, true as is_firm from firm
    ),
    access as (
      select distinct part.deal_id, counting.partner_id, counting.is_firm
      from ${partnerAccess(database)} as part inner join counting on counting.id = part.partner_id
      where part.is_stated
    ),
    registered as (
      select registration.* exclude (partner_id), counting.partner_id, counting.is_firm
      from ${database}intermediate.int_registration as registration
      inner join counting on counting.id = registration.partner_id
    ),
    closed as (
      select access.partner_id, access.is_firm, deal.deal_id, deal.outcome, deal.closed_on, deal.cycle_days, deal.won_amount
      from access inner join ${database}marts.deals as deal on deal.deal_id = access.deal_id
      where deal.outcome <> 'open' and deal.closed_on between date '${from}' and date '${to}'
    ),
    dated as (
      select deal.deal_id, span.close_on,
        lag(span.close_on) over (partition by span.deal_key order by span.valid_from) as previous_on
      from ${database}intermediate.int_deal_span as span
      inner join ${database}intermediate.int_deal as deal on deal.deal_key = span.deal_key
      where not span.is_deleted and deal.deal_id in (select deal_id from closed)
    ),
    put_off as (
      select distinct deal_id from dated where close_on > last_day(previous_on)
    ),
    watched as (
      select closed.*, closed.deal_id in (from put_off) as is_put_off from closed
      -- Where no close date was ever another one, nobody logs them.
      where exists (select 1 from dated where close_on <> previous_on)
    ),
    decided as (
      select *, state in ${APPROVED_STATES} as is_approved,
        greatest(date_diff('hour', submitted_at, decided_at), 1) / 24.0 as decision_days
      from registered
      where decided_on between date '${from}' and date '${to}'
        and (state in ${APPROVED_STATES} or state = 'rejected')
    ),
    grown as (
      -- A year at least to come to something.
      select registration.partner_id, registration.is_firm, won.deal_id is not null as is_won
      from registered as registration
      left join (select deal_id from ${database}marts.deals where outcome = 'won' and closed_on <= date '${to}') as won
        on won.deal_id = registration.deal_id and registration.match_basis in ('stated id', 'decision')
      where registration.state in ${APPROVED_STATES}
        and registration.submitted_on > date '${from}' - interval 1 year and registration.submitted_on <= date '${to}' - interval 1 year
    ),
    counted as (
      ${[
        rate("win_rate", "closed", "outcome = 'won'"),
        rate("growth", "closed", `closed_on >= date '${middle}'`, "outcome = 'won'"),
        rate("pushed", "watched", "is_put_off"),
        rate("approval", "decided", "is_approved"),
        rate("registered_win", "grown", "is_won"),
        mean("cycle", "closed", "greatest(cycle_days, 1)", "outcome = 'won' and cycle_days is not null"),
        mean("deal_size", "closed", "won_amount", "outcome = 'won' and won_amount > 0"),
        mean("decision", "decided", "decision_days", "submitted_at is not null and decided_at is not null")
      ].join("\n union all ")}
    )
    select counted.*, coalesce(firm.firm_id, counted.partner_id) as firm_id, partner.partner, partner.partner_kind as kind, partner.tier
    from counted
    inner join ${database}marts.partners as partner on partner.partner_id = counted.partner_id
    left join firm on firm.partner_id = counted.partner_id
    order by counted.partner_id, counted.key`;
}
