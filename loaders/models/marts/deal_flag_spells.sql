-- The same flags as deal_flags, for every day of the last five quarters: a flag holds from its first day until the day before the
-- next. Only flags whose fields have a history; what is usual in a stage is taken from the deals won by the end of the quarter
-- before, and on the as-of day by then. chk_flag_spells_now holds the as-of day to deal_flags.
with run as (

  select *, cast(as_of - interval 456 day as date) as since_on from {{ workspace('run') }}

),

-- States at the ends of days.
open_span as (

  select
    span.deal_key,
    span.valid_from_on as from_on,
    coalesce(span.valid_to_on, date '9999-12-31') as to_on,
    span.close_on,
    span.amount is null and not (run.missing_amount = 'list_price' and product.list_amount is not null) as has_no_amount
  from {{ ref('int_deal_span') }} as span
  cross join {{ ref('int_fixed_key') }} as fixed
  cross join run
  inner join {{ ref('int_deal_key') }} as key on key.deal_key = span.deal_key
  left join {{ ref('int_deal_product') }} as product on product.deal_id = key.deal_id
  where
    span.outcome_key = fixed.open_key
    and not span.is_deleted
    and (span.valid_to_on is null or span.valid_to_on > span.valid_from_on)
    and (span.valid_to_on is null or span.valid_to_on > run.since_on)
    and span.valid_from_on <= run.as_of

),

-- Days on which a deal was open, of those that are asked about.
open_time as (

  select time.*
  from {{ ref('int_deal_open_time') }} as time
  cross join run
  where time.to_on > run.since_on and time.from_on <= run.as_of

),

born as (

  select
    key.deal_key,
    key.deal_id,
    least(min(span.valid_from_on), min({{ local_day('stg.created_at') }})) as created_on,
    max(slice.segment) as segment
  from {{ ref('int_deal_key') }} as key
  inner join {{ ref('int_deal_span') }} as span on span.deal_key = key.deal_key
  left join {{ ref('stg_deal') }} as stg on stg.deal_id = key.deal_id
  left join {{ ref('int_deal_slice') }} as slice on slice.deal_id = key.deal_id
  where key.deal_key in (select deal_key from open_time)
  group by key.deal_key, key.deal_id

),

-- What is usual in a stage, as known at the ends of quarters and on the as-of day.
epoch as (

  select
    known_on,
    lead(known_on, 1, date '9999-12-31') over (order by known_on) as until_on
  from (
    select distinct month.quarter_ends_on as known_on
    from {{ workspace('fiscal_month') }} as month
    cross join run
    where month.quarter_ends_on < run.as_of and month.quarter_ends_on > run.since_on - 100
    union
    select as_of as known_on from run
  ) as day

),

stay as (

  select
    epoch.known_on,
    entry.pipeline_id,
    entry.stage_id,
    coalesce(deal.segment, '(none)') as segment,
    entry.stage_days
  from {{ ref('stage_entries') }} as entry
  inner join {{ ref('deals') }} as deal on deal.deal_id = entry.deal_id
  inner join epoch on epoch.known_on >= deal.closed_on
  where deal.outcome = 'won' and entry.stage_kind = 'open' and entry.left_on is not null

),

norm as (

  select
    known_on,
    pipeline_id,
    stage_id,
    segment,
    quantile_cont(stage_days, 0.75) as p75_days,
    quantile_cont(stage_days, 0.9) as p90_days
  from (
    select known_on, pipeline_id, stage_id, segment, stage_days, 20 as least from stay
    union all
    select known_on, pipeline_id, stage_id, '(all)' as segment, stage_days, 10 as least from stay
  ) as grouped
  group by known_on, pipeline_id, stage_id, segment
  having count(*) >= max(least)

),

passage as (

  select
    passage.deal_key,
    stage.pipeline_id,
    stage.stage_id,
    {{ local_day('passage.entered_at') }} as entered_on,
    coalesce({{ local_day('passage.left_at') }}, date '9999-12-31') as left_on
  from {{ ref('int_stage_passage') }} as passage
  inner join {{ ref('int_stage_key') }} as stage
    on stage.pipeline_key = passage.pipeline_key and stage.stage_key = passage.stage_key
  where stage.kind = 'open'

),

stood as (

  select passage.*
  from passage
  cross join run
  where passage.left_on > passage.entered_on and passage.left_on > run.since_on

),

stay_limit as (

  select
    stood.deal_key,
    stood.entered_on,
    greatest(stood.entered_on, epoch.known_on) as from_on,
    least(stood.left_on, epoch.until_on) as to_on,
    coalesce(own.p75_days, whole.p75_days) as p75_days,
    coalesce(own.p90_days, whole.p90_days) as p90_days
  from stood
  inner join born on born.deal_key = stood.deal_key
  inner join epoch on epoch.known_on < stood.left_on and epoch.until_on > stood.entered_on
  left join norm as own
    on own.known_on = epoch.known_on
    and own.pipeline_id = stood.pipeline_id
    and own.stage_id = stood.stage_id
    and own.segment = coalesce(born.segment, '(none)')
  left join norm as whole
    on whole.known_on = epoch.known_on
    and whole.pipeline_id = stood.pipeline_id
    and whole.stage_id = stood.stage_id
    and whole.segment = '(all)'

),

day_limit as (

  select stood.*, stage.day_limit
  from stood
  inner join {{ workspace('stage') }} as stage on stage.pipeline_id = stood.pipeline_id and stage.stage_id = stood.stage_id
  where stage.day_limit is not null

),

