-- Marketing records that need a look: what is wrong, which, what they are worth and what was done with them. None is dropped
-- in silence.
select
  'touch after the deal closed' as doubt,
  touch.touch_key as record,
  coalesce(touch.campaign_id, '(none)') as campaign_id,
  deal.amount_base::decimal(18, 2) as amount,
  'not credited' as treatment
from {{ ref('int_touch') }} as touch
inner join {{ ref('int_deal') }} as deal on deal.deal_id = touch.deal_id
where touch.standing = 'after the deal closed'
union all
select 'touch after the as-of day', touch_key, coalesce(campaign_id, '(none)'), null, 'not counted'
from {{ ref('int_touch') }}
where standing = 'after the as-of day'
union all
select 'touch before its campaign began', touch.touch_key, touch.campaign_id, null, 'counted'
from {{ ref('int_touch') }} as touch
inner join {{ ref('int_campaign') }} as campaign on campaign.campaign_id = touch.campaign_id
where {{ local_day('touch.touched_at') }} < campaign.starts_on and not touch.is_implied
union all
select 'touch of an unknown campaign', touch.touch_key, coalesce(touch.campaign_id, '(none)'), deal.amount_base::decimal(18, 2),
  'counted under its own id and channel'
from {{ ref('int_touch') }} as touch
left join {{ ref('int_deal') }} as deal on deal.deal_id = touch.deal_id
where not touch.is_campaign_known
union all
select 'negative spend', source_file || ':' || source_record, campaign_id, cost::decimal(18, 2), 'subtracted, as a credit note'
from {{ ref('int_campaign_cost') }}
where cost < 0
union all
select 'negative cost', stg.source_file || ':' || stg.campaign_id, stg.campaign_id, campaign.stated_cost, 'subtracted, as a credit note'
from {{ ref('stg_campaign') }} as stg
inner join {{ ref('int_campaign') }} as campaign on campaign.campaign_id = stg.campaign_id
where stg.cost < 0
union all
select 'spend after the as-of day', cost.source_file || ':' || cost.source_record, cost.campaign_id, cost.cost::decimal(18, 2), 'not counted'
from {{ ref('int_campaign_cost') }} as cost
cross join {{ workspace('run') }} as run
where cost.spent_on > run.as_of
union all
select 'spend of an unknown campaign', campaign_id, campaign_id, cost_to_date, 'counted under its id, channel unknown'
from {{ ref('int_campaign') }}
where not is_in_crm
union all
select 'campaign without dates', campaign_id, campaign_id, cost_to_date, 'its whole cost counts; it has no cohort'
from {{ ref('int_campaign') }}
where starts_on is null or ends_on is null
union all
select 'campaign ends before it starts', campaign_id, campaign_id, cost_to_date, 'its whole cost counts'
from {{ ref('int_campaign') }}
where ends_on < starts_on
union all
select 'campaign without a cost', campaign_id, campaign_id, null, 'no return is computed for it'
from {{ ref('int_campaign') }}
where cost_to_date is null
union all
select 'deal without an amount in base currency', deal.deal_id, min(touch.campaign_id), null, 'counted as a deal, worth nothing'
from {{ ref('int_journey') }} as touch
inner join {{ ref('int_deal') }} as deal on deal.deal_id = touch.deal_id
where deal.amount_base is null
group by deal.deal_id
union all
select 'deal without a currency', deal.deal_id, min(touch.campaign_id), deal.amount_base::decimal(18, 2), 'taken in base currency'
from {{ ref('int_journey') }} as touch
inner join {{ ref('int_deal') }} as deal on deal.deal_id = touch.deal_id
inner join {{ ref('stg_deal') }} as stg on stg.deal_id = deal.deal_id
where stg.currency_code is null and stg.amount is not null and exists (select 1 from {{ ref('stg_deal') }} where currency_code is not null)
group by deal.deal_id, deal.amount_base
