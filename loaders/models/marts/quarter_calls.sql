-- What was said at the beginning of each finished quarter, and what came of it: deals due in it, and deals won in it that were not.
with run as (

  select * from {{ workspace('run') }}

),

quarter as (

  select distinct quarter_label, quarter_starts_on, quarter_ends_on
  from {{ workspace('fiscal_month') }}
  cross join run
  where
    quarter_ends_on <= run.as_of
    -- Before the log of close dates begins nobody knows what was said.
    and quarter_starts_on > (select min({{ local_day('close_at') }}) from {{ ref('int_log_start') }})

),

month as (

  select month.starts_on, quarter.quarter_label, quarter.quarter_starts_on, quarter.quarter_ends_on
  from {{ workspace('fiscal_month') }} as month
  inner join quarter on quarter.quarter_starts_on = month.quarter_starts_on

),

-- Which deals of which quarter are told: those due in it when it began, and those won in it.
told as (

  select span.deal_key, month.quarter_label, month.quarter_starts_on, month.quarter_ends_on
  from {{ ref('int_deal_span') }} as span
  cross join {{ ref('int_fixed_key') }} as fixed
  inner join month on month.starts_on = cast(date_trunc('month', span.close_on) as date)
  where
    span.outcome_key = fixed.open_key
    and not coalesce(span.is_deleted, false)
    and span.valid_from_on < month.quarter_starts_on
    and (span.valid_to_on is null or span.valid_to_on >= month.quarter_starts_on)
  union
  -- The day it was won, not those on which the won deal was edited.
  select stretch.deal_key, month.quarter_label, month.quarter_starts_on, month.quarter_ends_on
  from {{ ref('int_deal_stretch') }} as stretch
  inner join month on month.starts_on = cast(date_trunc('month', stretch.from_on) as date)
  where
    stretch.status = 2
    and stretch.to_on > month.quarter_ends_on

),

at_begin as (

  select told.quarter_label, span.*
  from told
  cross join {{ ref('int_fixed_key') }} as fixed
  inner join {{ ref('int_deal_span') }} as span
    on span.deal_key = told.deal_key
    and span.valid_from_on < told.quarter_starts_on
    and (span.valid_to_on is null or span.valid_to_on >= told.quarter_starts_on)
  where span.outcome_key = fixed.open_key and not coalesce(span.is_deleted, false)

),

at_end as (

  select
    told.quarter_label,
    told.quarter_starts_on,
    told.quarter_ends_on,
    outcome.value as outcome,
    span.deal_key,
    span.owner_key,
    span.is_deleted
  from told
  inner join {{ ref('int_deal_span') }} as span
    on span.deal_key = told.deal_key
    and span.valid_from_on <= told.quarter_ends_on
    and (span.valid_to_on is null or span.valid_to_on > told.quarter_ends_on)
  inner join {{ ref('int_value') }} as outcome on outcome.value_code = span.outcome_key

)

select
  key.deal_id,
  at_end.quarter_label,
  at_end.quarter_starts_on,
  coalesce(person.person_name, owner.value) as owner_then,
  coalesce(at_begin.close_on between at_end.quarter_starts_on and at_end.quarter_ends_on, false) as was_due,
  category.value as category_then,
  at_begin.amount as amount_then,
  case
    when coalesce(at_end.is_deleted, false) then 'deleted'
    when at_end.outcome = 'open' then 'slipped'
    else at_end.outcome
  end as result
from at_end
inner join {{ ref('int_deal_key') }} as key on key.deal_key = at_end.deal_key
left join at_begin on at_begin.deal_key = at_end.deal_key and at_begin.quarter_label = at_end.quarter_label
left join {{ ref('int_value') }} as owner on owner.value_code = coalesce(at_begin.owner_key, at_end.owner_key)
left join {{ ref('int_value') }} as category on category.value_code = at_begin.category_key
left join {{ ref('stg_person') }} as person on person.person_id = owner.value
