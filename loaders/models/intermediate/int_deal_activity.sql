-- materialized: view
-- The last activity of each open deal on the as-of day: of the activities, or the record's own date where that is later.
with run as (

  select * from {{ workspace('run') }}

),

logged as (

  select
    deal.deal_key,
    count(*) as n_activities,
    max(activity.happened_at) as last_at
  from {{ ref('stg_activity') }} as activity
  cross join run
  inner join {{ ref('int_deal') }} as deal on deal.deal_id = activity.deal_id and deal.outcome = 'open'
  where activity.happened_at < run.as_of_ends_at
  group by deal.deal_key

)

select
  deal.deal_key,
  coalesce(logged.n_activities, 0) as n_activities,
  case
    when logged.last_at is null or deal.last_activity_at > logged.last_at then deal.last_activity_at
    else logged.last_at
  end as last_activity_at
from {{ ref('int_deal') }} as deal
left join logged on logged.deal_key = deal.deal_key
where deal.outcome = 'open'
