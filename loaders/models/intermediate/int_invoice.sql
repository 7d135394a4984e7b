-- Invoices up to the as-of day in base currency at the rate of their day; without a currency in that of their order.
select
  invoice.invoice_id,
  invoice.order_id,
  invoice.invoiced_on,
  {{ converted('invoice.amount', 'rate.rate') }} as amount
from {{ ref('stg_invoice') }} as invoice
cross join {{ workspace('run') }} as run
left join {{ ref('int_order_head') }} as head on head.order_id = invoice.order_id
left join {{ ref('int_order_day') }} as rate
  on rate.currency_code = coalesce(invoice.currency_code, head.currency_code, run.base_currency)
  and rate.needed_on = invoice.invoiced_on
where invoice.invoiced_on <= run.as_of
