-- The lives of the deals that Deals lists, narrow: deal_steps shows them in words. The first step of a kind says what the field was when the deal was created; every later one what it became.
with run as (

  select * from {{ workspace('run') }}

),

listed as (

  select deal_id, deal_key from {{ ref('int_deal_listed') }}

),

span as (

  select
    span.*,
    row_number() over by_deal as nth,
    lag(span.stage_key) over by_deal as stage_before,
    lag(span.owner_key) over by_deal as owner_before,
    lag(span.category_key) over by_deal as category_before,
    lag(span.outcome_key) over by_deal as outcome_before,
    lag(span.amount) over by_deal as amount_before,
    lag(span.close_on) over by_deal as close_before
  from {{ ref('int_deal_span') }} as span
  inner join listed on listed.deal_key = span.deal_key
  window by_deal as (partition by span.deal_key order by span.valid_from)

),

step as (

  select
    deal_key, 'stage' as kind, nth, valid_from_on as happened_on, pipeline_key, stage_key as word_key,
    cast(null as decimal(18, 2)) as amount, cast(null as date) as due_on, is_stage_assumed as is_assumed
  from span
  where stage_key is distinct from stage_before
  union all
  select deal_key, 'owner', nth, valid_from_on, pipeline_key, owner_key, null, null, is_owner_assumed
  from span
  where owner_key is distinct from owner_before
  union all
  select deal_key, 'category', nth, valid_from_on, pipeline_key, category_key, null, null, is_forecast_category_assumed
  from span
  where category_key is distinct from category_before
  union all
  select deal_key, 'outcome', nth, valid_from_on, pipeline_key, outcome_key, null, null, is_outcome_assumed
  from span
  where outcome_key is distinct from outcome_before
  union all
  select deal_key, 'amount', nth, valid_from_on, pipeline_key, null, amount, null, is_amount_assumed
  from span
  where amount is distinct from amount_before
  union all
  select deal_key, 'close_on', nth, valid_from_on, pipeline_key, null, null, close_on, is_close_on_assumed
  from span
  where close_on is distinct from close_before

),

activity as (

  select
    listed.deal_key,
    row_number() over (partition by listed.deal_key order by activity.happened_at, activity.kind) as nth,
    {{ local_day('activity.happened_at') }} as happened_on,
    coalesce(activity.kind, 'activity') as word
  from {{ ref('stg_activity') }} as activity
  cross join run
  inner join listed on listed.deal_id = activity.deal_id
  where activity.happened_at < run.as_of_ends_at

),

registration as (

  select listed.deal_key, registration.registration_id, registration.submitted_on as happened_on, 'submitted by ' || registration.partner as word
  from {{ ref('int_registration') }} as registration
  inner join listed on listed.deal_id = registration.deal_id
  where registration.submitted_on is not null
  union all
  select
    listed.deal_key,
    registration.registration_id,
    registration.decided_on,
    case when registration.state = 'rejected' then 'rejected, ' else 'decided, ' end || registration.partner
  from {{ ref('int_registration') }} as registration
  inner join listed on listed.deal_id = registration.deal_id
  where registration.decided_on is not null
  union all
  select listed.deal_key, registration.registration_id, registration.converted_on, 'converted, ' || registration.partner
  from {{ ref('int_registration') }} as registration
  inner join listed on listed.deal_id = registration.deal_id
  where registration.converted_on is not null

)

select
  deal_key,
  kind,
  cast(nth as integer) as step_number,
  happened_on,
  pipeline_key,
  word_key,
  cast(null as varchar) as word,
  amount,
  due_on,
  is_assumed
from step
union all
select deal_key, 'activity', cast(nth as integer), happened_on, null, null, word, null, null, false
from activity
union all
select
  deal_key,
  'registration',
  cast(row_number() over (partition by deal_key order by happened_on, registration_id, word) as integer),
  happened_on,
  null,
  null,
  word,
  null,
  null,
  false
from registration
