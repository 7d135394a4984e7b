import type {Engine} from "../engine/engine.ts";
import type {FinishedCampaign} from "../marketing/fitSpendCurves.ts";
import {SETTLED_DAYS} from "../pages/marketingData.ts";
import type {SourceCount, Spent} from "./campaigns.ts";
import type {Sold} from "./priceHistory.ts";

const DAY = (sql: string) => `date_diff('day', date '1970-01-01', ${sql})::integer`;

/** Finished campaigns with what they cost and sourced, money by day or by campaign, and deals by lead source. */
export async function readCampaigns(engine: Engine) {
  return {
    finished: await engine.rows<FinishedCampaign>(`
      select channel, cost::double as spend, n_sourced::integer as "nDeals"
      from marts.campaigns cross join workspace.run
      where ends_on is not null and cost is not null and ends_on + ${SETTLED_DAYS} <= as_of
      order by campaign_id`),
    spent: await engine.rows<Spent>(`
      select ${DAY("spent_on")} as "from", ${DAY("spent_on")} as "to", sum(cost)::double as cost
      from intermediate.int_campaign_cost cross join workspace.run where spent_on <= as_of group by spent_on
      union all
      select ${DAY("starts_on")}, ${DAY("greatest(starts_on, least(ends_on, as_of))")}, cost_to_date::double
      from intermediate.int_campaign cross join workspace.run
      where not is_daily_cost and cost_to_date > 0 and starts_on <= as_of and ends_on is not null
      order by 1, 2, 3`),
    counts: await engine.rows<SourceCount>(`
      select coalesce(deal.lead_source, '(none)') as source, count(*)::integer as "nDeals",
        count(*) filter (where deal.deal_id in (select deal_id from marts.campaign_deals where part = 'sourced'))::integer as "nCampaign"
      from marts.deals as deal cross join workspace.run
      where deal.created_on > as_of - 365 group by 1 order by 1`)
  };
}

/** What was paid for lines won on each day, and what the list says; lines that do not say both are left out. */
export function readDiscounts(engine: Engine): Promise<{closed: number; list: number; paid: number}[]> {
  return engine.rows(`
    select ${DAY("deal.closed_on")} as closed, sum(line.list_amount)::double as list, sum(line.line_amount)::double as paid
    from marts.deal_lines as line inner join marts.deals as deal using (deal_id)
    where deal.outcome = 'won' and line.list_amount > 0 and line.line_amount is not null
    group by 1 order by 1`);
}

/** Pieces of each product won on each day and what was paid for them, in the deal's currency. */
export function readPrices(engine: Engine): Promise<Sold[]> {
  return engine.rows<Sold>(`
    select ${DAY("deal.closed_on")} as closed, line.product_id || ' ' || deal.currency_code as product,
      sum(line.quantity)::double as pieces, sum(line.line_amount)::double as paid
    from marts.deal_lines as line inner join marts.deals as deal using (deal_id)
    where deal.outcome = 'won' and line.product_id is not null and line.quantity > 0 and line.line_amount > 0
    group by 1, 2 order by 1, 2`);
}
