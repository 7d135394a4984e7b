-- The figures 14, 21 and 30 days and 2 and 3 pushes are field practice, not measured here.
with filled as (

  select
    count(next_step) > 0 as has_next_step,
    count(last_activity_at) > 0 as has_activity_date,
    count(close_on) > 0 as has_close_on,
    count(account_id) > 0 as has_account,
    count(amount) > 0 as has_amount
  from {{ ref('stg_deal') }}

),

known as (

  select
    filled.*,
    (select count(*) from {{ ref('stg_activity') }}) > 0 as has_activities,
    (select count(*) from {{ ref('stg_deal_contact') }}) > 0 as has_contacts,
    (select count(*) from {{ ref('stage_norms') }}) > 0 as has_norms,
    (select count(*) from {{ workspace('stage') }} where day_limit is not null) > 0 as has_limits,
    (select count(*) from {{ ref('int_deal_change') }} where field_number = 5) > 0 as has_close_log,
    (select count(*) from {{ ref('int_deal_change') }} where field_number = 1) > 0 as has_stage_log,
    (select count(*) from {{ ref('int_deal_change') }} where field_number = 3) > 0 as has_amount_log,
    (select count(since_at) from {{ ref('stg_deal_contact') }}) > 0 as has_contact_days
  from filled

)

select
  'overdue' as flag,
  1 as flag_order,
  'Close date has passed' as label,
  'Open with a close date before the as-of day; critical from 30 days on' as rule,
  'Agree a new close date with the customer, or close the deal' as repair,
  has_close_on as is_known,
  'The exports hold no close dates' as missing,
  has_close_log as is_dated,
  'The exports hold no history of close dates' as undated
from known
union all
select
  'stale', 2, 'Longer in its stage than deals that were won',
  'Days in the stage beyond three quarters (critical: nine in ten) of the stays there of deals that were won, in the segment where it has twenty of them',
  'Move it, name what it waits for, or close it', has_norms,
  'Too few deals with a stage history were won to say what is long',
  has_norms and has_stage_log, 'The exports hold no history of stages'
from known
union all
select
  'stuck', 3, 'Beyond the limit of its stage',
  'Days in the stage beyond the limit that is set for it; critical at twice the limit',
  'Move it, name what it waits for, or close it', has_limits,
  'workspace.yaml sets no day_limit for any stage',
  has_limits and has_stage_log, 'The exports hold no history of stages'
from known
union all
select
  'pushed', 4, 'Close date pushed again and again',
  'The close date moved to a later month twice; critical from three times on',
  'Ask what would have to be true for the date to hold', has_close_log,
  'The exports hold no history of close dates',
  has_close_log, 'The exports hold no history of close dates'
from known
union all
select
  'inactive', 5, 'No recent activity',
  'No activity in the last 14 days; critical from 30 days on',
  'Speak to the customer this week', has_activities or has_activity_date,
  'The exports hold no activities',
  has_activities, 'The exports hold no activities, only the newest date'
from known
union all
select
  'never_followed_up', 6, 'Never followed up',
  'Created at least 14 days ago, and no activity was ever logged; always critical',
  'Speak to the customer today, or hand the deal on', has_activities,
  'The exports hold no activities',
  has_activities, 'The exports hold no activities'
from known
union all
select
  'no_next_step', 7, 'No next step',
  'The next step is empty',
  'Write down what happens next, and when', has_next_step,
  'The exports hold no next steps',
  false, 'Next steps are known as they are today'
from known
union all
select
  'no_amount', 8, 'No amount',
  'The amount is empty; critical, for the deal counts for nothing',
  'Enter what it may be worth', has_amount,
  'The exports hold no amounts',
  has_amount and has_amount_log, 'The exports hold no history of amounts'
from known
union all
select
  'no_close_date', 9, 'No close date',
  'The close date is empty; critical, for the deal is in no forecast',
  'Enter when it may close', has_close_on,
  'The exports hold no close dates',
  has_close_log, 'The exports hold no history of close dates'
from known
union all
select
  'no_account', 10, 'No customer',
  'The deal belongs to no account',
  'Link it to its account', has_account,
  'The exports link no deal to an account',
  false, 'Customers are known as they are today'
from known
union all
select
  'single_threaded', 11, 'Only one person spoken to',
  'Open for at least 14 days with one contact of the customer, or none; critical when none',
  'Win a second sponsor, and name them on the deal', has_contacts,
  'The exports hold no contacts of deals',
  has_contacts and has_contact_days, 'The exports do not say since when a contact takes part'
from known
