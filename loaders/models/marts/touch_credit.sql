-- The weight of each touch in its deal under ten attribution models; each model's weights of a deal make 1.
-- Where a milestone has no touch (no lead is known) the model's other weights are scaled up to 1.
with journey as (

  select
    touch.*,
    coalesce(removal.removal_effect, 0) as removal_effect,
    count(*) over (partition by touch.deal_id, touch.channel) as n_of_channel,
    not (touch.is_first or touch.is_last) as is_between_ends,
    not (touch.is_first or touch.is_lead) as is_middle_u,
    not (touch.is_first or touch.is_lead or touch.is_deal) as is_middle_w,
    not (touch.is_first or touch.is_lead or touch.is_deal or touch.is_last) as is_middle_full,
    power(0.5, touch.days_before_end / nullif(half_life.half_life_days, 0)) as decay
  from {{ ref('int_journey') }} as touch
  cross join {{ ref('int_half_life') }} as half_life
  left join {{ ref('int_channel_removal') }} as removal on removal.channel = touch.channel

),

counted as (

  select
    *,
    count(*) filter (where n_of_channel > 0) over (partition by deal_id) as n,
    sum(1.0 / n_of_channel) over (partition by deal_id) as n_channels,
    count(*) filter (where is_between_ends) over (partition by deal_id) as n_between_ends,
    count(*) filter (where is_middle_u) over (partition by deal_id) as n_middle_u,
    count(*) filter (where is_middle_w) over (partition by deal_id) as n_middle_w,
    count(*) filter (where is_middle_full) over (partition by deal_id) as n_middle_full
  from journey

),

raw as (

  select
    *,
    case when n <= 2 then 1.0 else 0.4 * (is_first::integer + is_last::integer) + case when is_between_ends then 0.2 / n_between_ends else 0 end end
      as position_raw,
    0.4 * (is_first::integer + is_lead::integer) + case when is_middle_u then 0.2 / n_middle_u else 0 end as u_raw,
    0.3 * (is_first::integer + is_lead::integer + is_deal::integer) + case when is_middle_w then 0.1 / n_middle_w else 0 end as w_raw,
    0.225 * (is_first::integer + is_lead::integer + is_deal::integer + is_last::integer)
      + case when is_middle_full then 0.1 / n_middle_full else 0 end as full_raw,
    coalesce(decay, 1.0) as decay_raw,
    removal_effect / n_of_channel as markov_raw
  from counted

),

total as (

  select
    *,
    sum(position_raw) over deal as position_total,
    sum(u_raw) over deal as u_total,
    sum(w_raw) over deal as w_total,
    sum(full_raw) over deal as full_total,
    sum(decay_raw) over deal as decay_total,
    sum(markov_raw) over deal as markov_total
  from raw
  window deal as (partition by deal_id)

)

select
  touch_key,
  deal_id,
  campaign_id,
  channel,
  outcome,
  is_before_deal,
  is_first::integer::double as first_touch,
  is_last::integer::double as last_touch,
  1.0::double / n as linear,
  (u_raw / u_total)::double as u_shaped,
  (w_raw / w_total)::double as w_shaped,
  (full_raw / full_total)::double as full_path,
  (position_raw / position_total)::double as position_based,
  case when decay_total > 0 then decay_raw / decay_total else 1.0 / n end::double as time_decay,
  case when markov_total > 0 then markov_raw / markov_total else 1.0 / n_of_channel / n_channels end::double as markov,
  (1.0 / n_of_channel / n_channels)::double as shapley
from total
