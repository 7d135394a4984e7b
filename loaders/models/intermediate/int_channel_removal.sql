-- The removal effect of each channel: one less the chance to win without it over the chance with all, in the first-order
-- chain of int_channel_step; steps that go to a removed channel lead to nothing. The chain is squared ten times, so the chance
-- is that of a win within 1,024 steps. Sums of doubles depend on the order of their rows, which no query promises: twelve decimals
-- are the same in every build.
with recursive step as (

  select
    came_from,
    goes_to,
    n / sum(n) over (partition by came_from) as p
  from {{ ref('int_channel_step') }}

),

scenario as (

  select '(none)' as removed
  union all
  select distinct goes_to from step where goes_to not in ('(won)', '(nothing)')

),

chain as (

  select
    scenario.removed,
    step.came_from,
    step.goes_to,
    step.p,
    0 as n_squared
  from scenario
  cross join step
  where step.came_from <> scenario.removed and step.goes_to not in (scenario.removed, '(nothing)')
  union all
  select removed, '(won)', '(won)', 1.0::double, 0 from scenario
  union all
  select
    former.removed,
    former.came_from,
    latter.goes_to,
    sum(former.p * latter.p),
    max(former.n_squared) + 1
  from chain as former
  inner join chain as latter on latter.removed = former.removed and latter.came_from = former.goes_to
  where former.n_squared < 10
  group by former.removed, former.came_from, latter.goes_to

),

reached as (

  select removed, round(p, 12) as p_won from chain where n_squared = 10 and came_from = '(start)' and goes_to = '(won)'

),

final as (

  select
    scenario.removed,
    coalesce(reached.p_won, 0) as p_won
  from scenario
  left join reached on reached.removed = scenario.removed

)

select
  final.removed as channel,
  final.p_won as p_won_without,
  base.p_won as p_won_all,
  case when base.p_won > 0 then round(greatest(1 - final.p_won / base.p_won, 0), 12) end as removal_effect
from final
cross join (select p_won from final where removed = '(none)') as base
where final.removed <> '(none)'
