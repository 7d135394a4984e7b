-- The entry rules of a deal's stage that it did not meet while it stood there, by days: what stage_conformance says of the as-of
-- day, for every day of the last five quarters. A value without a history is the record's of today, and assumed.
with run as (

  select * from {{ workspace('run') }}

),

-- Asked of what the time machine does not tell.
asked as (

  select distinct field
  from {{ workspace('criterion') }}
  where
    side = 'entry'
    and field not in (
      'stage_id', 'pipeline_id', 'amount', 'currency', 'close_on', 'owner_id', 'forecast_category', 'is_deleted', 'outcome'
    )

),

any_activity as (

  select count(*) > 0 as is_known from {{ ref('stg_activity') }}

),

tracked as (

  select
    stay.deal_key,
    stay.passage_number,
    stay.pipeline_id,
    stay.stage_id,
    stay.rule_order,
    stay.field,
    greatest(stay.from_on, span.valid_from_on) as from_on,
    least(stay.to_on, coalesce(span.valid_to_on, date '9999-12-31')) as to_on,
    case stay.field
      when 'amount' then cast(span.amount as varchar)
      when 'close_on' then cast(span.close_on as varchar)
      when 'is_deleted' then cast(span.is_deleted as varchar)
      else word.value
    end as value,
    case stay.field
      when 'amount' then span.is_amount_assumed
      when 'close_on' then span.is_close_on_assumed
      when 'owner_id' then span.is_owner_assumed
      when 'currency' then span.is_currency_assumed
      when 'forecast_category' then span.is_forecast_category_assumed
      else false
    end as is_assumed
  from {{ ref('int_criterion_stay') }} as stay
  inner join {{ ref('int_deal_span') }} as span
    on span.deal_key = stay.deal_key
    and span.valid_from_on < stay.to_on
    and coalesce(span.valid_to_on, date '9999-12-31') > stay.from_on
    and coalesce(span.valid_to_on, date '9999-12-31') > span.valid_from_on
  left join {{ ref('int_value') }} as word
    on word.value_code = case stay.field
      when 'owner_id' then span.owner_key
      when 'currency' then span.currency_key
      when 'forecast_category' then span.category_key
      when 'pipeline_id' then span.pipeline_key
      when 'stage_id' then span.stage_key
      when 'outcome' then span.outcome_key
    end
  where stay.field in (
    'stage_id', 'pipeline_id', 'amount', 'currency', 'close_on', 'owner_id', 'forecast_category', 'is_deleted', 'outcome'
  )

),

-- Values that do not come from the time machine, with the days on which they began: activities, and fields with a log of
-- their own. What stood before the first change is its old value.
moment as (

  select
    key.deal_key,
    'last_activity_at' as field,
    {{ local_day('activity.happened_at') }} as began_on,
    activity.happened_at as began_at,
    cast(activity.happened_at as varchar) as value
  from {{ ref('stg_activity') }} as activity
  inner join {{ ref('int_deal_key') }} as key on key.deal_id = activity.deal_id
  cross join run
  where activity.happened_at < run.as_of_ends_at and exists (select 1 from asked where asked.field = 'last_activity_at')
  union all
  select key.deal_key, event.field, {{ local_day('event.happened_at') }}, event.happened_at, event.new_value
  from {{ ref('stg_deal_event') }} as event
  inner join {{ ref('int_deal_key') }} as key on key.deal_id = event.deal_id
  cross join run
  where event.happened_at < run.as_of_ends_at and event.field in (select field from asked)

),

begun as (

  select
    deal_key,
    field,
    began_on,
    lead(began_on, 1, date '9999-12-31') over (partition by deal_key, field order by began_on) as until_on,
    value
  from (
    select deal_key, field, began_on, max_by(value, began_at) as value
    from moment
    group by deal_key, field, began_on
  ) as last_of_day

),

