-- Every deal of the exports is in the mart once, unless it was not yet created or already deleted on the as-of day.
with run as (

  select * from {{ workspace('run') }}

),

state as (

  select key.deal_id, span.is_deleted
  from {{ ref('int_deal_span') }} as span
  inner join {{ ref('int_deal_key') }} as key on key.deal_key = span.deal_key
  where span.valid_to is null

),

expected as (

  select stg.deal_id, count(*) as n
  from {{ ref('stg_deal') }} as stg
  cross join run
  left join state on state.deal_id = stg.deal_id
  where
    not coalesce(state.is_deleted, false)
    and (state.deal_id is not null or run.as_of >= run.newest_on)
  group by stg.deal_id

),

shown as (

  select deal_id, count(*) as n from {{ ref('deals') }} group by deal_id

)

select
  coalesce(expected.deal_id, shown.deal_id) as deal_id,
  cast(expected.n as integer) as n_expected,
  cast(shown.n as integer) as n_in_mart
from expected
full join shown on shown.deal_id = expected.deal_id
left join {{ ref('stg_deal') }} as stg on stg.deal_id = shown.deal_id
where coalesce(expected.n, 0) <> coalesce(shown.n, 0) and (expected.deal_id is not null or stg.deal_id is not null)
