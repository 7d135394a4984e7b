-- Quotas in base currency, cut into the fiscal months they span, to the cent.
with run as (

  select * from {{ workspace('run') }}

),

quota as (

  select
    row_number() over (order by stg.starts_on, stg.person_id, stg.team) as quota_id,
    stg.person_id,
    coalesce(person.person_name, stg.person_id) as owner,
    coalesce(stg.team, person.team) as team,
    person.region,
    stg.starts_on,
    stg.ends_on,
    cast(round(stg.amount * fx.rate * 100) as bigint) as cents
  from {{ ref('stg_quota') }} as stg
  cross join run
  left join {{ ref('stg_person') }} as person on person.person_id = stg.person_id
  left join {{ ref('int_currency_day') }} as fx
    on fx.currency_code = coalesce(stg.currency_code, run.base_currency)
    and fx.needed_on = least(stg.starts_on, run.as_of)

),

months as (

  select
    quota.*,
    month.starts_on as month_on,
    month.month_label,
    month.quarter_label,
    month.quarter_starts_on,
    row_number() over (partition by quota.quota_id order by month.starts_on) as nth,
    count(*) over (partition by quota.quota_id) as n_months
  from quota
  inner join {{ workspace('fiscal_month') }} as month
    on month.starts_on <= quota.ends_on and month.ends_on >= quota.starts_on

)

select
  quota_id,
  person_id,
  owner,
  team,
  region,
  month_on,
  month_label,
  quarter_label,
  quarter_starts_on,
  cast((floor(cents::double * nth / n_months) - floor(cents::double * (nth - 1) / n_months)) / 100 as decimal(18, 2)) as quota_amount
from months
