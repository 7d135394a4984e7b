-- What the ERP's words for the state of an order mean, each spelling once: this is the only list of them. A word is looked for anywhere in
-- what is said ("Cancelled by customer"), but first what takes it back ("to be shipped", "partially shipped"). Invoiced is not shipped: down
-- payments are billed long before, so it says neither. What is not in the list counts as open, and a check names it.
with said as (

  select
    status,
    ' ' || trim(regexp_replace(lower(status), '[^a-zäöüß0-9]+', ' ', 'g')) || ' ' as words
  from (select distinct status from {{ ref('stg_order') }} where status is not null)

)

select
  status,
  case
    when regexp_matches(words, '^ (not|nicht|to be|ready|pending|awaiting|waiting) | (requested|angefragt|un[a-z]+ed) ') then 'open'
    when regexp_matches(words, ' (part|parts|partial|partially|partly|teilweise|teil[a-zäöüß]+) ') then 'part'
    when regexp_matches(words, ' (cancelled|canceled|called off|void|voided|withdrawn|revoked|storniert|storno|annulliert|widerrufen) ')
      then 'cancelled'
    when
      regexp_matches(
        words,
        ' (shipped|dispatched|delivered|closed|complete|completed|fulfilled|fulfiled|done|finished|geliefert|ausgeliefert|versandt|versendet|abgeschlossen|erledigt) '
      )
      then 'done'
    when
      regexp_matches(
        words,
        ' (open|new|entered|released|confirmed|approved|booked|acknowledged|draft|planned|scheduled|backorder|hold|in|offen|neu|freigegeben|bestätigt) '
      )
      or regexp_matches(words, ' (processing|production|engineering|progress|arbeit|bearbeitung|fertigung) ')
      then 'open'
    when regexp_matches(words, ' (invoiced|billed|berechnet|fakturiert) ') then 'invoiced'
  end as word
from said
