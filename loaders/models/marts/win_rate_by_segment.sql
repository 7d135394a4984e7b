-- Every slice the pages offer, in long form, over all closed deals.
with deals as (

  select
    owner,
    team,
    region,
    segment,
    industry,
    product,
    product_family,
    channel,
    deal_type,
    n_won,
    n_lost,
    won_amount,
    lost_amount,
    cycle_days
  from {{ ref('deals') }}
  where outcome <> 'open'

),

sliced as (

  select 'owner' as slice, owner as slice_value, n_won, n_lost, won_amount, lost_amount, cycle_days from deals
  union all
  select 'team', team, n_won, n_lost, won_amount, lost_amount, cycle_days from deals
  union all
  select 'region', region, n_won, n_lost, won_amount, lost_amount, cycle_days from deals
  union all
  select 'segment', segment, n_won, n_lost, won_amount, lost_amount, cycle_days from deals
  union all
  select 'industry', industry, n_won, n_lost, won_amount, lost_amount, cycle_days from deals
  union all
  select 'product', product, n_won, n_lost, won_amount, lost_amount, cycle_days from deals
  union all
  select 'product_family', product_family, n_won, n_lost, won_amount, lost_amount, cycle_days from deals
  union all
  select 'channel', channel, n_won, n_lost, won_amount, lost_amount, cycle_days from deals
  union all
  select 'deal_type', deal_type, n_won, n_lost, won_amount, lost_amount, cycle_days from deals

)

select
  slice,
  coalesce(slice_value, '(none)') as slice_value,
  sum(n_won)::integer as n_won,
  sum(n_lost)::integer as n_lost,
  sum(won_amount)::decimal(18, 2) as won_amount,
  sum(lost_amount)::decimal(18, 2) as lost_amount,
  sum(n_won)::double / nullif(sum(n_won) + sum(n_lost), 0) as win_rate,
  median(cycle_days) as median_cycle_days
from sliced
group by slice, coalesce(slice_value, '(none)')
order by slice, won_amount desc, slice_value
