-- Where a deal's log does not end in what its record says, the record is right and the change went unlogged: an assumed
-- change (code + 1, but an amount as it is). When: a closing at closed_at, a deletion at deleted_at, unless the log goes on after that or the
-- deal was created later; everything else at the newest moment of the exports, by which it must have happened. A column the export does
-- not fill says nothing.
with run as (

  select * from {{ workspace('run') }}

),

filled as (

  select
    count(pipeline_id) > 0 as has_pipeline,
    count(amount) > 0 as has_amount,
    count(currency_code) > 0 as has_currency,
    count(close_on) > 0 as has_close,
    count(owner_id) > 0 as has_owner,
    count(forecast_category) > 0 as has_category,
    count(is_deleted) > 0 as has_deleted
  from {{ ref('stg_deal') }}

),

ends as (

  select
    record.*,
    opening.happened_at as born_at,
    opening.stage_code as opening_stage_code,
    log.last_stage_at,
    log.last_outcome_at,
    log.last_stage_code,
    log.last_pipeline_code,
    log.last_amount_code,
    log.last_currency_code,
    log.last_close_code,
    log.last_owner_code,
    log.last_category_code,
    log.last_deleted_code,
    log.last_outcome_code,
    case
      when record.outcome = 'open' or record.closed_at is null then run.newest_at
      when record.closed_at < opening.happened_at then opening.happened_at
      else record.closed_at
    end as closing_at,
    record.outcome = 'open' or record.closed_at is null as is_closing_undated,
    run.newest_at
  from {{ ref('int_deal_record') }} as record
  inner join {{ ref('int_deal_opening') }} as opening on opening.deal_key = record.deal_key
  cross join run
  left join {{ ref('int_deal_log') }} as log on log.deal_key = record.deal_key

)

-- Opening codes carry the mark of assumption; both spellings of the same stage count as equal.
select
  deal_key,
  case when last_stage_at > closing_at then last_stage_at else closing_at end as happened_at,
  is_closing_undated as is_time_assumed,
  'stage' as what,
  stage_code + 1 as stage_code,
  cast(null as bigint) as pipeline_code,
  cast(null as bigint) as amount_code,
  cast(null as bigint) as currency_code,
  cast(null as bigint) as close_code,
  cast(null as bigint) as owner_code,
  cast(null as bigint) as category_code,
  cast(null as bigint) as deleted_code,
  cast(null as bigint) as outcome_code
from ends
where
  has_record
  and stage_code <> {{ empty }}
  and coalesce(last_stage_code, opening_stage_code) <> stage_code
  and coalesce(last_stage_code, opening_stage_code) <> stage_code + 1
union all
select
  deal_key,
  case when last_outcome_at > closing_at then last_outcome_at else closing_at end as happened_at,
  is_closing_undated as is_time_assumed,
  'outcome' as what,
  cast(null as bigint) as stage_code,
  cast(null as bigint) as pipeline_code,
  cast(null as bigint) as amount_code,
  cast(null as bigint) as currency_code,
  cast(null as bigint) as close_code,
  cast(null as bigint) as owner_code,
  cast(null as bigint) as category_code,
  cast(null as bigint) as deleted_code,
  outcome_code + 1 as outcome_code
from ends
where has_record and last_outcome_code <> outcome_code
union all
select
  deal_key,
  case when deleted_at < born_at then born_at else coalesce(deleted_at, newest_at) end as happened_at,
  deleted_at is null as is_time_assumed,
  'deletion' as what,
  cast(null as bigint) as stage_code,
  cast(null as bigint) as pipeline_code,
  cast(null as bigint) as amount_code,
  cast(null as bigint) as currency_code,
  cast(null as bigint) as close_code,
  cast(null as bigint) as owner_code,
  cast(null as bigint) as category_code,
  deleted_code + 1 as deleted_code,
  cast(null as bigint) as outcome_code
from ends
cross join filled
where
  (filled.has_deleted or not ends.has_record)
  and ends.deleted_code <> coalesce(ends.last_deleted_code, (select alive_key from {{ ref('int_fixed_key') }}))
union all
select
  deal_key,
  newest_at as happened_at,
  true as is_time_assumed,
  'rest' as what,
  cast(null as bigint) as stage_code,
  case when filled.has_pipeline and ends.last_pipeline_code <> ends.pipeline_code then ends.pipeline_code + 1 end as pipeline_code,
  case when filled.has_amount and ends.last_amount_code <> ends.amount_code then ends.amount_code end as amount_code,
  case when filled.has_currency and ends.last_currency_code <> ends.currency_code then ends.currency_code + 1 end as currency_code,
  case when filled.has_close and ends.last_close_code <> ends.close_code then ends.close_code + 1 end as close_code,
  case when filled.has_owner and ends.last_owner_code <> ends.owner_code then ends.owner_code + 1 end as owner_code,
  case when filled.has_category and ends.last_category_code <> ends.category_code then ends.category_code + 1 end as category_code,
  cast(null as bigint) as deleted_code,
  cast(null as bigint) as outcome_code
from ends
cross join filled
where
  ends.has_record
  and (
    (filled.has_pipeline and ends.last_pipeline_code <> ends.pipeline_code)
    or (filled.has_amount and ends.last_amount_code <> ends.amount_code)
    or (filled.has_currency and ends.last_currency_code <> ends.currency_code)
    or (filled.has_close and ends.last_close_code <> ends.close_code)
    or (filled.has_owner and ends.last_owner_code <> ends.owner_code)
    or (filled.has_category and ends.last_category_code <> ends.category_code)
  )
