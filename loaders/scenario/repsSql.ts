/** The questions behind reps as a resource. */
import type {ResourceSql} from "./resourceSql.ts";
import {won, YEAR} from "./wonSql.ts";

// Whoever owns a deal sells; the list of people names managers and operations too.
const SELLERS = `
  select person.person_id, person.person_name, person.region, person.team, person.starts_on, person.ends_on
  from staging.stg_person as person
  where person.person_id in (select owner_id from staging.stg_deal)`;

/** Reps to the regions or teams they belong to. */
export function reps(key: string, label: string, by: "region" | "team"): ResourceSql {
  return {
    key,
    label,
    one: "rep",
    many: "reps",
    isMoney: false,
    means: `Reps employed now, and what deals of their ${by} won in the last year.`,
    measuredOn: "deals created against reps there, quarter by quarter",
    options: `
      with seller as (${SELLERS}),
      here as (
        select ${by} as name, count(*)::double as today from seller, workspace.run
        where ${by} is not null and coalesce(starts_on, date '1900-01-01') <= run.as_of
          and (ends_on is null or ends_on > run.as_of)
        group by 1
      ),
      came as (${won(by, "true")})
      select here.name, here.today, came.value, came.squares from here inner join came using (name)`,
    panel: `
      with seller as (${SELLERS}),
      quarter as (
        select back::integer as period, (run.as_of - (back * 91 + 91)::integer)::date as from_on, (run.as_of - (back * 91)::integer)::date as to_on
        from workspace.run, range(12) as t(back)
      ),
      here as (
        select seller.${by} as name, quarter.period, count(*)::double as amount
        from seller inner join quarter
          on coalesce(seller.starts_on, date '1900-01-01') <= quarter.from_on
          and (seller.ends_on is null or seller.ends_on > quarter.to_on)
        group by 1, 2
      ),
      made as (
        select deal.${by} as name, quarter.period, count(*)::double as outcome
        from marts.deals as deal inner join quarter
          on deal.created_on > quarter.from_on and deal.created_on <= quarter.to_on
        group by 1, 2
      )
      select here.name as "group", here.period, here.amount, made.outcome from here inner join made using (name, period)
      order by 1, 2`
  };
}

/** Reps to segments: nobody belongs to one, so each counts to segments as the deals did that came to him or her in the last year. */
export const repsToSegments: ResourceSql = {
  key: "reps_segment",
  label: "Reps to segments",
  one: "rep",
  many: "reps",
  isMoney: false,
  unit: 0.5,
  means:
    "Reps employed now, each counted to segments by the deals that came to them in the last year (to half a rep), and what deals of the segment won in it.",
  options: `
    with seller as (${SELLERS}),
    came_to as (
      select deal.owner_id, market.segment, count(*)::double as n
      from staging.stg_deal as deal
      inner join marts.deals as market using (deal_id)
      inner join seller on seller.person_id = deal.owner_id
      cross join workspace.run
      where market.segment is not null and market.created_on > run.as_of - ${YEAR}
        and coalesce(seller.starts_on, date '1900-01-01') <= run.as_of
        and (seller.ends_on is null or seller.ends_on > run.as_of)
      group by 1, 2
    ),
    part as (
      select segment, n / sum(n) over (partition by owner_id) as share from came_to
    ),
    here as (select segment as name, sum(share) as today from part group by 1),
    came as (${won("segment", "true")})
    select here.name, here.today, came.value, came.squares from here inner join came using (name)`
};
