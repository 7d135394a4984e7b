-- The lines of the waterfall, its two scopes and the statuses of deals, by the numbers that movements and stretches of deals carry.
select 'line' as kind, 1 as number, 'new' as name
union all
select 'line', 2, 'reopened'
union all
select 'line', 3, 'pulled_in'
union all
select 'line', 4, 'pushed_in'
union all
select 'line', 5, 'transferred_in'
union all
select 'line', 6, 'increased'
union all
select 'line', 7, 'decreased'
union all
select 'line', 8, 'revalued'
union all
select 'line', 9, 'won'
union all
select 'line', 10, 'lost'
union all
select 'line', 11, 'pushed_out'
union all
select 'line', 12, 'pulled_out'
union all
select 'line', 13, 'transferred_out'
union all
select 'line', 14, 'deleted'
union all
select 'scope', 1, 'all'
union all
select 'scope', 2, 'quarter'
union all
select 'status', 0, 'none'
union all
select 'status', 1, 'open'
union all
select 'status', 2, 'won'
union all
select 'status', 3, 'lost'
union all
select 'status', 4, 'deleted'
