-- The value each rule asked about, as it stood then. Fields whose changes the time machine tracks come from it, others from
-- their own log, if they have one. A value without a history is the record's of today, and assumed.
with moment as (

  select * from {{ ref('int_criterion_moment') }}

),

logged as (

  select
    moment.deal_id,
    moment.passage_number,
    moment.moment,
    moment.rule_order,
    max(case when event.happened_at <= moment.asked_at then event.happened_at end) as last_at,
    min(case when event.happened_at > moment.asked_at then event.happened_at end) as next_at
  from moment
  inner join {{ ref('stg_deal_event') }} as event
    on event.deal_id = moment.deal_id and event.field = moment.field
  where moment.field not in (
    'stage_id', 'pipeline_id', 'amount', 'currency', 'close_on', 'owner_id', 'forecast_category', 'is_deleted', 'outcome', 'last_activity_at'
  )
  group by moment.deal_id, moment.passage_number, moment.moment, moment.rule_order

),

log_value as (

  select
    logged.deal_id,
    logged.passage_number,
    logged.moment,
    logged.rule_order,
    max(case when event.happened_at = logged.last_at then event.new_value end) as last_value,
    max(case when event.happened_at = logged.next_at then event.old_value end) as next_value,
    max(case when event.happened_at = logged.last_at then 1 else 0 end) = 1 as has_last
  from logged
  inner join moment
    on moment.deal_id = logged.deal_id
    and moment.passage_number = logged.passage_number
    and moment.moment = logged.moment
    and moment.rule_order = logged.rule_order
  inner join {{ ref('stg_deal_event') }} as event
    on event.deal_id = logged.deal_id
    and event.field = moment.field
    and (event.happened_at = logged.last_at or event.happened_at = logged.next_at)
  group by logged.deal_id, logged.passage_number, logged.moment, logged.rule_order

),

activity as (

  select
    moment.deal_id,
    moment.passage_number,
    moment.moment,
    moment.rule_order,
    max(activity.happened_at) as last_at
  from moment
  inner join {{ ref('stg_activity') }} as activity
    on activity.deal_id = moment.deal_id and activity.happened_at <= moment.asked_at
  where moment.field = 'last_activity_at'
  group by moment.deal_id, moment.passage_number, moment.moment, moment.rule_order

),

any_activity as (

  select count(*) > 0 as is_known from {{ ref('stg_activity') }}

)

select
  moment.*,
  span.amount as amount_then,
  case
    when moment.field = 'amount' then cast(span.amount as varchar)
    when moment.field = 'close_on' then cast(span.close_on as varchar)
    when moment.field = 'owner_id' then span.owner_id
    when moment.field = 'currency' then span.currency_code
    when moment.field = 'forecast_category' then span.forecast_category
    when moment.field = 'pipeline_id' then span.pipeline_id
    when moment.field = 'stage_id' then span.stage_id
    when moment.field = 'outcome' then span.outcome
    when moment.field = 'is_deleted' then cast(span.is_deleted as varchar)
    when moment.field = 'last_activity_at' and any_activity.is_known then cast(activity.last_at as varchar)
    when moment.field = 'last_activity_at' then
      case when stg.last_activity_at <= moment.asked_at then cast(stg.last_activity_at as varchar) end
    when log_value.has_last then log_value.last_value
    when log_value.deal_id is not null then log_value.next_value
    else
      case moment.field
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
  case
    when moment.moment = 'now' then false
    when moment.field = 'amount' then span.is_amount_assumed
    when moment.field = 'close_on' then span.is_close_on_assumed
    when moment.field = 'owner_id' then span.is_owner_assumed
    when moment.field = 'currency' then span.is_currency_assumed
    when moment.field = 'forecast_category' then span.is_forecast_category_assumed
    when moment.field in ('pipeline_id', 'stage_id', 'outcome', 'is_deleted', 'created_at') then false
    when moment.field = 'last_activity_at' then not any_activity.is_known
    else log_value.deal_id is null
  end as is_assumed
from moment
cross join any_activity
-- An "or" in the condition of an outer join would compare every row with every other.
left join {{ ref('int_deal_interval') }} as span
  on span.deal_key = moment.deal_key
  and span.valid_from <= moment.asked_at
  and coalesce(span.valid_to, timestamp '9999-12-31') > moment.asked_at
left join {{ ref('stg_deal') }} as stg on stg.deal_id = moment.deal_id
left join log_value
  on log_value.deal_id = moment.deal_id
  and log_value.passage_number = moment.passage_number
  and log_value.moment = moment.moment
  and log_value.rule_order = moment.rule_order
left join activity
  on activity.deal_id = moment.deal_id
  and activity.passage_number = moment.passage_number
  and activity.moment = moment.moment
  and activity.rule_order = moment.rule_order
