-- The lines of the waterfall that each deal puts into a week, narrow: what int_week_movement says, one row per deal, week, scope and line.
-- A deal's week can say up to five things; they are taken apart in one pass, for to ask five times is to work it out five times.
with part as (

  select 'entry' as part
  union all
  select 'change' as part
  union all
  select 'transferred_out' as part
  union all
  select 'transferred_in' as part
  union all
  select 'exit' as part

),

-- An owner's change takes the deal out of one hand and puts it into another: in the sum over all owners the two cancel.
every_line as (

  select
    moved.scope,
    moved.week_number,
    moved.week_on,
    moved.deal_key,
    moved.class,
    case part.part
      when 'entry' then moved.entry
      when 'change' then moved.change
      when 'exit' then moved.exit
      else case when moved.is_transferred then part.part end
    end as line,
    case
      when part.part in ('entry', 'transferred_in') then moved.to_owner_key
      when part.part in ('change', 'transferred_out') then moved.from_owner_key
      when moved.is_transferred or moved.entry is not null then moved.to_owner_key
      else moved.from_owner_key
    end as owner_key,
    case
      when part.part in ('entry', 'transferred_in') then moved.to_amount
      when part.part = 'change' then moved.change_amount
      else -moved.to_amount
    end as amount
  from {{ ref('int_week_movement') }} as moved
  cross join part

),

line as (

  select * from every_line where line is not null

)

select
  line.scope,
  line.week_number,
  line.week_on,
  line.deal_key,
  line.owner_key,
  line.line,
  coalesce(line.class, line.line) as class,
  cast(line.amount as decimal(18, 2)) as amount,
  case line.line
    when 'new' then 1
    when 'reopened' then 1
    when 'pulled_in' then 1
    when 'pushed_in' then 1
    when 'transferred_in' then 1
    when 'increased' then 0
    when 'decreased' then 0
    when 'revalued' then 0
    else -1
  end as n_change
from line
