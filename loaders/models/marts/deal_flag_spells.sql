-- The same flags as deal_flags, for every day of the last five quarters: a flag holds from its first day until the day before the
-- next. Only flags whose fields have a history; what is usual in a stage is taken from the deals won by the end of the quarter
-- before, and on the as-of day by then. chk_flag_spells_now holds the as-of day to deal_flags. Flags are the numbers of
-- flag_rules until the end.
with run as (

  select *, cast(as_of - interval 456 day as date) as since_on from {{ workspace('run') }}

),

-- Days on which a deal was open, of those that are asked about.
open_time as (

  select time.*
  from {{ ref('int_deal_open_time') }} as time
  cross join run
  -- A condition of each row, as in int_deal_span.
  where coalesce(time.to_on > run.since_on and time.from_on <= run.as_of, false)

),

-- The lives of deals that were open on such days: of all others no flag is asked.
life as (

  select
    span.deal_key,
    span.valid_from_on,
    span.valid_to_on,
    span.close_on,
    span.amount is null as is_without_amount,
    span.outcome_key,
    span.is_deleted
  from {{ ref('int_deal_span') }} as span
  where span.deal_key in (select deal_key from open_time)

),

-- States at the ends of days.
open_span as (

  select
    life.deal_key,
    life.valid_from_on as from_on,
    coalesce(life.valid_to_on, date '9999-12-31') as to_on,
    life.close_on,
    life.is_without_amount and not (run.missing_amount = 'list_price' and product.list_amount is not null) as has_no_amount
  from life
  cross join {{ ref('int_fixed_key') }} as fixed
  cross join run
  left join {{ ref('int_deal_product') }} as product on product.deal_key = life.deal_key
  where
    life.outcome_key = fixed.open_key
    and not life.is_deleted
    and (life.valid_to_on is null or life.valid_to_on > life.valid_from_on)
    and (life.valid_to_on is null or life.valid_to_on > run.since_on)
    and coalesce(life.valid_from_on <= run.as_of, false)

),

first_seen as (

  select deal_key, min(valid_from_on) as seen_on from life group by deal_key

),

born as (

  select
    key.deal_key,
    key.deal_id,
    least(first_seen.seen_on, {{ local_day('stg.created_at') }}) as created_on,
    {{ local_day('stg.last_activity_at') }} as last_activity_on,
    stg.last_activity_at < run.as_of_ends_at as is_activity_seen,
    slice.segment
  from first_seen
  cross join run
  inner join {{ ref('int_deal_key') }} as key on key.deal_key = first_seen.deal_key
  left join {{ ref('stg_deal') }} as stg on stg.deal_id = key.deal_id
  left join {{ ref('int_deal_slice') }} as slice on slice.deal_key = first_seen.deal_key

),

stood as (

  select
    passage.deal_key,
    passage.pipeline_key,
    passage.stage_key,
    passage.entered_on,
    passage.left_on,
    stage.day_limit
  from (
    select
      deal_key,
      pipeline_key,
      stage_key,
      {{ local_day('entered_at') }} as entered_on,
      coalesce({{ local_day('left_at') }}, date '9999-12-31') as left_on
    from {{ ref('int_stage_passage') }}
  ) as passage
  cross join run
  inner join {{ ref('int_stage_key') }} as key
    on key.pipeline_key = passage.pipeline_key and key.stage_key = passage.stage_key and key.kind = 'open'
  inner join {{ workspace('stage') }} as stage on stage.pipeline_id = key.pipeline_id and stage.stage_id = key.stage_id
  where passage.left_on > passage.entered_on and coalesce(passage.left_on > run.since_on, false)

),

stay_limit as (

  select
    stood.deal_key,
    stood.entered_on,
    greatest(stood.entered_on, whole.known_on) as from_on,
    least(stood.left_on, whole.until_on) as to_on,
    coalesce(own.p75_days, whole.p75_days) as p75_days,
    coalesce(own.p90_days, whole.p90_days) as p90_days
  from stood
  inner join born on born.deal_key = stood.deal_key
  inner join {{ ref('int_stage_norm') }} as whole
    on whole.pipeline_key = stood.pipeline_key
    and whole.stage_key = stood.stage_key
    and whole.segment = '(all)'
    and whole.known_on < stood.left_on
    and whole.until_on > stood.entered_on
  left join {{ ref('int_stage_norm') }} as own
    on own.known_on = whole.known_on
    and own.pipeline_key = stood.pipeline_key
    and own.stage_key = stood.stage_key
    and own.segment = coalesce(born.segment, '(none)')

),

-- Spans are stored in the order of their deals and times. Only those on which the close date moved to a later month count.
moved as (

  select
    deal_key,
    valid_from,
    valid_from_on,
    close_on,
    case when lag(deal_key) over by_deal = deal_key then lag(close_on) over by_deal end as previous_close_on
  from {{ ref('int_deal_span') }}
  where not is_deleted
  window by_deal as ({{ in_order('partition by deal_key order by valid_from') }})

),

pushed as (

  select
    deal_key,
    valid_from_on as from_on,
    lead(valid_from_on, 1, date '9999-12-31') over by_deal as to_on,
    row_number() over by_deal as n_pushes
  from moved
  where
    close_on > previous_close_on
    and (year(close_on) * 12 + month(close_on)) > (year(previous_close_on) * 12 + month(previous_close_on))
  window by_deal as (partition by deal_key order by valid_from)

),

