-- What was first said of every deal that was won, and what came: close date and amount.
with won as (

  select deal_key from {{ ref('int_deal') }} where outcome = 'won'

),

first_call as (

  select
    deal_key,
    min_by(close_on, valid_from) as first_close_on,
    min_by(owner_key, valid_from) as first_owner_key,
    min(valid_from_on) as said_on
  from {{ ref('int_deal_span') }}
  where
    outcome_key = (select open_key from {{ ref('int_fixed_key') }})
    and deal_key in (select deal_key from won)
    and close_on is not null
    and not is_close_on_assumed
    and not coalesce(is_deleted, false)
  group by deal_key

),

first_amount as (

  select
    deal_key,
    min_by(amount, valid_from) as amount,
    min_by(currency_key, valid_from) as currency_key
  from {{ ref('int_deal_span') }}
  where
    outcome_key = (select open_key from {{ ref('int_fixed_key') }})
    and deal_key in (select deal_key from won)
    and amount > 0
    and not is_amount_assumed
    and not coalesce(is_deleted, false)
  group by deal_key

)

select
  deal.deal_id,
  coalesce(person.person_name, owner.value) as owner_then,
  first_call.said_on,
  first_call.first_close_on,
  deal.closed_on,
  cast(date_diff('day', first_call.first_close_on, deal.closed_on) as integer) as days_late,
  first_amount.amount as first_amount,
  deal.amount_deal_currency as last_amount,
  case when currency.value = deal.currency_code and deal.amount_deal_currency > 0
    then cast(deal.amount_deal_currency as double) / cast(first_amount.amount as double) - 1 end as amount_change,
  -- The last workday of a month (or the weekend after it) is one in twenty-one; a date on it is often a habit, not a plan.
  first_call.first_close_on
    >= last_day(first_call.first_close_on) - cast(greatest(isodow(last_day(first_call.first_close_on)) - 5, 0) as integer)
    as is_month_end,
  -- Two figures and then nothing but zeros, whatever the size: 34,000 is as round for a machine as 340 for a licence.
  -- Of an amount that nobody said nothing is told.
  case
    when first_amount.amount >= 10
      then first_amount.amount % pow(10, floor(log10(first_amount.amount)) - 1) = 0
    when first_amount.amount is not null then false
  end as is_round,
  case
    when deal.amount_deal_currency >= 10
      then deal.amount_deal_currency % pow(10, floor(log10(deal.amount_deal_currency)) - 1) = 0
    when deal.amount_deal_currency is not null then false
  end as is_won_round
from {{ ref('int_deal') }} as deal
inner join first_call on first_call.deal_key = deal.deal_key
left join first_amount on first_amount.deal_key = deal.deal_key
left join {{ ref('int_value') }} as owner on owner.value_code = first_call.first_owner_key
left join {{ ref('int_value') }} as currency on currency.value_code = first_amount.currency_key
left join {{ ref('stg_person') }} as person on person.person_id = owner.value
where deal.outcome = 'won' and deal.closed_on >= first_call.said_on
