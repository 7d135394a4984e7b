with run as (

  select * from {{ workspace('run') }}

),

open_deal as (

  select
    deal.deal_id,
    deal.amount_base as open_amount,
    deal.close_on,
    deal.account_name,
    deal.next_step,
    deal.age_days,
    deal.stage_days,
    stage.day_limit,
    coalesce(own.p75_days, whole.p75_days) as p75_days,
    coalesce(own.p90_days, whole.p90_days) as p90_days,
    coalesce(push.n_pushes, 0) as n_pushes,
    activity.n_activities,
    contact.n_contacts,
    date_diff('day', {{ local_day('activity.last_activity_at') }}, run.as_of) as quiet_days,
    date_diff('day', deal.close_on, run.as_of) as overdue_days
  from {{ ref('int_deal') }} as deal
  cross join run
  inner join {{ ref('int_deal_activity') }} as activity on activity.deal_key = deal.deal_key
  inner join {{ ref('int_deal_contact') }} as contact on contact.deal_key = deal.deal_key
  left join {{ ref('int_deal_push') }} as push on push.deal_key = deal.deal_key
  left join {{ workspace('stage') }} as stage on stage.pipeline_id = deal.pipeline_id and stage.stage_id = deal.stage_id
  left join {{ ref('stage_norms') }} as own
    on own.pipeline_id = deal.pipeline_id and own.stage_id = deal.stage_id and own.segment = coalesce(deal.segment, '(none)')
  left join {{ ref('stage_norms') }} as whole
    on whole.pipeline_id = deal.pipeline_id and whole.stage_id = deal.stage_id and whole.segment = '(all)'
  where deal.outcome = 'open'

),

flagged as (

  select deal_id, 'overdue' as flag, overdue_days >= 30 as is_critical, overdue_days as measured, 0 as allowed, open_amount
  from open_deal
  where overdue_days > 0
  union all
  select deal_id, 'stale' as flag, stage_days > p90_days as is_critical, stage_days as measured, p75_days as allowed, open_amount
  from open_deal
  where stage_days > p75_days
  union all
  select deal_id, 'stuck' as flag, stage_days >= 2 * day_limit as is_critical, stage_days as measured, day_limit as allowed, open_amount
  from open_deal
  where stage_days > day_limit
  union all
  select deal_id, 'pushed' as flag, n_pushes >= 3 as is_critical, n_pushes as measured, 1 as allowed, open_amount
  from open_deal
  where n_pushes >= 2
  union all
  select deal_id, 'inactive' as flag, quiet_days >= 30 as is_critical, quiet_days as measured, 14 as allowed, open_amount
  from open_deal
  where quiet_days > 14
  union all
  select deal_id, 'never_followed_up' as flag, true as is_critical, age_days as measured, 14 as allowed, open_amount
  from open_deal
  where n_activities = 0 and age_days >= 14 and quiet_days is null
  union all
  select deal_id, 'no_next_step' as flag, false as is_critical, null as measured, null as allowed, open_amount
  from open_deal
  where coalesce(trim(next_step), '') = ''
  union all
  select deal_id, 'no_amount' as flag, true as is_critical, null as measured, null as allowed, open_amount
  from open_deal
  where open_amount is null
  union all
  select deal_id, 'no_close_date' as flag, true as is_critical, null as measured, null as allowed, open_amount
  from open_deal
  where close_on is null
  union all
  select deal_id, 'no_account' as flag, false as is_critical, null as measured, null as allowed, open_amount
  from open_deal
  where account_name is null
  union all
  select deal_id, 'single_threaded' as flag, n_contacts = 0 as is_critical, n_contacts as measured, 2 as allowed, open_amount
  from open_deal
  where n_contacts < 2 and age_days >= 14

)

select
  flagged.deal_id,
  flagged.flag,
  rule.label,
  case when flagged.is_critical then 'critical' else 'warning' end as severity,
  cast(flagged.measured as double) as measured,
  cast(flagged.allowed as double) as allowed,
  flagged.open_amount
from flagged
inner join {{ ref('flag_rules') }} as rule on rule.flag = flagged.flag
where rule.is_known
