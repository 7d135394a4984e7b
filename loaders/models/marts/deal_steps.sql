-- The lives of open deals and of those closed in the year before the as-of day. The first step of a kind says what the
-- field was when the deal was created; every later one what it became.
with run as (

  select * from {{ workspace('run') }}

),

listed as (

  select deal.deal_id, deal.deal_key
  from {{ ref('int_deal') }} as deal
  cross join run
  where deal.outcome = 'open' or date_diff('day', deal.closed_on, run.as_of) <= 365

),

span as (

  select
    listed.deal_id,
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
    deal_id, 'stage' as kind, nth, valid_from_on as happened_on, pipeline_key, stage_key as word_key,
    cast(null as decimal(18, 2)) as amount, cast(null as date) as due_on, is_stage_assumed as is_assumed
  from span
  where stage_key is distinct from stage_before
  union all
  select deal_id, 'owner', nth, valid_from_on, pipeline_key, owner_key, null, null, is_owner_assumed
  from span
  where owner_key is distinct from owner_before
  union all
  select deal_id, 'category', nth, valid_from_on, pipeline_key, category_key, null, null, is_forecast_category_assumed
  from span
  where category_key is distinct from category_before
  union all
  select deal_id, 'outcome', nth, valid_from_on, pipeline_key, outcome_key, null, null, is_outcome_assumed
  from span
  where outcome_key is distinct from outcome_before
  union all
  select deal_id, 'amount', nth, valid_from_on, pipeline_key, null, amount, null, is_amount_assumed
  from span
  where amount is distinct from amount_before
  union all
  select deal_id, 'close_on', nth, valid_from_on, pipeline_key, null, null, close_on, is_close_on_assumed
  from span
  where close_on is distinct from close_before

),

activity as (

  select
    activity.deal_id,
    row_number() over (partition by activity.deal_id order by activity.happened_at, activity.kind) as nth,
    {{ local_day('activity.happened_at') }} as happened_on,
    coalesce(activity.kind, 'activity') as word
  from {{ ref('stg_activity') }} as activity
  cross join run
  inner join listed on listed.deal_id = activity.deal_id
  where activity.happened_at < run.as_of_ends_at

),

registration as (

  select registration.deal_id, registration.registration_id, registration.submitted_on as happened_on, 'submitted by ' || registration.partner as word
  from {{ ref('int_registration') }} as registration
  inner join listed on listed.deal_id = registration.deal_id
  where registration.submitted_on is not null
  union all
  select
    registration.deal_id,
    registration.registration_id,
    registration.decided_on,
    case when registration.state = 'rejected' then 'rejected, ' else 'decided, ' end || registration.partner
  from {{ ref('int_registration') }} as registration
  inner join listed on listed.deal_id = registration.deal_id
  where registration.decided_on is not null
  union all
  select registration.deal_id, registration.registration_id, registration.converted_on, 'converted, ' || registration.partner
  from {{ ref('int_registration') }} as registration
  inner join listed on listed.deal_id = registration.deal_id
  where registration.converted_on is not null

)

select
  step.deal_id,
  step.kind,
  cast(step.nth as integer) as step_number,
  step.happened_on,
  case
    when step.kind = 'stage' then coalesce(stage.stage_name, word.value)
    when step.kind = 'owner' then coalesce(person.person_name, word.value)
    else word.value
  end as word,
  step.amount,
  step.due_on,
  step.is_assumed
from step
left join {{ ref('int_value') }} as word on word.value_code = step.word_key
left join {{ ref('int_value') }} as pipeline on pipeline.value_code = step.pipeline_key
left join {{ workspace('stage') }} as stage
  on step.kind = 'stage' and stage.pipeline_id = pipeline.value and stage.stage_id = word.value
left join {{ ref('stg_person') }} as person
  on person.person_id = case when step.kind = 'owner' then word.value end
union all
select deal_id, 'activity', cast(nth as integer), happened_on, word, null, null, false
from activity
union all
select
  deal_id,
  'registration',
  cast(row_number() over (partition by deal_id order by happened_on, registration_id, word) as integer),
  happened_on,
  word,
  null,
  null,
  false
from registration
