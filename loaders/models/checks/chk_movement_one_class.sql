-- Every deal has one class in a week and scope.
select
  scope,
  cast(week_on as varchar) as week_on,
  deal_key,
  min(class) as a_class,
  max(class) as another_class
from {{ ref('int_movement_line') }}
where line not in ('transferred_in', 'transferred_out')
group by scope, week_on, deal_key
having min(class) <> max(class)
