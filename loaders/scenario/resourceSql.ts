import {PARTNERS_BY_NAME} from "../pages/partnersByName.ts";
import {reps, repsToSegments} from "./repsSql.ts";
import {won, YEAR} from "./wonSql.ts";

/** The questions behind each resource. A year is the 365 days up to the as-of day; amounts are in base currency. */
export interface ResourceSql {
  key: string;
  label: string;
  one: string;
  many: string;
  isMoney: boolean;
  means: string;
  measuredOn?: string;
  /** name, today, value (won in a year), squares (sum of squared amounts). */
  options: string;
  /** group, period (quarters back), amount, outcome. */
  panel?: string;
  prior?: {mean: number; error: number};
  /** Steps it is given out in, where that is not one; of money it follows from the total. */
  unit?: number;
}

export const RESOURCE_SQL: readonly ResourceSql[] = [
  reps("reps_region", "Reps to regions", "region"),
  reps("reps_team", "Reps to teams", "team"),
  repsToSegments,
  {
    key: "partner_managers",
    label: "Partner managers to regions",
    one: "partner manager",
    many: "partner managers",
    isMoney: false,
    means: "Partner managers employed now, and what partner deals of their region won in the last year.",
    options: `
      with here as (
        select region as name, count(*)::double as today from staging.stg_person, workspace.run
        where region is not null and regexp_matches(lower(role), '(partner|channel).*manager')
          and coalesce(starts_on, date '1900-01-01') <= run.as_of and (ends_on is null or ends_on > run.as_of)
        group by 1
      ),
      came as (${won("region", "partner is not null")})
      select here.name, here.today, came.value, came.squares from here inner join came using (name)`
  },
  {
    key: "partner_manager_days",
    label: "Partner managers' days to partners",
    one: "day a month",
    many: "days a month",
    isMoney: false,
    unit: 0.5,
    means:
      "Days a month that each active partner has of its manager (20 days shared alike among the manager's active partners), and what deals with that partner won in the last year.",
    options: `
      with active as (
        select distinct partner.firm_id, partner.partner_name, listed.manager_id
        from source.partner as listed
        inner join staging.stg_partner as partner using (partner_id)
        where listed.manager_id is not null and partner.partner_name in (
          select partner from marts.deals, workspace.run
          where partner is not null and greatest(created_on, coalesce(closed_on, created_on)) > run.as_of - ${YEAR}
        )
      ),
      share as (select partner_name as name, 20.0 / count(*) over (partition by manager_id) as days from active),
      here as (select name, sum(days) as today from share group by 1),
      came as (${won("partner", "partner is not null")})
      select here.name, here.today, came.value, came.squares from here inner join came using (name)`
  },
  {
    key: "training",
    label: "Training seats to partner tiers",
    one: "seat",
    many: "seats",
    isMoney: false,
    means:
      "People of partners trained in the last year by the partner's tier, and what deals with partners of that tier won in it.",
    options: `
      with here as (
        select partner.firm_tier as name, sum(coalesce(event.n_people, 1))::double as today
        from marts.partner_events as event
        inner join staging.stg_partner as partner using (partner_id)
        cross join workspace.run
        where event.kind = 'training' and event.standing = 'counts' and partner.firm_tier is not null
          and event.happened_on > run.as_of - ${YEAR}
        group by 1
      ),
      came as (
        select partner.tier as name, sum(deal.won_amount)::double as value, sum(deal.won_amount::double ** 2) as squares
        from marts.deals as deal
        inner join (${PARTNERS_BY_NAME}) as partner using (partner)
        cross join workspace.run
        where deal.outcome = 'won' and deal.closed_on > run.as_of - ${YEAR}
        group by 1
      )
      select here.name, here.today, came.value, came.squares from here inner join came using (name)`
  },
  {
    key: "campaigns",
    label: "Campaign budget to channels",
    one: "of budget",
    many: "of budget",
    isMoney: true,
    means:
      "Money spent on each channel in the last year, and what deals that its campaigns brought have won in it.",
    measuredOn: "leads against spend, quarter by quarter",
    options: `
      with spent as (
        select campaign.channel as name, sum(cost.cost)::double as today
        from intermediate.int_campaign_cost as cost
        inner join marts.campaigns as campaign using (campaign_id)
        cross join workspace.run
        where cost.spent_on > run.as_of - ${YEAR} and cost.spent_on <= run.as_of
        group by 1
      ),
      came as (
        select campaign.channel as name, sum(deal.won_amount)::double as value, sum(deal.won_amount::double ** 2) as squares
        from marts.campaign_deals as credit
        inner join marts.campaigns as campaign using (campaign_id)
        inner join marts.deals as deal using (deal_id)
        cross join workspace.run
        where credit.part = 'sourced' and deal.outcome = 'won' and deal.closed_on > run.as_of - ${YEAR}
        group by 1
      )
      select spent.name, spent.today, came.value, came.squares from spent inner join came using (name)`,
    panel: `
      with quarter as (
        select back::integer as period, (run.as_of - (back * 91 + 91)::integer)::date as from_on, (run.as_of - (back * 91)::integer)::date as to_on
        from workspace.run, range(12) as t(back)
      ),
      spent as (
        select campaign.channel as name, quarter.period, sum(cost.cost)::double as amount
        from intermediate.int_campaign_cost as cost
        inner join marts.campaigns as campaign using (campaign_id)
        inner join quarter on cost.spent_on > quarter.from_on and cost.spent_on <= quarter.to_on
        group by 1, 2
      ),
      made as (
        select campaign.channel as name, quarter.period, count(*)::double as outcome
        from staging.stg_lead as lead
        inner join marts.campaigns as campaign using (campaign_id)
        inner join quarter on lead.created_at::date > quarter.from_on and lead.created_at::date <= quarter.to_on
        group by 1, 2
      )
      select spent.name as "group", spent.period, spent.amount, made.outcome from spent inner join made using (name, period)
      order by 1, 2`
  },
  {
    key: "market_funds",
    label: "Market funds to partners",
    one: "of funds",
    many: "of funds",
    isMoney: true,
    means: "Market funds paid to each partner in the last year, and what deals with that partner won in it.",
    options: `
      with spent as (
        select event.partner as name, sum(event.amount_base)::double as today
        from marts.partner_events as event cross join workspace.run
        where event.kind = 'fund_claim' and event.standing = 'counts' and event.happened_on > run.as_of - ${YEAR}
        group by 1
      ),
      came as (${won("partner", "partner is not null")})
      select spent.name, spent.today, came.value, came.squares from spent inner join came using (name)`
  },
  {
    key: "plant_slots",
    label: "Plant slots to product families",
    one: "slot",
    many: "slots",
    isMoney: false,
    means:
      "Orders taken into the plant in the last year by product family, and what they were worth. A slot is one order's place; families that differ much in work take more than one.",
    options: `
      select deal.product_family as name, count(*)::double as today, sum(deal.won_amount)::double as value,
        sum(deal.won_amount::double ** 2) as squares
      from source."order" as ordered
      inner join marts.deals as deal using (deal_id)
      cross join workspace.run
      where ordered.ordered_on > run.as_of - ${YEAR} and deal.outcome = 'won'
      group by 1`,
    prior: {mean: 0.85, error: 0.1}
  }
];
