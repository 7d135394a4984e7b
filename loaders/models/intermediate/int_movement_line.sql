-- The lines of the waterfall that each deal puts into a week, narrow: what int_week_movement says, one row per deal, week, scope and line,
-- by the numbers of int_line_name. A deal's week can say up to five things; they are taken apart in one pass, for to ask five times is
-- to work it out five times.
with part as (

  select 1 as part
  union all
  select 2 as part
  union all
  select 3 as part
  union all
  select 4 as part
  union all
  select 5 as part

),

-- An owner's change takes the deal out of one hand and puts it into another: in the sum over all owners the two cancel. The parts are
-- entry, change, transferred out, transferred in, and exit.
every_line as (

  select
    moved.scope,
    moved.week_number,
    moved.week_on,
    moved.deal_key,
    coalesce(moved.exit, moved.entry, moved.change) as class,
    cast(
      case part.part
        when 1 then moved.entry
        when 2 then moved.change
        when 3 then case when moved.is_transferred then 13 end
        when 4 then case when moved.is_transferred then 5 end
        else moved.exit
      end as tinyint
    ) as line,
    case
      when part.part in (1, 4) then moved.to_owner_key
      when part.part in (2, 3) then moved.from_owner_key
      when moved.is_transferred or moved.entry is not null then moved.to_owner_key
      else moved.from_owner_key
    end as owner_key,
    case
      when part.part in (1, 4) then moved.to_amount
      when part.part = 2 then moved.change_amount
      else -moved.to_amount
    end as amount
  from {{ ref('int_week_movement') }} as moved
  cross join part

)

select
  scope,
  week_number,
  week_on,
  deal_key,
  owner_key,
  line,
  coalesce(class, line) as class,
  cast(amount as decimal(18, 2)) as amount,
  case when line <= 5 then 1 when line <= 8 then 0 else -1 end as n_change
from every_line
where line is not null
