-- materialized: view
-- The value each rule asked about, as it stood then. Fields whose changes the time machine tracks come from it, others from
-- their own log, if they have one. A value without a history is the record's of today, and assumed. Each kind of field is
-- looked up by itself: one join over all of them would hold every moment in memory several times over.
with moment as (

  select * from {{ ref('int_criterion_moment') }}

),

any_activity as (

  select count(*) > 0 as is_known from {{ ref('stg_activity') }}

),

tracked as (

  select
    moment.*,
    case moment.field
      when 'amount' then cast(span.amount as varchar)
      when 'close_on' then cast(span.close_on as varchar)
      when 'is_deleted' then cast(span.is_deleted as varchar)
      else word.value
    end as value,
    case moment.field
      when 'amount' then span.is_amount_assumed
      when 'close_on' then span.is_close_on_assumed
      when 'owner_id' then span.is_owner_assumed
      when 'currency' then span.is_currency_assumed
      when 'forecast_category' then span.is_forecast_category_assumed
      else false
    end as is_assumed
  from moment
  -- An "or" in the condition of an outer join would compare every row with every other.
  left join {{ ref('int_deal_span') }} as span
    on span.deal_key = moment.deal_key
    and span.valid_from <= moment.asked_at
    and coalesce(span.valid_to, timestamp '9999-12-31') > moment.asked_at
  left join {{ ref('int_value') }} as word
    on word.value_code = case moment.field
      when 'owner_id' then span.owner_key
      when 'currency' then span.currency_key
      when 'forecast_category' then span.category_key
      when 'pipeline_id' then span.pipeline_key
      when 'stage_id' then span.stage_key
      when 'outcome' then span.outcome_key
    end
  where moment.field in (
    'stage_id', 'pipeline_id', 'amount', 'currency', 'close_on', 'owner_id', 'forecast_category', 'is_deleted', 'outcome'
  )

),

-- The record itself says when a deal was last spoken of, but only the newest time.
last_activity as (

  select
    key.deal_id,
    moment.deal_key,
    moment.passage_number,
    moment.moment,
    moment.criterion_key,
    max(activity.happened_at) as last_at
  from moment
  inner join {{ ref('int_deal_key') }} as key on key.deal_key = moment.deal_key
  left join {{ ref('stg_activity') }} as activity
    on activity.deal_id = key.deal_id and activity.happened_at <= moment.asked_at
  where moment.field = 'last_activity_at'
  group by key.deal_id, moment.deal_key, moment.passage_number, moment.moment, moment.criterion_key

),

spoken as (

  select
    moment.*,
    case
      when any_activity.is_known then cast(last_activity.last_at as varchar)
      when stg.last_activity_at <= moment.asked_at then cast(stg.last_activity_at as varchar)
    end as value,
    not any_activity.is_known as is_assumed
  from moment
  cross join any_activity
  inner join last_activity
    on last_activity.deal_key = moment.deal_key
    and last_activity.passage_number = moment.passage_number
    and last_activity.moment = moment.moment
    and last_activity.criterion_key = moment.criterion_key
  inner join {{ ref('stg_deal') }} as stg on stg.deal_id = last_activity.deal_id
  where moment.field = 'last_activity_at'

),

other as (

  select moment.*, key.deal_id
  from moment
  inner join {{ ref('int_deal_key') }} as key on key.deal_key = moment.deal_key
  where moment.field not in (
    'stage_id', 'pipeline_id', 'amount', 'currency', 'close_on', 'owner_id', 'forecast_category', 'is_deleted', 'outcome',
    'last_activity_at'
  )

),

logged as (

  select
    other.deal_id,
    other.passage_number,
    other.moment,
    other.criterion_key,
    other.field,
    max(case when event.happened_at <= other.asked_at then event.happened_at end) as last_at,
    min(case when event.happened_at > other.asked_at then event.happened_at end) as next_at
  from other
  inner join {{ ref('stg_deal_event') }} as event
    on event.deal_id = other.deal_id and event.field = other.field
  group by other.deal_id, other.passage_number, other.moment, other.criterion_key, other.field

),

log_value as (

  select
    logged.deal_id,
    logged.passage_number,
    logged.moment,
    logged.criterion_key,
    max(case when event.happened_at = logged.last_at then event.new_value end) as last_value,
    max(case when event.happened_at = logged.next_at then event.old_value end) as next_value,
    max(case when event.happened_at = logged.last_at then 1 else 0 end) = 1 as has_last
  from logged
  inner join {{ ref('stg_deal_event') }} as event
    on event.deal_id = logged.deal_id
    and event.field = logged.field
    and (event.happened_at = logged.last_at or event.happened_at = logged.next_at)
  group by logged.deal_id, logged.passage_number, logged.moment, logged.criterion_key

),

stated as (

  select
    other.*,
    case
      when log_value.has_last then log_value.last_value
      when log_value.deal_id is not null then log_value.next_value
      else
        case other.field
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
        end
    end as value,
    log_value.deal_id is null and other.field <> 'created_at' as is_assumed
  from other
  inner join {{ ref('stg_deal') }} as stg on stg.deal_id = other.deal_id
  left join log_value
    on log_value.deal_id = other.deal_id
    and log_value.passage_number = other.passage_number
    and log_value.moment = other.moment
    and log_value.criterion_key = other.criterion_key

)

select deal_key, passage_number, owner_key, moment, asked_at, criterion_key, value, is_assumed and moment <> 3 as is_assumed
from tracked
union all
select deal_key, passage_number, owner_key, moment, asked_at, criterion_key, value, is_assumed and moment <> 3 as is_assumed
from spoken
union all
select deal_key, passage_number, owner_key, moment, asked_at, criterion_key, value, is_assumed and moment <> 3 as is_assumed
from stated
