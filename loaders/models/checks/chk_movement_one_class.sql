-- Every deal has one class in a week and scope.
select
  case scope when 1 then 'all' else 'quarter' end as scope,
  week_number,
  deal_key,
  min(class) as a_class,
  max(class) as another_class
from {{ ref('int_movement_line') }}
where line not in (5, 13)
group by scope, week_number, deal_key
having min(class) <> max(class)
