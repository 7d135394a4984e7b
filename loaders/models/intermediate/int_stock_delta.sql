-- What enters and leaves the open pipeline from one week's end to the next, by the quarter it is due in: each stretch adds its
-- amount in the first week that ends in it and takes it away in the first that no longer does. All of it twice: by group of deals
-- (owner_key is null), and by owner (group_key is null; 0 is no owner). It knows nothing of classes, so that movements can be
-- checked against it.
with open_stretch as (

  select
    coalesce(stretch.owner_key, 0) as owner_key,
    alike.group_key,
    stretch.amount_base,
    stretch.to_on,
    day.week_number as from_week,
    month.quarter_starts_on as due_quarter_on
  from {{ ref('int_deal_stretch') }} as stretch
  inner join {{ ref('int_week_day') }} as day on day.day_on = stretch.from_on
  inner join {{ ref('int_deal_group') }} as alike on alike.deal_key = stretch.deal_key
  -- A fiscal month is a calendar month; to look a day up between its two ends would cost as much as all the rest.
  left join {{ workspace('fiscal_month') }} as month
    on month.starts_on = cast(date_trunc('month', stretch.due_on) as date)
  where stretch.status = 1

),

edge as (

  select owner_key, group_key, due_quarter_on, from_week as week_number, amount_base as amount, 1 as n
  from open_stretch
  union all
  select
    open_stretch.owner_key,
    open_stretch.group_key,
    open_stretch.due_quarter_on,
    day.week_number,
    -open_stretch.amount_base as amount,
    -1 as n
  from open_stretch
  inner join {{ ref('int_week_day') }} as day on day.day_on = open_stretch.to_on

)

select
  group_key,
  cast(null as integer) as owner_key,
  week_number,
  due_quarter_on,
  cast(sum(amount) as decimal(18, 2)) as amount,
  cast(sum(n) as bigint) as n
from edge
group by group_key, week_number, due_quarter_on
union all
select
  cast(null as integer) as group_key,
  owner_key,
  week_number,
  due_quarter_on,
  cast(sum(amount) as decimal(18, 2)) as amount,
  cast(sum(n) as bigint) as n
from edge
group by owner_key, week_number, due_quarter_on
