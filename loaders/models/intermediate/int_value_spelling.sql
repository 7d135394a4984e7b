-- Every text that a tracked field has in the exports, the value it stands for (null when it is not a legal one) and the
-- value's code. Codes are even, so that code + 1 can say "assumed" further down. The log's few texts are held, for what is asked
-- of them would be asked of every row of it; blank ones are left out among groups, a condition that DuckDB cannot ask of the rows before.
with pair as {{ held }} (

  select field, old_value, new_value
  from {{ ref('stg_deal_event') }}
  where field in ('stage_id', 'pipeline_id', 'currency', 'owner_id', 'forecast_category', 'is_deleted', 'outcome')
  group by field, old_value, new_value

),

logged as (

  select field, new_value as spelling from pair
  union
  select field, old_value as spelling from pair

),

recorded as (

  select distinct 'stage_id' as field, stage_id as spelling from {{ ref('stg_deal') }}
  union all
  select distinct 'pipeline_id' as field, pipeline_id as spelling from {{ ref('stg_deal') }}
  union all
  select distinct 'currency' as field, currency_code as spelling from {{ ref('stg_deal') }}
  union all
  select distinct 'owner_id' as field, owner_id as spelling from {{ ref('stg_deal') }}
  union all
  select distinct 'forecast_category' as field, forecast_category as spelling from {{ ref('stg_deal') }}

),

constant as (

  select 'outcome' as field, 'open' as spelling
  union all
  select 'outcome' as field, 'won' as spelling
  union all
  select 'outcome' as field, 'lost' as spelling
  union all
  select 'is_deleted' as field, 'true' as spelling
  union all
  select 'is_deleted' as field, 'false' as spelling
  union all
  select 'currency' as field, base_currency as spelling from {{ workspace('run') }}

),

spelled as (

  select field, spelling from logged group by field, spelling having max(trim(spelling)) <> ''
  union
  select field, spelling from recorded where spelling is not null
  union
  select field, spelling from constant

),

-- A record's stage and category were checked at the door; a log's are checked here, by the same rules.
read as (

  select
    spelled.field,
    spelled.spelling,
    case spelled.field
      when 'stage_id' then stage.stage_id
      when 'pipeline_id' then pipeline.pipeline_id
      when 'owner_id' then trim(spelled.spelling)
      when 'currency' then
        case when length(trim(spelled.spelling)) = 3 then upper(trim(spelled.spelling)) end
      when 'forecast_category' then
        case
          when replace(lower(trim(spelled.spelling)), ' ', '_')
            in ('omitted', 'pipeline', 'best_case', 'most_likely', 'commit', 'closed')
            then replace(lower(trim(spelled.spelling)), ' ', '_')
        end
      when 'outcome' then
        case when lower(trim(spelled.spelling)) in ('open', 'won', 'lost') then lower(trim(spelled.spelling)) end
      when 'is_deleted' then
        case
          when lower(trim(spelled.spelling)) in ('true', 't', 'yes', 'y', '1') then 'true'
          when lower(trim(spelled.spelling)) in ('false', 'f', 'no', 'n', '0') then 'false'
        end
    end as value
  from spelled
  left join {{ workspace('stage_spelling') }} as stage
    on spelled.field = 'stage_id' and stage.spelling = trim(spelled.spelling)
  left join {{ workspace('pipeline') }} as pipeline
    on spelled.field = 'pipeline_id' and pipeline.pipeline_id = trim(spelled.spelling)

)

select
  field,
  spelling,
  value,
  case when value is not null then cast(2 * dense_rank() over (order by value) as integer) end as value_code
from read
