import type {Engine} from "../engine/engine.ts";
import type {Creation, Member, People} from "./people.ts";

const DAY = (sql: string) => `date_diff('day', date '1970-01-01', ${sql})::integer`;

/** Reps and partners with the days they came and went, and the days of the deals each is credited with. */
export async function readPeople(engine: Engine): Promise<People> {
  return {
    reps: await engine.rows<Member>(`
      select person_id as id, ${DAY("starts_on::date")} as "from", ${DAY("ends_on::date")} as "to"
      from staging.stg_person order by person_id`),
    repCreations: await engine.rows<Creation>(`
      select owner_id as member, ${DAY("created_at::date")} as day from staging.stg_deal
      where owner_id is not null and created_at is not null order by deal_id`),
    partners: await engine.rows<Member>(`
      select partner_id as id, ${DAY("signed_on::date")} as "from", null::integer as "to"
      from staging.stg_partner order by partner_id`),
    partnerCreations: await engine.rows<Creation>(`
      select relation.partner_id as member, ${DAY("deal.created_at::date")} as day
      from staging.stg_deal_partner as relation
      inner join staging.stg_deal as deal on deal.deal_id = relation.deal_id
      where relation.role = 'sourced' and deal.created_at is not null
      order by relation.deal_id`),
    trained: await engine.rows<{member: string; day: number}>(`
      select partner_id as member, min(${DAY("happened_on")}) as day
      from marts.partner_events where kind = 'training' and standing = 'counts' group by 1 order by 1`)
  };
}