-- The value before the first change seen: its old value; without a log the record's own, known of today alone.
before as (

  select
    stay.deal_key,
    stay.passage_number,
    stay.rule_order,
    first_change.began_on,
    first_change.old_value
  from {{ ref('int_criterion_stay') }} as stay
  inner join {{ ref('int_deal_key') }} as key on key.deal_key = stay.deal_key
  inner join (
    select
      deal_id,
      field,
      min({{ local_day('happened_at') }}) as began_on,
      min_by(old_value, happened_at) as old_value
    from {{ ref('stg_deal_event') }}
    where field in (select field from asked) and happened_at is not null
    group by deal_id, field
  ) as first_change on first_change.deal_id = key.deal_id and first_change.field = stay.field

),

untracked as (

  select stay.*
  from {{ ref('int_criterion_stay') }} as stay
  where stay.field not in (
    'stage_id', 'pipeline_id', 'amount', 'currency', 'close_on', 'owner_id', 'forecast_category', 'is_deleted', 'outcome'
  )

),

other as (

  select
    untracked.deal_key,
    untracked.passage_number,
    untracked.pipeline_id,
    untracked.stage_id,
    untracked.rule_order,
    untracked.field,
    greatest(untracked.from_on, begun.began_on) as from_on,
    least(untracked.to_on, begun.until_on) as to_on,
    begun.value,
    false as is_assumed
  from untracked
  inner join begun
    on begun.deal_key = untracked.deal_key
    and begun.field = untracked.field
    and begun.began_on < untracked.to_on
    and begun.until_on > untracked.from_on
  union all
  select
    untracked.deal_key,
    untracked.passage_number,
    untracked.pipeline_id,
    untracked.stage_id,
    untracked.rule_order,
    untracked.field,
    untracked.from_on,
    least(untracked.to_on, before.began_on) as to_on,
    before.old_value as value,
    false as is_assumed
  from untracked
  inner join before
    on before.deal_key = untracked.deal_key
    and before.passage_number = untracked.passage_number
    and before.rule_order = untracked.rule_order
  where before.began_on > untracked.from_on and untracked.field <> 'last_activity_at'
  union all
  select
    untracked.deal_key,
    untracked.passage_number,
    untracked.pipeline_id,
    untracked.stage_id,
    untracked.rule_order,
    untracked.field,
    untracked.from_on,
    least(untracked.to_on, coalesce(first_spoken.began_on, date '9999-12-31')) as to_on,
    case when not any_activity.is_known then cast(stg.last_activity_at as varchar) end as value,
    not any_activity.is_known as is_assumed
  from untracked
  cross join any_activity
  inner join {{ ref('int_deal_key') }} as key on key.deal_key = untracked.deal_key
  left join {{ ref('stg_deal') }} as stg on stg.deal_id = key.deal_id
  left join (
    select deal_key, min(began_on) as began_on from begun where field = 'last_activity_at' group by deal_key
  ) as first_spoken on first_spoken.deal_key = untracked.deal_key
  where untracked.field = 'last_activity_at' and coalesce(first_spoken.began_on, date '9999-12-31') > untracked.from_on
  union all
  select
    untracked.deal_key,
    untracked.passage_number,
    untracked.pipeline_id,
    untracked.stage_id,
    untracked.rule_order,
    untracked.field,
    untracked.from_on,
    untracked.to_on,
    case untracked.field
      when 'name' then stg.deal_name
      when 'account_id' then stg.account_id
      when 'deal_type' then stg.deal_type
      when 'lead_source' then stg.lead_source
      when 'campaign_id' then stg.campaign_id
      when 'next_step' then stg.next_step
      when 'loss_reason' then stg.loss_reason
      when 'recurring_amount' then cast(stg.recurring_amount as varchar)
      when 'term_months' then cast(stg.term_months as varchar)
      when 'created_at' then cast(stg.created_at as varchar)
      when 'closed_at' then cast(stg.closed_at as varchar)
      {{ custom_when('deal', 'stg') }}
    end as value,
    untracked.field <> 'created_at' as is_assumed
  from untracked
  inner join {{ ref('int_deal_key') }} as key on key.deal_key = untracked.deal_key
  inner join {{ ref('stg_deal') }} as stg on stg.deal_id = key.deal_id
  left join before
    on before.deal_key = untracked.deal_key
    and before.passage_number = untracked.passage_number
    and before.rule_order = untracked.rule_order
  where untracked.field <> 'last_activity_at' and before.deal_key is null

),

