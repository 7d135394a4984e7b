-- One row per deal with everything decided about it: outcome, amount in base currency, owner, region, channel.
with run as (

  select * from {{ workspace('run') }}

),

deal as (

  select
    stg.*,
    coalesce(stg.outcome, stage.kind) as decided_outcome,
    stage.stage_name,
    stage.stage_order,
    stage.probability as stage_probability,
    stage.forecast_category as stage_category,
    stage.day_limit,
    cast(stg.created_at as date) as created_on,
    cast(stg.closed_at as date) as closed_on
  from {{ ref('stg_deal') }} as stg
  left join {{ workspace('stage') }} as stage
    on stage.pipeline_id = stg.pipeline_id and stage.stage_id = stg.stage_id

),

any_partner as (

  select count(*) > 0 as is_known from {{ ref('stg_deal_partner') }}

),

priced as (

  select
    deal.*,
    product.product_name,
    product.family as product_family,
    coalesce(product.n_lines, 0) as n_lines,
    case
      when deal.amount is not null then deal.amount
      when run.missing_amount = 'list_price' and deal.decided_outcome = 'open' then product.list_amount
    end as counted_amount,
    deal.amount is null
      and run.missing_amount = 'list_price'
      and deal.decided_outcome = 'open'
      and product.list_amount is not null as is_amount_assumed,
    coalesce(deal.currency_code, run.base_currency) as deal_currency,
    case
      when deal.decided_outcome = 'open' then run.as_of
      else least(coalesce(deal.closed_on, run.as_of), run.as_of)
    end as rate_needed_on
  from deal
  cross join run
  left join {{ ref('int_deal_product') }} as product on product.deal_id = deal.deal_id

)

select
  priced.deal_id,
  priced.deal_name,
  priced.account_id,
  account.account_name,
  priced.owner_id,
  coalesce(owner.person_name, priced.owner_id) as owner,
  owner.team,
  case run.region_from when 'owner' then owner.region else account.region end as region,
  account.segment,
  account.industry,
  account.country,
  priced.pipeline_id,
  pipeline.pipeline_name as pipeline,
  priced.stage_id,
  priced.stage_name as stage,
  priced.stage_order,
  priced.stage_probability,
  priced.day_limit,
  priced.decided_outcome as outcome,
  priced.deal_type,
  coalesce(priced.forecast_category, priced.stage_category) as forecast_category,
  priced.lead_source,
  priced.campaign_id,
  priced.next_step,
  priced.loss_reason,
  priced.product_name as product,
  priced.product_family,
  priced.n_lines,
  case when not any_partner.is_known then null when partner.deal_id is null then 'Direct' else 'Partner' end as channel,
  partner.partner_name as partner,
  partner.role as partner_role,
  priced.counted_amount as amount_deal_currency,
  priced.deal_currency as currency_code,
  fx.rate as fx_rate,
  cast(priced.counted_amount * fx.rate as decimal(18, 2)) as amount_base,
  priced.is_amount_assumed,
  priced.created_at,
  priced.created_on,
  priced.closed_at,
  priced.closed_on,
  priced.close_on,
  priced.last_activity_at,
  {{ custom('deal', 'priced') }}
  priced.source_file
from priced
cross join run
cross join any_partner
left join {{ workspace('pipeline') }} as pipeline on pipeline.pipeline_id = priced.pipeline_id
left join {{ ref('stg_account') }} as account on account.account_id = priced.account_id
left join {{ ref('stg_person') }} as owner on owner.person_id = priced.owner_id
left join {{ ref('int_deal_partner') }} as partner on partner.deal_id = priced.deal_id
left join {{ ref('int_currency_day') }} as fx
  on fx.currency_code = priced.deal_currency and fx.needed_on = priced.rate_needed_on
