-- Every deal has one class in a week and scope.
select
  scope,
  cast(week_on as varchar) as week_on,
  deal_id,
  count(distinct class) as n_classes
from {{ ref('deal_movement') }}
where line not in ('transferred_in', 'transferred_out')
group by scope, week_on, deal_id
having count(distinct class) <> 1
