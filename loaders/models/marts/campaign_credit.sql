-- What each campaign is credited with under each of ten models: whole deals (the part of the touched money) and within the
-- envelope (the part of marketing's share). Sums are rounded one after the other, so that campaigns add up to the deals
-- to the cent under every model. Sums of doubles are rounded before, for they depend on the order of their rows.
with deal as (

  select
    deal_id,
    (outcome = 'won')::integer::double as is_won,
    (outcome = 'open')::integer::double as is_open,
    case when outcome = 'won' then amount::double else 0 end as won_amount,
    case when outcome = 'won' then marketing_amount::double else 0 end as won_credit,
    case when outcome = 'open' then amount::double else 0 end as open_amount
  from {{ ref('deal_credit') }}
  where outcome in ('won', 'open')

),

summed as (

  select
    coalesce(touch.campaign_id, '(none)') as campaign_id,
    touch.channel,
    sum(first_touch * is_won) as first_touch_won_deals,
    sum(first_touch * won_amount) as first_touch_won_amount,
    sum(first_touch * won_credit) as first_touch_won_credit,
    sum(first_touch * is_open) as first_touch_open_deals,
    sum(first_touch * open_amount) as first_touch_open_amount,
    sum(last_touch * is_won) as last_touch_won_deals,
    sum(last_touch * won_amount) as last_touch_won_amount,
    sum(last_touch * won_credit) as last_touch_won_credit,
    sum(last_touch * is_open) as last_touch_open_deals,
    sum(last_touch * open_amount) as last_touch_open_amount,
    sum(linear * is_won) as linear_won_deals,
    sum(linear * won_amount) as linear_won_amount,
    sum(linear * won_credit) as linear_won_credit,
    sum(linear * is_open) as linear_open_deals,
    sum(linear * open_amount) as linear_open_amount,
    sum(u_shaped * is_won) as u_shaped_won_deals,
    sum(u_shaped * won_amount) as u_shaped_won_amount,
    sum(u_shaped * won_credit) as u_shaped_won_credit,
    sum(u_shaped * is_open) as u_shaped_open_deals,
    sum(u_shaped * open_amount) as u_shaped_open_amount,
    sum(w_shaped * is_won) as w_shaped_won_deals,
    sum(w_shaped * won_amount) as w_shaped_won_amount,
    sum(w_shaped * won_credit) as w_shaped_won_credit,
    sum(w_shaped * is_open) as w_shaped_open_deals,
    sum(w_shaped * open_amount) as w_shaped_open_amount,
    sum(full_path * is_won) as full_path_won_deals,
    sum(full_path * won_amount) as full_path_won_amount,
    sum(full_path * won_credit) as full_path_won_credit,
    sum(full_path * is_open) as full_path_open_deals,
    sum(full_path * open_amount) as full_path_open_amount,
    sum(position_based * is_won) as position_based_won_deals,
    sum(position_based * won_amount) as position_based_won_amount,
    sum(position_based * won_credit) as position_based_won_credit,
    sum(position_based * is_open) as position_based_open_deals,
    sum(position_based * open_amount) as position_based_open_amount,
    sum(time_decay * is_won) as time_decay_won_deals,
    sum(time_decay * won_amount) as time_decay_won_amount,
    sum(time_decay * won_credit) as time_decay_won_credit,
    sum(time_decay * is_open) as time_decay_open_deals,
    sum(time_decay * open_amount) as time_decay_open_amount,
    sum(markov * is_won) as markov_won_deals,
    sum(markov * won_amount) as markov_won_amount,
    sum(markov * won_credit) as markov_won_credit,
    sum(markov * is_open) as markov_open_deals,
    sum(markov * open_amount) as markov_open_amount,
    sum(shapley * is_won) as shapley_won_deals,
    sum(shapley * won_amount) as shapley_won_amount,
    sum(shapley * won_credit) as shapley_won_credit,
    sum(shapley * is_open) as shapley_open_deals,
    sum(shapley * open_amount) as shapley_open_amount
  from {{ ref('touch_credit') }} as touch
  inner join deal on deal.deal_id = touch.deal_id
  group by coalesce(touch.campaign_id, '(none)'), touch.channel

),

long as (

  select
    'first_touch' as model,
    campaign_id,
    channel,
    first_touch_won_deals as won_deals,
    first_touch_won_amount as won_amount,
    first_touch_won_credit as won_credit,
    first_touch_open_deals as open_deals,
    first_touch_open_amount as open_amount
  from summed
  union all
  select
    'last_touch' as model,
    campaign_id,
    channel,
    last_touch_won_deals as won_deals,
    last_touch_won_amount as won_amount,
    last_touch_won_credit as won_credit,
    last_touch_open_deals as open_deals,
    last_touch_open_amount as open_amount
  from summed
  union all
  select
    'linear' as model,
    campaign_id,
    channel,
    linear_won_deals as won_deals,
    linear_won_amount as won_amount,
    linear_won_credit as won_credit,
    linear_open_deals as open_deals,
    linear_open_amount as open_amount
  from summed
  union all
  select
    'u_shaped' as model,
    campaign_id,
    channel,
    u_shaped_won_deals as won_deals,
    u_shaped_won_amount as won_amount,
    u_shaped_won_credit as won_credit,
    u_shaped_open_deals as open_deals,
    u_shaped_open_amount as open_amount
  from summed
  union all
  select
    'w_shaped' as model,
    campaign_id,
    channel,
    w_shaped_won_deals as won_deals,
    w_shaped_won_amount as won_amount,
    w_shaped_won_credit as won_credit,
    w_shaped_open_deals as open_deals,
    w_shaped_open_amount as open_amount
  from summed
  union all
  select
    'full_path' as model,
    campaign_id,
    channel,
    full_path_won_deals as won_deals,
    full_path_won_amount as won_amount,
    full_path_won_credit as won_credit,
    full_path_open_deals as open_deals,
    full_path_open_amount as open_amount
  from summed
  union all
  select
    'position_based' as model,
    campaign_id,
    channel,
    position_based_won_deals as won_deals,
    position_based_won_amount as won_amount,
    position_based_won_credit as won_credit,
    position_based_open_deals as open_deals,
    position_based_open_amount as open_amount
  from summed
  union all
  select
    'time_decay' as model,
    campaign_id,
    channel,
    time_decay_won_deals as won_deals,
    time_decay_won_amount as won_amount,
    time_decay_won_credit as won_credit,
    time_decay_open_deals as open_deals,
    time_decay_open_amount as open_amount
  from summed
  union all
  select
    'markov' as model,
    campaign_id,
    channel,
    markov_won_deals as won_deals,
    markov_won_amount as won_amount,
    markov_won_credit as won_credit,
    markov_open_deals as open_deals,
    markov_open_amount as open_amount
  from summed
  union all
  select
    'shapley' as model,
    campaign_id,
    channel,
    shapley_won_deals as won_deals,
    shapley_won_amount as won_amount,
    shapley_won_credit as won_credit,
    shapley_open_deals as open_deals,
    shapley_open_amount as open_amount
  from summed

),

upto as (

  select
    *,
    round(sum(won_amount) over place, 6) as won_amount_upto,
    round(sum(won_credit) over place, 6) as won_credit_upto,
    round(sum(open_amount) over place, 6) as open_amount_upto
  from long
  window place as (partition by model order by campaign_id, channel rows between unbounded preceding and current row)

)

select
  model,
  campaign_id,
  channel,
  round(won_deals, 9) as won_deals,
  (won_amount_upto::decimal(18, 2) - coalesce(lag(won_amount_upto::decimal(18, 2)) over place, 0))::decimal(18, 2) as won_amount,
  (won_credit_upto::decimal(18, 2) - coalesce(lag(won_credit_upto::decimal(18, 2)) over place, 0))::decimal(18, 2) as won_credit,
  round(open_deals, 9) as open_deals,
  (open_amount_upto::decimal(18, 2) - coalesce(lag(open_amount_upto::decimal(18, 2)) over place, 0))::decimal(18, 2) as open_amount
from upto
window place as (partition by model order by campaign_id, channel)