spoken as (

  select deal_key, spoken_on, lead(spoken_on, 1, date '9999-12-31') over (partition by deal_key order by spoken_on) as next_on
  from (
    select born.deal_key, {{ local_day('activity.happened_at') }} as spoken_on
    from {{ ref('stg_activity') }} as activity
    inner join born on born.deal_id = activity.deal_id
    cross join run
    where coalesce(activity.happened_at < run.as_of_ends_at, false)
    union
    select deal_key, last_activity_on as spoken_on from born where is_activity_seen
  ) as day

),

first_spoken as (

  select born.deal_key, born.created_on, coalesce(spoken.first_on, date '9999-12-31') as first_on
  from born
  left join (select deal_key, min(spoken_on) as first_on from spoken group by deal_key) as spoken
    on spoken.deal_key = born.deal_key

),

-- A contact without a day counts as old.
met as (

  select
    born.deal_key,
    contact.contact_id,
    min(coalesce({{ local_day('contact.since_at') }}, date '1000-01-01')) as since_on
  from {{ ref('stg_deal_contact') }} as contact
  inner join born on born.deal_id = contact.deal_id
  group by born.deal_key, contact.contact_id

),

ordered as (

  select deal_key, since_on, row_number() over (partition by deal_key order by since_on, contact_id) as nth from met

),

contacts as (

  select
    born.deal_key,
    born.created_on + 14 as asked_on,
    coalesce(max(case when ordered.nth = 1 then ordered.since_on end), date '9999-12-31') as first_on,
    coalesce(max(case when ordered.nth = 2 then ordered.since_on end), date '9999-12-31') as second_on
  from born
  left join ordered on ordered.deal_key = born.deal_key
  group by born.deal_key, born.created_on

),

-- Twice the number of a flag in flag_rules, and one more where it is critical.
raw as (

  select deal_key, 2 as code, greatest(from_on, close_on + 1) as from_on, least(to_on, close_on + 30) as to_on
  from open_span
  where close_on is not null
  union all
  select deal_key, 3, greatest(from_on, close_on + 30), to_on
  from open_span
  where close_on is not null
  union all
  select
    deal_key,
    4,
    greatest(from_on, entered_on + cast(floor(p75_days) as integer) + 1),
    least(to_on, entered_on + cast(floor(p90_days) as integer) + 1)
  from stay_limit
  union all
  select deal_key, 5, greatest(from_on, entered_on + cast(floor(p90_days) as integer) + 1), to_on
  from stay_limit
  union all
  select deal_key, 6, entered_on + day_limit + 1, least(left_on, entered_on + greatest(2 * day_limit, day_limit + 1))
  from stood
  where day_limit is not null
  union all
  select deal_key, 7, entered_on + greatest(2 * day_limit, day_limit + 1), left_on
  from stood
  where day_limit is not null
  union all
  select deal_key, case when n_pushes >= 3 then 9 else 8 end, from_on, to_on
  from pushed
  where n_pushes >= 2
  union all
  select deal_key, 10, spoken_on + 15, least(next_on, spoken_on + 30)
  from spoken
  union all
  select deal_key, 11, spoken_on + 30, next_on
  from spoken
  union all
  select deal_key, 13, created_on + 14, first_on
  from first_spoken
  union all
  select deal_key, 17, from_on, to_on
  from open_span
  where has_no_amount
  union all
  select deal_key, 19, from_on, to_on
  from open_span
  where close_on is null
  union all
  select deal_key, 23, asked_on, first_on
  from contacts
  union all
  select deal_key, 22, greatest(asked_on, first_on), second_on
  from contacts

),

cut as (

  select
    raw.deal_key,
    raw.code,
    greatest(raw.from_on, open_time.from_on, run.since_on) as from_on,
    least(raw.to_on, open_time.to_on) as to_on
  from raw
  inner join open_time on open_time.deal_key = raw.deal_key and open_time.from_on < raw.to_on and open_time.to_on > raw.from_on
  cross join run
  where raw.from_on < raw.to_on and coalesce(raw.from_on <= run.as_of and raw.to_on > run.since_on, false)

),

-- What goes on without a gap is one spell. Most are one row; of the others the first and the last row say it.
edge as (

  select
    deal_key,
    code,
    from_on,
    to_on,
    coalesce(from_on <> lag(to_on) over by_flag, true) as is_first,
    coalesce(to_on <> lead(from_on) over by_flag, true) as is_last
  from cut
  where from_on < to_on
  window by_flag as (partition by deal_key, code order by from_on)

),

spell as (

  select deal_key, code, from_on, to_on
  from edge
  where is_first and is_last
  union all
  select deal_key, code, from_on, end_on as to_on
  from (
    select
      deal_key,
      code,
      from_on,
      is_first,
      lead(to_on) over (partition by deal_key, code order by from_on) as end_on
    from edge
    where is_first <> is_last
  ) as ends
  where is_first

)

select
  key.deal_id,
  rule.flag,
  case when spell.code % 2 = 1 then 'critical' else 'warning' end as severity,
  spell.from_on,
  spell.to_on
from spell
inner join {{ ref('int_deal_key') }} as key on key.deal_key = spell.deal_key
inner join {{ ref('flag_rules') }} as rule on rule.flag_order = (spell.code - spell.code % 2) / 2
where rule.is_known and rule.is_dated
