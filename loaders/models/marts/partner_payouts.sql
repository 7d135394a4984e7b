-- What partners are owed by the rules of the programme on won deals, and what they were paid: each payout in one entry.
-- A firm under two ids (stg_partner) is owed once and paid under either.
with run as (

  select * from {{ workspace('run') }}

),

program as (

  select * from {{ workspace('partner_program') }}

),

part as (

  select
    part.deal_id,
    coalesce(partner.firm_id, part.partner_id) as partner_id,
    any_value(part.closed_on) as closed_on,
    any_value(partner.firm_kind) as partner_kind,
    any_value(partner.firm_tier) as tier,
    bool_or(part.is_registered) as is_registered,
    case when bool_or(part.part = 'sourced') then 'sourced' else 'influenced' end as part
  from {{ ref('deal_partners') }} as part
  left join {{ ref('stg_partner') }} as partner on partner.partner_id = part.partner_id
  where part.outcome = 'won'
  group by part.deal_id, coalesce(partner.firm_id, part.partner_id)

),

-- The first rule that fits each partner's part in a won deal.
ruled as (

  select
    part.deal_id,
    part.partner_id,
    part.closed_on,
    rule.rate,
    -- In the deal's own currency, where a cap in base currency does not cut it.
    case
      when rule.at_most is null or deal.amount_base * rule.rate <= rule.at_most
        then cast(deal.amount_deal_currency * rule.rate as decimal(18, 2))
    end as owed_in_currency,
    deal.currency_code,
    -- Of a deal whose amount is not known nothing can be said: least() would make it the cap.
    case
      when deal.amount_base * rule.rate > rule.at_most then cast(rule.at_most as decimal(18, 2))
      else cast(deal.amount_base * rule.rate as decimal(18, 2))
    end as owed_amount
  from part
  inner join {{ ref('deals') }} as deal on deal.deal_id = part.deal_id
  inner join {{ workspace('payout_rule') }} as rule
    on (rule.tier is null or rule.tier = part.tier)
    and (rule.kind is null or rule.kind = part.partner_kind)
    and (rule.part = 'any' or (rule.part = 'registered' and part.is_registered) or rule.part = part.part)
  qualify row_number() over (partition by part.deal_id, part.partner_id order by rule.rule_order) = 1

),

payout as (

  select
    event.* replace (coalesce(partner.firm_id, event.partner_id) as partner_id),
    deal.deal_id is not null as is_deal_known,
    event.currency_code = deal.currency_code as is_in_currency
  from {{ ref('int_partner_event') }} as event
  left join {{ ref('deals') }} as deal on deal.deal_id = event.deal_id
  left join {{ ref('stg_partner') }} as partner on partner.partner_id = event.partner_id
  where event.kind = 'payout' and event.standing = 'counts'

),

paid as (

  select
    deal_id,
    partner_id,
    cast(sum(coalesce(amount_base, 0)) as decimal(18, 2)) as paid_amount,
    case when bool_and(is_in_currency) then cast(sum(amount) as decimal(18, 2)) end as paid_in_currency,
    cast(count(*) as integer) as n_payouts,
    max(happened_on) as last_paid_on
  from payout
  where is_deal_known
  group by deal_id, partner_id

),

entry as (

  select
    coalesce(ruled.deal_id, paid.deal_id) || ':' || coalesce(ruled.partner_id, paid.partner_id) as entry_id,
    coalesce(ruled.deal_id, paid.deal_id) as deal_id,
    coalesce(ruled.partner_id, paid.partner_id) as partner_id,
    ruled.deal_id is not null as is_ruled,
    ruled.rate,
    ruled.owed_amount,
    coalesce(paid.paid_amount, 0) as paid_amount,
    ruled.owed_in_currency,
    paid.paid_in_currency,
    coalesce(paid.n_payouts, 0) as n_payouts,
    paid.last_paid_on
  from ruled
  full outer join paid on paid.deal_id = ruled.deal_id and paid.partner_id = ruled.partner_id
  union all
  select
    event_key,
    null,
    partner_id,
    false,
    null,
    null,
    coalesce(amount_base, 0),
    null,
    null,
    1,
    happened_on
  from payout
  where not is_deal_known

)

select
  entry.entry_id,
  entry.deal_id,
  entry.partner_id,
  coalesce(partner.partner_name, entry.partner_id) as partner,
  partner.firm_tier as tier,
  deal.deal_name,
  deal.account_name,
  deal.outcome,
  deal.closed_on,
  cast(deal.won_amount as decimal(18, 2)) as won_amount,
  cast(entry.rate as double) as rate,
  cast(entry.owed_amount as decimal(18, 2)) as owed_amount,
  cast(entry.paid_amount as decimal(18, 2)) as paid_amount,
  cast(entry.n_payouts as integer) as n_payouts,
  entry.last_paid_on,
  case when entry.is_ruled then deal.closed_on + program.payout_due_days end as due_on,
  case
    when entry.deal_id is null then 'paid, no such deal'
    when deal.outcome <> 'won' then 'paid, deal not won'
    when not exists (select 1 from {{ workspace('payout_rule') }}) then 'paid, no rules given'
    when not entry.is_ruled then 'paid, no rule for it'
    when entry.owed_amount is null then 'the deal has no amount'
    -- A hundredth, or one unit of money, is rounding.
    when abs(entry.paid_amount - entry.owed_amount) <= greatest(1, abs(entry.owed_amount) / 100) then 'as ruled'
    -- Paid in the deal's currency, and the rate of exchange moved between the win and the payout.
    when abs(entry.paid_in_currency - entry.owed_in_currency) <= greatest(1, abs(entry.owed_in_currency) / 100) then 'as ruled'
    when entry.n_payouts = 0 and deal.closed_on + program.payout_due_days >= run.as_of then 'not due yet'
    when entry.n_payouts = 0 then 'late'
    when entry.paid_amount < entry.owed_amount then 'paid too little'
    else 'paid too much'
  end as class
from entry
cross join run
cross join program
left join {{ ref('deals') }} as deal on deal.deal_id = entry.deal_id
left join {{ ref('stg_partner') }} as partner on partner.partner_id = entry.partner_id
