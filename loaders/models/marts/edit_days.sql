-- Who edited deals on which day, as the log of stages, amounts, close dates and categories tells. Edits of one person within
-- the same minute are together: a mass edit, or one deal after the other in a list.
with run as (

  select * from {{ workspace('run') }}

),

-- Each deal that a person edited within a minute, once: everything after counts rows, not distinct ids.
edit as (

  select
    event.actor_id,
    case when event.happened_at >= day.next_from then day.next_on else day.first_on end as edited_on,
    date_trunc('minute', event.happened_at) as edited_at,
    key.deal_key,
    max(case when event.field = 'close_on' and left(event.new_value, 10) > left(event.old_value, 10) then 1 else 0 end) as is_push
  from {{ ref('stg_deal_event') }} as event
  cross join run
  inner join {{ ref('int_deal_key') }} as key on key.deal_id = event.deal_id
  left join {{ workspace('utc_day') }} as day on day.utc_on = cast(event.happened_at as date)
  where
    event.field in ('stage_id', 'amount', 'close_on', 'forecast_category')
    and event.actor_id is not null
    and event.happened_at < run.as_of_ends_at
    and not event.is_assumed
  group by
    event.actor_id,
    case when event.happened_at >= day.next_from then day.next_on else day.first_on end,
    date_trunc('minute', event.happened_at),
    key.deal_key

),

most as (

  select actor_id, edited_on, max(n_deals) as n_together
  from (
    select actor_id, edited_on, edited_at, count(*) as n_deals from edit group by actor_id, edited_on, edited_at
  ) as minute
  group by actor_id, edited_on

),

whole as (

  select actor_id, edited_on, count(*) as n_deals, sum(is_push) as n_pushed
  from (
    select actor_id, edited_on, deal_key, max(is_push) as is_push from edit group by actor_id, edited_on, deal_key
  ) as deal
  group by actor_id, edited_on

)

select
  whole.actor_id,
  coalesce(person.person_name, whole.actor_id) as actor,
  whole.edited_on,
  cast(whole.n_deals as integer) as n_deals,
  cast(most.n_together as integer) as n_together,
  cast(whole.n_pushed as integer) as n_pushed,
  month.quarter_ends_on
from whole
inner join most on most.actor_id = whole.actor_id and most.edited_on = whole.edited_on
left join {{ ref('stg_person') }} as person on person.person_id = whole.actor_id
left join {{ workspace('fiscal_month') }} as month on whole.edited_on between month.starts_on and month.ends_on
