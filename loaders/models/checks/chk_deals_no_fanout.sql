-- Every deal of the exports is in the mart, once.
select
  coalesce(source.deal_id, mart.deal_id) as deal_id,
  source.n as n_in_exports,
  mart.n as n_in_mart
from (select deal_id, count(*)::integer as n from {{ ref('stg_deal') }} group by deal_id) as source
full join (select deal_id, count(*)::integer as n from {{ ref('deals') }} group by deal_id) as mart
  on mart.deal_id = source.deal_id
where source.n is distinct from mart.n
