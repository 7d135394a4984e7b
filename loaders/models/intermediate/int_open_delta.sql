-- What enters and leaves the open pipeline each day, by the state it is in: each span adds its amount on the first day that
-- ends in it and takes it away on the first day that no longer does. A span is cut where the rate to base currency changes,
-- so that every piece has one amount, rounded once, and the days add up to their deals to the cent.
with run as (

  select * from {{ workspace('run') }}

),

any_partner as (

  select count(*) > 0 as is_known from {{ ref('stg_deal_partner') }}

),

open_span as (

  select
    deal_key,
    pipeline_key,
    stage_key,
    amount,
    currency_key,
    valid_from_on,
    coalesce(valid_to_on, date '9999-12-31') as valid_to_on,
    is_amount_assumed
  from {{ ref('int_deal_span') }}
  where
    -- A condition of each row, as in int_deal_span.
    coalesce(outcome_key = (select open_key from {{ ref('int_fixed_key') }}), false)
    and not is_deleted
    and (valid_to_on is null or valid_to_on > valid_from_on)

),

-- What a deal is besides its state, one row per deal.
deal as (

  select
    key.deal_key,
    case when not any_partner.is_known then null when partner.deal_id is null then 'Direct' else 'Partner' end as channel,
    case when run.missing_amount = 'list_price' then product.list_amount end as list_amount
  from {{ ref('int_deal_key') }} as key
  cross join run
  cross join any_partner
  left join {{ ref('int_deal_partner') }} as partner on partner.deal_id = key.deal_id
  left join {{ ref('int_deal_product') }} as product on product.deal_key = key.deal_key

),

fx as (

  select
    currency.value_code as currency_key,
    fx.from_on,
    fx.to_on,
    fx.rate
  from {{ ref('int_fx_period') }} as fx
  inner join {{ ref('int_value') }} as currency on currency.value = fx.currency_code

),

piece as (

  select
    open_span.pipeline_key,
    open_span.stage_key,
    deal.channel,
    case when open_span.valid_from_on > fx.from_on then open_span.valid_from_on else fx.from_on end as from_on,
    case when open_span.valid_to_on < fx.to_on then open_span.valid_to_on else fx.to_on end as to_on,
    {{ converted('coalesce(open_span.amount, deal.list_amount, 0)', 'fx.rate') }} as amount_base,
    open_span.is_amount_assumed or open_span.amount is null as is_assumed,
    open_span.amount is null and deal.list_amount is null as is_without_amount
  from open_span
  inner join deal on deal.deal_key = open_span.deal_key
  inner join fx
    on fx.currency_key = open_span.currency_key
    and fx.from_on < open_span.valid_to_on
    and fx.to_on > open_span.valid_from_on

),

delta as (

  select
    from_on as day_on,
    pipeline_key,
    stage_key,
    channel,
    count(*) as n_deals,
    sum(amount_base) as amount,
    sum(case when is_assumed then amount_base else 0 end) as assumed_amount,
    sum(case when is_without_amount then 1 else 0 end) as n_without_amount
  from piece
  group by from_on, pipeline_key, stage_key, channel
  union all
  select
    to_on as day_on,
    pipeline_key,
    stage_key,
    channel,
    -count(*) as n_deals,
    -sum(amount_base) as amount,
    -sum(case when is_assumed then amount_base else 0 end) as assumed_amount,
    -sum(case when is_without_amount then 1 else 0 end) as n_without_amount
  from piece
  group by to_on, pipeline_key, stage_key, channel

)

select
  delta.day_on,
  pipeline.value as pipeline_id,
  stage.value as stage_id,
  delta.channel,
  cast(sum(delta.n_deals) as bigint) as n_deals,
  cast(sum(delta.amount) as decimal(18, 2)) as amount,
  cast(sum(delta.assumed_amount) as decimal(18, 2)) as assumed_amount,
  cast(sum(delta.n_without_amount) as bigint) as n_without_amount
from delta
cross join run
left join {{ ref('int_value') }} as pipeline on pipeline.value_code = delta.pipeline_key
left join {{ ref('int_value') }} as stage on stage.value_code = delta.stage_key
where delta.day_on <= run.as_of
group by delta.day_on, pipeline.value, stage.value, delta.channel
