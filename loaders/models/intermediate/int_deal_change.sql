-- The log of the tracked fields, typed and narrow: one row per change, with its place among those of the same deal and field.
-- A code is the value's code in int_value, twice the days of a date since 1970, or the cents of an amount; {{ empty }} and
-- {{ empty_amount }} are "set to empty". Equal times keep the order of the file. actor_key is who made it, null when nobody says or it is assumed.
-- is_new: the value was another before, or nobody knows it; is_final: no other change of the field follows in the same moment.
with event as (

  select
    *,
    case when field in ('amount', 'close_on') then nullif(trim(old_value), '') end as old_text,
    case when field in ('amount', 'close_on') then nullif(trim(new_value), '') end as new_text,
    -- What begins with a plain letter or digit is not blank: to trim every text to know costs a tenth of all this.
    case when old_value between '!' and '~' then false else nullif(trim(old_value), '') is null end as is_old_blank
  from {{ ref('stg_deal_event') }}
  where
    happened_at is not null
    and field in (
      'stage_id', 'pipeline_id', 'amount', 'currency', 'close_on', 'owner_id', 'forecast_category', 'is_deleted', 'outcome'
    )

),

typed as (

  select
    deal.deal_key,
    cast(
      case event.field
        when 'stage_id' then 1
        when 'pipeline_id' then 2
        when 'amount' then 3
        when 'currency' then 4
        when 'close_on' then 5
        when 'owner_id' then 6
        when 'forecast_category' then 7
        when 'is_deleted' then 8
        when 'outcome' then 9
      end as tinyint
    ) as field_number,
    event.happened_at,
    file.file_number * 1000000000000
      + event.source_record * 2
      + case when event.is_old_blank then 0 else 1 end as sequence,
    case when not event.is_assumed then actor.actor_key end as actor_key,
    case event.field
      when 'amount' then coalesce(cast(try_cast(event.old_text as decimal(18, 2)) * 100 as bigint), {{ empty_amount }})
      when 'close_on' then
        coalesce(2 * date_diff('day', date '1970-01-01', try_cast(left(event.old_text, 10) as date)), {{ empty }})
      else coalesce(old_value.value_code, {{ empty }})
    end as old_code,
    case event.field
      when 'amount' then coalesce(cast(try_cast(event.new_text as decimal(18, 2)) * 100 as bigint), {{ empty_amount }})
      when 'close_on' then
        coalesce(2 * date_diff('day', date '1970-01-01', try_cast(left(event.new_text, 10) as date)), {{ empty }})
      else coalesce(new_value.value_code, {{ empty }})
    end as new_code
  from event
  inner join {{ ref('int_deal_key') }} as deal on deal.deal_id = event.deal_id
  inner join {{ ref('int_event_file') }} as file on file.source_file = event.source_file
  left join {{ ref('int_actor') }} as actor on actor.actor_id = event.actor_id
  left join {{ ref('int_value_spelling') }} as old_value
    on old_value.field = event.field and old_value.spelling = event.old_value
  left join {{ ref('int_value_spelling') }} as new_value
    on new_value.field = event.field and new_value.spelling = event.new_value

),

placed as (

  select
    *,
    case when lag(deal_key) over by_field = deal_key and lag(field_number) over by_field = field_number then lag(new_code) over by_field end
      as previous_code,
    case when lead(deal_key) over by_field = deal_key and lead(field_number) over by_field = field_number then lead(happened_at) over by_field end
      as next_at
  from (select * from typed order by deal_key, field_number, happened_at, sequence) as in_order
  window by_field as ({{ in_order('partition by deal_key, field_number order by happened_at, sequence') }})

)

select
  deal_key,
  field_number,
  happened_at,
  sequence,
  actor_key,
  old_code,
  new_code,
  previous_code is null as is_first,
  previous_code is null or previous_code <> new_code as is_new,
  next_at is null or next_at > happened_at as is_final,
  next_at is null as is_last
from placed
