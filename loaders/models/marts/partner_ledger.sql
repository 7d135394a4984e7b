select
  ledger.entry_id,
  ledger.side,
  ledger.class,
  ledger.registration_id,
  ledger.deal_id,
  ledger.partner_id,
  coalesce(partner.partner_name, ledger.partner_id) as partner,
  partner.firm_tier as tier,
  deal.account_name,
  deal.deal_name,
  deal.owner,
  deal.region,
  deal.outcome,
  ledger.state,
  ledger.since_on,
  ledger.portal_amount,
  ledger.crm_amount,
  cast(case when ledger.is_first_of_deal then coalesce(ledger.crm_amount, 0) else 0 end as decimal(18, 2)) as crm_amount_counted,
  ledger.evidence,
  case ledger.class
    when 'leak' then 'put the partner on the deal in the CRM'
    when 'no registration' then 'ask the partner for a registration, or take the partner off the deal'
    when 'two partners' then 'decide which partner has the deal; reject the other registration'
    when 'partner against direct' then 'decide between partner and direct; the deal was there first'
    when 'other partner in the CRM' then 'correct the partner on the deal, or the match'
    when 'double claim' then 'reject the second registration in the portal'
    when 'late' then 'reject: registered after the deal had closed'
    when 'rejected, still on the deal' then 'take the partner off the deal, or approve the registration'
    when 'expired' then 'renew the registration, or take the partner off the deal'
    when 'not in the CRM' then 'create the deal in the CRM, or match it in matches.yaml'
    when 'unsure' then 'decide in matches.yaml'
    when 'status not known' then case
      when registration.status is null then 'map the portal''s status column, or fill in the status there'
      else 'say in workspace.yaml what the status means, by recode'
    end
    when 'awaits a decision' then 'approve or reject it in the portal'
  end as mend
from {{ ref('int_ledger') }} as ledger
left join {{ ref('int_registration') }} as registration on registration.registration_id = ledger.registration_id
left join {{ ref('int_deal') }} as deal on deal.deal_id = ledger.deal_id
left join {{ ref('stg_partner') }} as partner on partner.partner_id = ledger.partner_id
