-- One row per lead: where it came from, and the days on which it became a deal, the deal was qualified (reached its second
-- stage, or was won) and was won or lost, as far as the as-of day knows. Several leads may become one deal: its money is told once, at the
-- first of them.
with run as (

  select * from {{ workspace('run') }}

),

first_touch as (

  select
    lead_id,
    campaign_id,
    channel
  from {{ ref('int_touch') }}
  where lead_id is not null and standing <> 'after the as-of day'
  qualify row_number() over (partition by lead_id order by touched_at, touch_key) = 1

),

qualified as (

  select
    passage.deal_key,
    min({{ local_day('passage.entered_at') }}) as qualified_on
  from {{ ref('int_stage_passage') }} as passage
  inner join {{ ref('int_stage_key') }} as stage
    on stage.pipeline_key = passage.pipeline_key and stage.stage_key = passage.stage_key
  where (stage.kind = 'open' and stage.stage_order >= 2) or stage.kind = 'won'
  group by passage.deal_key

)

select
  lead.lead_id,
  coalesce(lead.lead_source, 'unknown') as lead_source,
  coalesce(lead.campaign_id, first_touch.campaign_id) as campaign_id,
  coalesce(first_touch.channel, 'none') as channel,
  {{ local_day('lead.created_at') }} as created_on,
  case
    when deal.deal_id is not null then greatest(coalesce({{ local_day('lead.converted_at') }}, deal.created_on), {{ local_day('lead.created_at') }})
    when lead.converted_at < run.as_of_ends_at then {{ local_day('lead.converted_at') }}
  end as converted_on,
  deal.deal_id,
  qualified.qualified_on,
  case when deal.outcome = 'won' then deal.closed_on end as won_on,
  case when deal.outcome = 'lost' then deal.closed_on end as lost_on,
  case
    when deal.outcome = 'won' and row_number() over (partition by deal.deal_id order by lead.created_at, lead.lead_id) = 1
      then coalesce(deal.amount_base, 0)
    else 0
  end::decimal(18, 2) as won_amount
from {{ ref('stg_lead') }} as lead
cross join run
left join {{ ref('int_deal') }} as deal on deal.deal_id = lead.deal_id
left join first_touch on first_touch.lead_id = lead.lead_id
left join qualified on qualified.deal_key = deal.deal_key
-- A condition of each row, as in int_deal_span.
where coalesce(lead.created_at < run.as_of_ends_at, false)
