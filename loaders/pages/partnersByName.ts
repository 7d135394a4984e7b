/**
 * Partners and their parts in deals as pages name them: ids of one name are one row, for pages look partners up by name. Those are one
 * firm's (stg_partner tells others of one name apart), or an id that no export lists and that is itself the name. Kind, tier and region
 * are the firm's, the same in both.
 */

/** Of the firm; an id that no export lists has none. */
const ofFirm = (column: string, from: string) => `max(firm.${from}) as ${column}`;
const summed = (type: string) => (column: string) => `cast(sum(${column}) as ${type}) as ${column}`;
const COUNTS = ["n_registrations", "n_trainings", "n_trained_people", "n_certifications", "n_meetings"];
const MONEY = ["fund_requested", "fund_approved", "fund_claimed", "payout"];

/** SQL of one row per name of `marts.partners`; a deal won under two ids is one. */
export const PARTNERS_BY_NAME = `
  select partner, coalesce(min(firm.firm_id), min(partners.partner_id)) as partner_id,
    ${ofFirm("partner_kind", "firm_kind")}, ${ofFirm("tier", "firm_tier")}, ${ofFirm("partner_region", "firm_region")},
    min(partners.signed_on) as signed_on, min(first_registered_on) as first_registered_on, min(first_won_on) as first_won_on,
    min(first_trained_on) as first_trained_on, max(last_active_on) as last_active_on, bool_or(is_active) as is_active,
    cast(coalesce(any_value(won.n_won), 0) as integer) as n_won,
    ${COUNTS.map(summed("integer")).join(", ")}, ${MONEY.map(summed("decimal(18, 2)")).join(", ")}
  from marts.partners as partners
  left join staging.stg_partner as firm using (partner_id)
  left join (
    select partner, count(distinct deal_id) as n_won from marts.deal_partners where outcome = 'won' group by partner
  ) as won using (partner)
  group by partner`;

/** SQL of one row per deal and name of `marts.deal_partners`; `is_origin`: it brought the deal. */
export const PARTS_BY_NAME = `
  select part.deal_id, part.partner, coalesce(min(firm.firm_id), min(part.partner_id)) as partner_id,
    ${ofFirm("tier", "firm_tier")},
    case when bool_or(part.part = 'sourced') then 'sourced' else 'influenced' end as part,
    min(part.since_on) as since_on, cast(sum(part.n_meetings) as integer) as n_meetings,
    string_agg(part.evidence, ', ' order by part.partner_id) as evidence,
    bool_or(part.partner_id = origin.origin_partner_id) as is_origin
  from marts.deal_partners as part
  inner join marts.deal_origins as origin on origin.deal_id = part.deal_id
  left join staging.stg_partner as firm on firm.partner_id = part.partner_id
  group by part.deal_id, part.partner`;
