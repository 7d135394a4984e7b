-- Every value in the change log can be read as its field: amounts are numbers with at most two decimals, dates are dates,
-- stages and pipelines are declared, and every change has a time.
with event as (

  select
    *,
    case when field in ('amount', 'close_on') then nullif(trim(old_value), '') end as old_text,
    case when field in ('amount', 'close_on') then nullif(trim(new_value), '') end as new_text
  from {{ ref('stg_deal_event') }}

),

judged as (

  select
    event.*,
    case event.field
      when 'amount' then
        -- So wide a decimal costs a hundred times as much: the usual form takes the short way.
        case
          when event.old_text is null or regexp_full_match(event.old_text, '[+-]?\d{1,16}(\.\d{1,2})?') then false
          else coalesce(try_cast(event.old_text as decimal(28, 8)) <> try_cast(event.old_text as decimal(18, 2)), true)
        end
      when 'close_on' then
        event.old_text is not null
        and not coalesce(
          try_cast(left(event.old_text, 10) as date) is not null
          and case
            when length(event.old_text) = 10 then event.old_text like '____-__-__' and event.old_text between '0' and '999:'
            else regexp_matches(event.old_text, '^\d{4}-\d{2}-\d{2}[T ]00:00(:00(\.0+)?)?(Z|[+-]00:?00)?$')
          end,
          false
        )
      else old_bad.spelling is not null
    end as is_old_bad,
    case event.field
      when 'amount' then
        -- So wide a decimal costs a hundred times as much: the usual form takes the short way.
        case
          when event.new_text is null or regexp_full_match(event.new_text, '[+-]?\d{1,16}(\.\d{1,2})?') then false
          else coalesce(try_cast(event.new_text as decimal(28, 8)) <> try_cast(event.new_text as decimal(18, 2)), true)
        end
      when 'close_on' then
        event.new_text is not null
        and not coalesce(
          try_cast(left(event.new_text, 10) as date) is not null
          and case
            when length(event.new_text) = 10 then event.new_text like '____-__-__' and event.new_text between '0' and '999:'
            else regexp_matches(event.new_text, '^\d{4}-\d{2}-\d{2}[T ]00:00(:00(\.0+)?)?(Z|[+-]00:?00)?$')
          end,
          false
        )
      else new_bad.spelling is not null
    end as is_new_bad
  from event
  left join {{ ref('int_value_spelling') }} as old_bad
    on old_bad.field = event.field and old_bad.spelling = event.old_value and old_bad.value is null
  left join {{ ref('int_value_spelling') }} as new_bad
    on new_bad.field = event.field and new_bad.spelling = event.new_value and new_bad.value is null

)

select
  deal_id,
  field,
  case when happened_at is null then 'at' when is_new_bad then 'new_value' else 'old_value' end as bad_column,
  case when is_new_bad then new_value when is_old_bad then old_value end as value,
  source_file,
  source_record
from judged
where is_old_bad or is_new_bad or happened_at is null
