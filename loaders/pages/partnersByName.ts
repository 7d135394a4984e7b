/** Partners and their parts in deals as pages name them: ids that are one firm's (`same_as` in stg_partner) are one row. */

/** What the list says goes before what a portal does. */
const listed = (column: string) => `coalesce(max(${column}) filter (is_listed), max(${column})) as ${column}`;
const summed = (type: string) => (column: string) => `cast(sum(${column}) as ${type}) as ${column}`;
const COUNTS = ["n_registrations", "n_trainings", "n_trained_people", "n_certifications", "n_meetings"];
const MONEY = ["fund_requested", "fund_approved", "fund_claimed", "payout"];

/** SQL of one row per name of `marts.partners`; a deal won under two ids is one. */
export const PARTNERS_BY_NAME = `
  select partner, min(partner_id) as partner_id, ${["partner_kind", "tier", "partner_region"].map(listed).join(", ")},
    min(signed_on) as signed_on, min(first_registered_on) as first_registered_on, min(first_won_on) as first_won_on,
    min(first_trained_on) as first_trained_on, max(last_active_on) as last_active_on, bool_or(is_active) as is_active,
    cast(coalesce(any_value(won.n_won), 0) as integer) as n_won,
    ${COUNTS.map(summed("integer")).join(", ")}, ${MONEY.map(summed("decimal(18, 2)")).join(", ")}
  from marts.partners as partners
  left join (
    select partner, count(distinct deal_id) as n_won from marts.deal_partners where outcome = 'won' group by partner
  ) as won using (partner)
  group by partner`;

/** SQL of one row per deal and name of `marts.deal_partners`; `is_origin`: it brought the deal. */
export const PARTS_BY_NAME = `
  select part.deal_id, part.partner, min(part.partner_id) as partner_id, max(part.tier) as tier,
    case when bool_or(part.part = 'sourced') then 'sourced' else 'influenced' end as part,
    min(part.since_on) as since_on, cast(sum(part.n_meetings) as integer) as n_meetings,
    string_agg(part.evidence, ', ' order by part.partner_id) as evidence,
    bool_or(part.partner_id = origin.origin_partner_id) as is_origin
  from marts.deal_partners as part
  inner join marts.deal_origins as origin on origin.deal_id = part.deal_id
  group by part.deal_id, part.partner`;
