-- Who edited deals on which day, as the log of stages, amounts, close dates and categories tells. Edits of one person within
-- the same minute are together: a mass edit, or one deal after the other in a list.
with run as (

  select * from {{ workspace('run') }}

),

-- Each deal that a person edited within a minute, once: everything after counts rows, not distinct ids.
edit as (

  select
    change.actor_key,
    date_trunc('minute', change.happened_at) as edited_at,
    change.deal_key,
    max(
      case
        when change.field_number = 5 and change.old_code <> {{ empty }} and change.new_code <> {{ empty }} and change.new_code > change.old_code
          then 1
        else 0
      end
    ) as is_push
  from {{ ref('int_deal_change') }} as change
  cross join run
  where
    -- Stage, amount, close date, forecast category.
    change.field_number in (1, 3, 5, 7)
    and change.actor_key is not null
    -- A condition of each row, as in int_deal_span.
    and coalesce(change.happened_at < run.as_of_ends_at, false)
  group by change.actor_key, date_trunc('minute', change.happened_at), change.deal_key

),

-- Local days begin on whole minutes.
dated as (

  select
    edit.actor_key,
    case when edit.edited_at >= day.next_from then day.next_on else day.first_on end as edited_on,
    edit.edited_at,
    edit.deal_key,
    edit.is_push
  from edit
  left join {{ workspace('utc_day') }} as day on day.utc_on = cast(edit.edited_at as date)

),

most as (

  select actor_key, edited_on, max(n_deals) as n_together
  from (
    select actor_key, edited_on, edited_at, count(*) as n_deals from dated group by actor_key, edited_on, edited_at
  ) as minute
  group by actor_key, edited_on

),

whole as (

  select actor_key, edited_on, count(*) as n_deals, sum(is_push) as n_pushed
  from (
    select actor_key, edited_on, deal_key, max(is_push) as is_push from dated group by actor_key, edited_on, deal_key
  ) as deal
  group by actor_key, edited_on

),

-- A log names people by their own ID or, as HubSpot's, by their user's: "userId:12". Their own goes first: one person's
-- user may have the number that is another person's ID.
named as (

  select
    actor.actor_key,
    coalesce(min(case when known.is_own then known.person_name end), min(known.person_name)) as person_name
  from {{ ref('int_actor') }} as actor
  inner join (
    select person_id as word, person_name, true as is_own from {{ ref('stg_person') }}
    union all
    select user_id as word, person_name, false as is_own from {{ ref('stg_person') }}
    union all
    select 'userId:' || user_id as word, person_name, false as is_own from {{ ref('stg_person') }}
  ) as known on known.word = actor.actor_id
  group by actor.actor_key

)

select
  actor.actor_id,
  coalesce(named.person_name, actor.actor_id) as actor,
  whole.edited_on,
  cast(whole.n_deals as integer) as n_deals,
  cast(most.n_together as integer) as n_together,
  cast(whole.n_pushed as integer) as n_pushed,
  month.quarter_ends_on
from whole
inner join {{ ref('int_actor') }} as actor on actor.actor_key = whole.actor_key
inner join most on most.actor_key = whole.actor_key and most.edited_on = whole.edited_on
left join named on named.actor_key = whole.actor_key
left join {{ workspace('fiscal_month') }} as month
  on month.starts_on = cast(date_trunc('month', whole.edited_on) as date)
