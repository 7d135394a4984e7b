-- Each deal as it was created: the value before a field's first logged change, else the record's own. What lies before the
-- log of a field began is assumed (code + 1; amount_mark 1), and so is a stage nobody states. The stage of a closed deal without a log is
-- not guessed: it is empty until it closed. Outcomes that are not logged follow the stage.
with pipelines as (

  select count(*) as n from {{ workspace('pipeline') }}

),

born as (

  select
    record.deal_key,
    record.source_system,
    case
      when log.first_at < record.created_at then log.first_at
      else coalesce(record.created_at, log.first_at, record.closed_at, record.last_activity_at, run.newest_at)
    end as born_at,
    record.created_at is null and log.first_at is null as is_time_assumed,
    coalesce(log.first_stage_code, case when record.outcome = 'open' then record.stage_code else {{ empty }} end) as stage_code,
    coalesce(log.first_pipeline_code, record.pipeline_code) as pipeline_code,
    coalesce(log.first_amount_code, record.amount_code) as amount_code,
    coalesce(log.first_currency_code, record.currency_code) as currency_code,
    coalesce(log.first_close_code, record.close_code) as close_code,
    coalesce(log.first_owner_code, record.owner_code) as owner_code,
    coalesce(log.first_category_code, record.category_code) as category_code,
    coalesce(nullif(log.first_deleted_code, {{ empty }}), fixed.alive_key) as deleted_code,
    case when log.last_outcome_code is not null then coalesce(nullif(log.first_outcome_code, {{ empty }}), fixed.open_key) end as outcome_code
  from {{ ref('int_deal_record') }} as record
  cross join {{ workspace('run') }} as run
  cross join {{ ref('int_fixed_key') }} as fixed
  left join {{ ref('int_deal_log') }} as log on log.deal_key = record.deal_key

)

select
  born.deal_key,
  born.born_at as happened_at,
  born.is_time_assumed,
  born.stage_code + case when born.stage_code <> {{ empty }} and start.stage_at <= born.born_at then 0 else 1 end as stage_code,
  born.pipeline_code + case when start.pipeline_at <= born.born_at or pipelines.n = 1 then 0 else 1 end as pipeline_code,
  born.amount_code,
  case when start.amount_at <= born.born_at then 0 else 1 end as amount_mark,
  born.currency_code + case when start.currency_at <= born.born_at then 0 else 1 end as currency_code,
  born.close_code + case when start.close_at <= born.born_at then 0 else 1 end as close_code,
  born.owner_code + case when start.owner_at <= born.born_at then 0 else 1 end as owner_code,
  born.category_code + case when start.category_at <= born.born_at then 0 else 1 end as category_code,
  born.deleted_code + case when start.deleted_at <= born.born_at then 0 else 1 end as deleted_code,
  born.outcome_code + case when start.outcome_at <= born.born_at then 0 else 1 end as outcome_code
from born
cross join pipelines
left join {{ ref('int_log_start') }} as start on start.source_system = born.source_system