valued as (

  select *, nullif(trim(value), '') as filled from tracked
  union all
  select *, nullif(trim(value), '') as filled from other

),

tested as (

  select
    valued.*,
    criterion.in_words as rule,
    criterion.test,
    cast(criterion.bound as integer) as bound,
    try_cast(left(valued.filled, 10) as date) as filled_on,
    case criterion.test
      when 'is' then (valued.filled is not null) = (criterion.value = '"present"')
      when 'equals' then coalesce(position(chr(31) || valued.filled || chr(31) in criterion.choices) > 0, false)
        or coalesce(position(chr(31) || cast(try_cast(valued.filled as double) as varchar) || chr(31) in criterion.choices) > 0, false)
      when 'one_of' then coalesce(position(chr(31) || valued.filled || chr(31) in criterion.choices) > 0, false)
        or coalesce(position(chr(31) || cast(try_cast(valued.filled as double) as varchar) || chr(31) in criterion.choices) > 0, false)
      when 'at_least' then coalesce(try_cast(valued.filled as double) >= criterion.bound, false)
      when 'at_most' then coalesce(try_cast(valued.filled as double) <= criterion.bound, false)
      when 'within_days' then false
    end as is_met
  from valued
  inner join {{ workspace('criterion') }} as criterion
    on criterion.pipeline_id = valued.pipeline_id
    and criterion.stage_id = valued.stage_id
    and criterion.rule_order = valued.rule_order
    and criterion.side = 'entry'
  where valued.from_on < valued.to_on

),

-- A date that must be near is near from its day until so many days later.
unmet as (

  select deal_key, passage_number, pipeline_id, stage_id, rule_order, rule, is_assumed, from_on, to_on
  from tested
  where not is_met and (test <> 'within_days' or filled_on is null)
  union all
  select deal_key, passage_number, pipeline_id, stage_id, rule_order, rule, is_assumed, from_on, least(to_on, filled_on) as to_on
  from tested
  where test = 'within_days' and filled_on > from_on
  union all
  select
    deal_key, passage_number, pipeline_id, stage_id, rule_order, rule, is_assumed,
    greatest(from_on, filled_on + bound + 1) as from_on,
    to_on
  from tested
  where test = 'within_days' and filled_on + bound + 1 < to_on

),

compared as (

  select
    *,
    case
      when from_on = lag(to_on) over (partition by deal_key, passage_number, rule_order, is_assumed order by from_on) then 0
      else 1
    end as is_new
  from unmet
  where from_on < to_on

),

spell as (

  select
    *,
    sum(is_new) over (
      partition by deal_key, passage_number, rule_order, is_assumed order by from_on rows unbounded preceding
    ) as nth
  from compared

)

select
  key.deal_id,
  cast(spell.passage_number as integer) as passage_number,
  cast(spell.rule_order as integer) as rule_order,
  stage.stage_name as stage,
  spell.rule,
  spell.is_assumed,
  min(spell.from_on) as from_on,
  max(spell.to_on) as to_on
from spell
inner join {{ ref('int_deal_key') }} as key on key.deal_key = spell.deal_key
left join {{ workspace('stage') }} as stage on stage.pipeline_id = spell.pipeline_id and stage.stage_id = spell.stage_id
cross join run
where spell.from_on <= run.as_of
group by key.deal_id, spell.passage_number, spell.rule_order, stage.stage_name, spell.rule, spell.is_assumed, spell.nth
