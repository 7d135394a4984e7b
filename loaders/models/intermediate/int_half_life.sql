-- The half-life of a touch, in days: half of the median time from the first touch to the win. Null without a won journey.
select median(days_before_end) / 2 as half_life_days
from {{ ref('int_journey') }}
where nth = 1 and outcome = 'won'