dated as (

  select
    deal_key,
    valid_from,
    valid_from_on,
    valid_to_on,
    close_on,
    lag(close_on) over (partition by deal_key order by valid_from) as previous_close_on
  from {{ ref('int_deal_span') }}
  where not is_deleted

),

pushed as (

  select
    deal_key,
    valid_from_on as from_on,
    coalesce(valid_to_on, date '9999-12-31') as to_on,
    sum(
      case
        when close_on > previous_close_on
          and (year(close_on) * 12 + month(close_on)) > (year(previous_close_on) * 12 + month(previous_close_on)) then 1
        else 0
      end
    ) over (partition by deal_key order by valid_from rows unbounded preceding) as n_pushes
  from dated

),

spoken as (

  select deal_key, spoken_on, lead(spoken_on, 1, date '9999-12-31') over (partition by deal_key order by spoken_on) as next_on
  from (
    select born.deal_key, {{ local_day('activity.happened_at') }} as spoken_on
    from {{ ref('stg_activity') }} as activity
    inner join born on born.deal_id = activity.deal_id
    cross join run
    where activity.happened_at < run.as_of_ends_at
    union
    select born.deal_key, {{ local_day('stg.last_activity_at') }} as spoken_on
    from {{ ref('stg_deal') }} as stg
    inner join born on born.deal_id = stg.deal_id
    cross join run
    where stg.last_activity_at < run.as_of_ends_at
  ) as day

),

first_spoken as (

  select born.deal_key, born.created_on, coalesce(min(spoken.spoken_on), date '9999-12-31') as first_on
  from born
  left join spoken on spoken.deal_key = born.deal_key
  group by born.deal_key, born.created_on

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

raw as (

  select deal_key, 'overdue' as flag, false as is_critical, greatest(from_on, close_on + 1) as from_on, least(to_on, close_on + 30) as to_on
  from open_span
  where close_on is not null
  union all
  select deal_key, 'overdue' as flag, true as is_critical, greatest(from_on, close_on + 30) as from_on, to_on
  from open_span
  where close_on is not null
  union all
  select
    deal_key, 'stale' as flag, false as is_critical,
    greatest(from_on, entered_on + cast(floor(p75_days) as integer) + 1) as from_on,
    least(to_on, entered_on + cast(floor(p90_days) as integer) + 1) as to_on
  from stay_limit
  where p75_days is not null
  union all
  select
    deal_key, 'stale' as flag, true as is_critical,
    greatest(from_on, entered_on + cast(floor(p90_days) as integer) + 1) as from_on,
    to_on
  from stay_limit
  where p90_days is not null
  union all
  select
    deal_key, 'stuck' as flag, false as is_critical,
    entered_on + day_limit + 1 as from_on,
    least(left_on, entered_on + greatest(2 * day_limit, day_limit + 1)) as to_on
  from day_limit
  union all
  select deal_key, 'stuck' as flag, true as is_critical, entered_on + greatest(2 * day_limit, day_limit + 1) as from_on, left_on as to_on
  from day_limit
  union all
  select deal_key, 'pushed' as flag, n_pushes >= 3 as is_critical, from_on, to_on
  from pushed
  where n_pushes >= 2
  union all
  select deal_key, 'inactive' as flag, false as is_critical, spoken_on + 15 as from_on, least(next_on, spoken_on + 30) as to_on
  from spoken
  union all
  select deal_key, 'inactive' as flag, true as is_critical, spoken_on + 30 as from_on, next_on as to_on
  from spoken
  union all
  select deal_key, 'never_followed_up' as flag, true as is_critical, created_on + 14 as from_on, first_on as to_on
  from first_spoken
  union all
  select deal_key, 'no_amount' as flag, true as is_critical, from_on, to_on
  from open_span
  where has_no_amount
  union all
  select deal_key, 'no_close_date' as flag, true as is_critical, from_on, to_on
  from open_span
  where close_on is null
  union all
  select deal_key, 'single_threaded' as flag, true as is_critical, asked_on as from_on, first_on as to_on
  from contacts
  union all
  select deal_key, 'single_threaded' as flag, false as is_critical, greatest(asked_on, first_on) as from_on, second_on as to_on
  from contacts

),

cut as (

  select
    raw.deal_key,
    raw.flag,
    raw.is_critical,
    greatest(raw.from_on, open_time.from_on, run.since_on) as from_on,
    least(raw.to_on, open_time.to_on) as to_on
  from raw
  inner join open_time on open_time.deal_key = raw.deal_key and open_time.from_on < raw.to_on and open_time.to_on > raw.from_on
  cross join run
  where raw.from_on < raw.to_on and raw.from_on <= run.as_of and raw.to_on > run.since_on

),

-- What goes on without a gap is one spell.
compared as (

  select
    *,
    case when from_on = lag(to_on) over (partition by deal_key, flag, is_critical order by from_on) then 0 else 1 end as is_new
  from cut
  where from_on < to_on

),

spell as (

  select
    *,
    sum(is_new) over (partition by deal_key, flag, is_critical order by from_on rows unbounded preceding) as nth
  from compared

)

select
  key.deal_id,
  spell.flag,
  case when spell.is_critical then 'critical' else 'warning' end as severity,
  min(spell.from_on) as from_on,
  max(spell.to_on) as to_on
from spell
inner join {{ ref('int_deal_key') }} as key on key.deal_key = spell.deal_key
inner join {{ ref('flag_rules') }} as rule on rule.flag = spell.flag
where rule.is_known and rule.is_dated
group by key.deal_id, spell.flag, spell.is_critical, spell.nth
