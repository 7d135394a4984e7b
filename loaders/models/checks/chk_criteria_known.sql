-- Every entry and exit rule asks about a field of the deal.
select
  criterion.pipeline_id,
  criterion.stage_id,
  criterion.field
from {{ workspace('criterion') }} as criterion
left join {{ workspace('custom_attribute') }} as custom
  on custom.table_name = 'deal' and custom.name = criterion.field
where
  custom.name is null
  and criterion.field not in (
    'name', 'account_id', 'owner_id', 'pipeline_id', 'stage_id', 'amount', 'currency', 'recurring_amount', 'term_months',
    'close_on', 'created_at', 'closed_at', 'outcome', 'deal_type', 'forecast_category', 'lead_source', 'campaign_id',
    'next_step', 'last_activity_at', 'loss_reason', 'is_deleted'
  )
