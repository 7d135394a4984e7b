-- The weight of each touch in its deal under ten attribution models; each model's weights of a deal make 1.
-- Where a milestone has no touch (no lead is known) the model's other weights are scaled up to 1, and so is what would go to
-- touches between when there are none.
with journey as (

  select
    touch.touch_key,
    touch.deal_number,
    touch.deal_id,
    touch.campaign_id,
    touch.channel,
    touch.outcome,
    touch.is_before_deal,
    touch.n_touches as n,
    coalesce(removal.removal_effect, 0) as removal_effect,
    case when half_life.half_life_days > 0 then power(0.5, touch.days_before_end / half_life.half_life_days) else 1.0 end as decay,
    cast(touch.nth = 1 as integer) as is_first,
    cast(touch.nth = touch.n_touches as integer) as is_last,
    coalesce(cast(touch.nth = touch.lead_nth as integer), 0) as is_lead,
    cast(touch.nth = touch.deal_nth as integer) as is_deal,
    cast(touch.lead_nth is not null as integer) as has_lead,
    touch.n_touches - 1 - coalesce(cast(touch.lead_nth > 1 as integer), 0) as n_middle_u,
    touch.n_touches - 1 - coalesce(cast(touch.lead_nth > 1 as integer), 0)
      - cast(touch.deal_nth > 1 and touch.deal_nth is distinct from touch.lead_nth as integer) as n_middle_w,
    touch.n_touches - 1 - coalesce(cast(touch.lead_nth > 1 as integer), 0)
      - cast(touch.deal_nth > 1 and touch.deal_nth is distinct from touch.lead_nth as integer)
      - cast(touch.n_touches > 1 and touch.n_touches <> touch.deal_nth and touch.n_touches is distinct from touch.lead_nth as integer)
      as n_middle_full
  from {{ ref('int_journey') }} as touch
  cross join {{ ref('int_half_life') }} as half_life
  left join {{ ref('int_channel_removal') }} as removal on removal.channel = touch.channel

),

counted as (

  select
    *,
    count(*) over (partition by deal_number, channel) as n_of_channel
  from journey

),

total as (

  select
    *,
    sum(decay) over deal as decay_total,
    sum(cast(1.0 as double) / n_of_channel) over deal as n_channels,
    sum(removal_effect / n_of_channel) over deal as removal_total
  from counted
  window deal as (partition by deal_number)

)

select
  touch_key,
  deal_id,
  campaign_id,
  channel,
  outcome,
  is_before_deal,
  cast(is_first as double) as first_touch,
  cast(is_last as double) as last_touch,
  cast(1.0 as double) / n as linear,
  (cast(0.4 as double) * (is_first + is_lead) + case when is_first + is_lead = 0 then cast(0.2 as double) / n_middle_u else 0 end)
    / (cast(0.4 as double) * (1 + has_lead) + case when n_middle_u > 0 then cast(0.2 as double) else 0 end) as u_shaped,
  (cast(0.3 as double) * (is_first + is_lead + is_deal) + case when is_first + is_lead + is_deal = 0 then cast(0.1 as double) / n_middle_w else 0 end)
    / (cast(0.3 as double) * (2 + has_lead) + case when n_middle_w > 0 then cast(0.1 as double) else 0 end) as w_shaped,
  (cast(0.225 as double) * (is_first + is_lead + is_deal + is_last)
    + case when is_first + is_lead + is_deal + is_last = 0 then cast(0.1 as double) / n_middle_full else 0 end)
    / (cast(0.225 as double) * (3 + has_lead) + case when n_middle_full > 0 then cast(0.1 as double) else 0 end) as full_path,
  case
    when n <= 2 then cast(1.0 as double) / n
    else cast(0.4 as double) * (is_first + is_last) + case when is_first + is_last = 0 then cast(0.2 as double) / (n - 2) else 0 end
  end as position_based,
  -- Sums of doubles depend on the order of their rows; twelve decimals of a share do not.
  case when decay_total > 0 then floor(1e12 * decay / decay_total + 0.5) / 1e12 else cast(1.0 as double) / n end as time_decay,
  case
    when removal_total > 0 then floor(1e12 * removal_effect / n_of_channel / removal_total + 0.5) / 1e12
    else floor(1e12 * cast(1.0 as double) / n_of_channel / n_channels + 0.5) / 1e12
  end as markov,
  floor(1e12 * cast(1.0 as double) / n_of_channel / n_channels + 0.5) / 1e12 as shapley
from total
