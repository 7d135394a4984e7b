-- What the ERP's words for the state of an order, a customer's or one placed with a supplier, mean, each spelling once: this is the only list of them. A word is looked for anywhere in
-- what is said ("Cancelled by customer"), but first what takes it back ("to be shipped", "invoiced, not shipped", "partially shipped"), and
-- a step that is complete ("production complete") is not the order. Invoiced is not shipped: down payments are billed long before, so it
-- says neither. What is not in the list counts as open, and a check names it.
with said as (

  select
    status,
    ' ' || trim(regexp_replace(lower(status), '[^a-zäöüß0-9]+', ' ', 'g')) || ' ' as words
  from (
    select status from {{ ref('stg_order') }} where status is not null
    union
    select status from {{ ref('stg_purchase_order') }} where status is not null
  )

)

select
  status,
  case
    when
      regexp_matches(
        words,
        '^ (to be|ready|pending|awaiting|waiting) '
        || '| (not|nicht|never) (yet )?(fully |completely )?(shipped|dispatched|delivered|fulfilled|complete|completed|closed|done|finished|cancelled|canceled'
        || '|storniert|geliefert|ausgeliefert|versandt|versendet|abgeschlossen|erledigt) '
        || '| (un(shipped|delivered|fulfilled|confirmed|finished|released|cancelled)|cancellation requested|storno angefragt) '
      )
      and not regexp_matches(words, ' (cancelled|canceled|storniert) .*not ')
      then 'open'
    when
      regexp_matches(
        words,
        ' (production|manufacturing|engineering|design|picking|packing|assembly|test|testing|material|credit|payment|check'
        || '|fertigung|produktion|konstruktion|montage|prüfung|kommissionierung|zahlung) '
      )
      and not regexp_matches(
        words, ' (shipped|dispatched|delivered|geliefert|ausgeliefert|versandt|versendet|cancelled|canceled|storniert) '
      )
      then 'open'
    when
      regexp_matches(
        words,
        ' (partial|partially|partly|teilweise|teil[a-zäöüß]+) | part (shipped|dispatched|delivered|shipment|delivery|fulfilled|complete|completed|cancelled) '
      )
      then 'part'
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
