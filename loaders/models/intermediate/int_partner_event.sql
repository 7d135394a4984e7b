-- One row per record of the partner programme, with its kind, its day and whether it counts: refused requests and failed
-- trainings do not, nor what lies after the as-of day, nor what is asked for, planned or owed and not yet decided, held or paid. Kinds: training, certification, fund_request, fund_claim, co_sell,
-- payout; null for a word that is none of these. What takes money back ("reversed", less than nothing) counts, unless what it takes back,
-- one record of the same sum in the same currency, is called reversed too and counts no more. A meeting that names a customer and no deal is about the customer's deal that was
-- open on the day, where exactly one was.
with run as (

  select * from {{ workspace('run') }}

),

named as (

  select
    *,
    case replace(replace(lower(trim(stated_kind)), ' ', '_'), '-', '_')
      when 'training' then 'training'
      when 'course' then 'training'
      when 'certification' then 'certification'
      when 'certificate' then 'certification'
      when 'market_fund_request' then 'fund_request'
      when 'mdf_request' then 'fund_request'
      when 'fund_request' then 'fund_request'
      when 'market_fund_claim' then 'fund_claim'
      when 'market_fund' then 'fund_claim'
      when 'mdf_claim' then 'fund_claim'
      when 'mdf' then 'fund_claim'
      when 'fund_claim' then 'fund_claim'
      when 'co_sell_meeting' then 'co_sell'
      when 'co_sell' then 'co_sell'
      when 'cosell' then 'co_sell'
      when 'payout' then 'payout'
      when 'commission' then 'payout'
      when 'rebate' then 'payout'
    end as kind,
    replace(replace(status, ' ', '_'), '-', '_') as word,
    {{ local_day('happened_at') }} as happened_on
  from {{ ref('stg_partner_event') }}

),

customer as (

  select
    account_id,
    regexp_replace(lower(account_name), '[^\p{L}\p{N}]+', '', 'g') as spelling
  from {{ ref('stg_account') }}
  where account_name is not null

),

-- Deals that were open on the day of a meeting with their customer.
fit as (

  select
    named.event_key,
    count(*)::integer as n_fitting,
    sum(deal.amount_base)::decimal(18, 2) as fitting_amount,
    min(deal.deal_id) as deal_id
  from named
  inner join customer
    on customer.spelling = regexp_replace(lower(named.customer_name), '[^\p{L}\p{N}]+', '', 'g')
  inner join {{ ref('int_deal') }} as deal on deal.account_id = customer.account_id
  where
    named.kind = 'co_sell'
    and named.deal_id is null
    and deal.created_on <= named.happened_on
    and (deal.closed_on is null or deal.closed_on >= named.happened_on)
  group by named.event_key

),

-- Records called reversed, those of one sum for one deal numbered in the order of their days.
reversed as (

  select
    event_key,
    partner_id,
    kind,
    coalesce(deal_id, '') as deal_key,
    coalesce(currency_code, run.base_currency) as currency_code,
    amount,
    row_number() over (
      partition by partner_id, kind, coalesce(deal_id, ''), coalesce(currency_code, run.base_currency), amount
      order by happened_on, event_key
    ) as nth
  from named
  cross join run
  where word = 'reversed' and happened_on <= run.as_of

),

-- Each takes back one that is called reversed too.
taken_back as (

  select back.event_key
  from reversed as back
  inner join reversed as paid
    on paid.partner_id = back.partner_id
    and paid.kind = back.kind
    and paid.deal_key = back.deal_key
    and paid.currency_code = back.currency_code
    and paid.amount = -back.amount
    and paid.nth = back.nth
  where back.amount < 0

)

select
  named.event_key,
  named.partner_id,
  coalesce(partner.partner_name, named.partner_id) as partner,
  partner.partner_id is not null as is_partner_known,
  partner.signed_on,
  named.stated_kind,
  named.kind,
  named.happened_on,
  named.n_people,
  named.status,
  named.customer_name,
  coalesce(named.deal_id, case when fit.n_fitting = 1 then fit.deal_id end) as deal_id,
  named.deal_id is null and fit.n_fitting = 1 as is_matched_by_customer,
  case when named.deal_id is null then coalesce(fit.n_fitting, 0) end as n_fitting,
  fit.fitting_amount,
  named.amount,
  case when named.amount is not null then coalesce(named.currency_code, run.base_currency) end as currency_code,
  cast(named.amount * rate.rate as decimal(18, 2)) as amount_base,
  case
    when named.kind is null then 'unknown kind'
    when named.happened_on > run.as_of then 'after the as-of day'
    when
      named.word = 'reversed'
      and named.amount < 0
      and named.event_key not in (select event_key from taken_back)
      then 'counts'
    when named.word in ('rejected', 'declined', 'denied', 'refused', 'cancelled', 'canceled', 'withdrawn', 'failed', 'reversed')
      then 'refused'
    when
      named.word in (
        'pending', 'pending_approval', 'pending_review', 'pending_payment', 'awaiting_approval', 'awaiting_payment', 'submitted', 'requested',
        'new', 'open', 'draft', 'in_review', 'under_review', 'in_progress', 'on_hold', 'scheduled', 'planned', 'invited', 'enrolled', 'processing'
      )
      or named.kind = 'payout' and named.word in ('approved', 'earned', 'accrued', 'due', 'unpaid', 'not_paid')
      then 'pending'
    else 'counts'
  end as standing,
  named.source_file
from named
cross join run
left join fit on fit.event_key = named.event_key
left join {{ ref('stg_partner') }} as partner on partner.partner_id = named.partner_id
left join {{ ref('int_fx_period') }} as rate
  on rate.currency_code = coalesce(named.currency_code, run.base_currency)
  and named.happened_on >= rate.from_on
  and named.happened_on < rate.to_on
