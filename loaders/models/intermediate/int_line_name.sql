-- The lines of the waterfall and its two scopes, by the numbers that movements of deals carry.
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
