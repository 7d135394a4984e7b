-- The files of the change log, numbered in the order of their names.
select
  source_file,
  row_number() over (order by source_file) as file_number
from (select distinct source_file from {{ ref('stg_deal_event') }}) as named
