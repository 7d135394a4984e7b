-- What a status says of an order placed with a supplier, each spelling once: whether it is over, so that no more of it comes. The words are
-- those of customers' orders (int_order_status), read from the other side: what the supplier has shipped is on its way, and what was
-- received has come.
with said as (

  select
    status.status,
    status.word,
    ' ' || trim(regexp_replace(lower(status.status), '[^a-zäöüß0-9]+', ' ', 'g')) || ' ' as words
  from {{ ref('int_order_status') }} as status
  where status.status in (select status from {{ ref('stg_purchase_order') }})

),

told as (

  select
    *,
    words in (' received ', ' fully received ', ' received in full ', ' goods received ') as is_received,
    -- "Shipped", "shipped complete" and "delivered to forwarder" say that it left, not that it came.
    regexp_matches(words, ' (shipped|dispatched|versandt|versendet) ')
    and not regexp_matches(words, ' (delivered|closed|received|geliefert|ausgeliefert|abgeschlossen) ')
    or regexp_matches(words, ' delivered (to|at) (the |our |your )?(forwarder|freight|carrier|courier|port|airport|agent|customs) ') as is_shipped
  from said

)

select
  status,
  coalesce(word = 'cancelled' or (word = 'done' and not is_shipped), false) or is_received as is_over,
  word is not null or is_received as is_known
from told
