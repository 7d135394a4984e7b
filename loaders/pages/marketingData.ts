/** What the Marketing page shows: counted by the marts, estimated by loaders/marketing. */

import type {Spell} from "../../src/slices/aalenJohansen.ts";
import {dayNumber} from "../../src/slices/facts.ts";
import {type CampaignRows, campaignRows} from "../../src/slices/marketing/campaignRows.ts";
import type {
  CampaignRecord,
  Doubt,
  EnvelopePart,
  FunnelSource,
  MarketingData,
  SourcedPairs
} from "../../src/slices/marketing/marketingData.ts";
import {chancesByWeek} from "../../src/slices/marketing/projectWon.ts";
import type {Engine} from "../engine/engine.ts";
import {fitSpendCurves} from "../marketing/fitSpendCurves.ts";
import {type LeadRow, leadFunnel} from "../marketing/leadFunnel.ts";
import {causedData} from "./causedData.ts";
import {factTable} from "./factTable.ts";

/** In the order of the page: rules first, then what is computed from the paths. */
export const MODELS = [
  "first_touch",
  "last_touch",
  "linear",
  "u_shaped",
  "w_shaped",
  "full_path",
  "position_based",
  "time_decay",
  "markov",
  "shapley"
] as const;

/** Deals of a campaign that ended fewer days ago are not all there yet. */
export const SETTLED_DAYS = 60;
/** Deals' worth of the firm's mean that a channel's money a deal is drawn to it by. */
const PRIOR_DEALS = 10;
const MOST_RECORDS = 5;

/** Reads and estimates everything; with neither campaigns nor touches nor leads it says so and is empty. */
export async function marketingData(engine: Engine): Promise<MarketingData> {
  const [run] = await engine.rows<{
    as_of: string;
    seed: number;
    margin: number | null;
    half_life: number | null;
  }>(
    `select as_of::varchar as as_of, seed::double as seed, gross_margin as margin, half_life_days as half_life
     from workspace.run cross join workspace.marketing cross join intermediate.int_half_life`
  );
  const asOf = run!.as_of;
  const campaigns = await readCampaigns(engine);
  const rowOf = new Map(campaigns.map(({id}, row) => [id, row]));
  const spells = await readSpells(engine);
  const funnel = await readFunnel(engine, dayNumber(asOf));
  const data: MarketingData = {
    asOf,
    seed: run!.seed,
    reason:
      campaigns.length === 0 && funnel.length === 0
        ? "The exports have no campaigns, touches or leads."
        : null,
    grossMargin: run!.margin,
    halfLifeDays: run!.half_life,
    campaigns,
    sourced: await readSourced(engine, rowOf),
    influenced: await readInfluenced(engine, rowOf),
    chances: chancesByWeek(spells).map(({p, se}) => ({p: six(p), se: six(se)})),
    models: [...MODELS],
    credits: await readCredits(engine, rowOf),
    removal: await engine.rows(
      "select channel, removal_effect as effect from intermediate.int_channel_removal order by removal_effect desc, channel"
    ),
    envelope: await readEnvelope(engine),
    funnel,
    curves: [],
    dispersion: null,
    doubts: await readDoubts(engine),
    caused: await causedData(
      engine,
      campaigns.map(({id}) => id)
    )
  };
  const deals = await factTable(engine, "marts.deals", {columns: DEAL_COLUMNS, orderBy: "deal_id"});
  const rows = campaignRows(data, deals, {campaigns: campaigns.map((_, row) => row), deals: null});
  return {...data, ...spendCurves(data, rows)};
}

/** What campaigns' deals are added up by. */
const DEAL_COLUMNS = ["outcome", "open_amount", "won_amount", "lost_amount", "created_on"];

/** Deals against spend of finished campaigns, and what a channel's deal is worth: won and projected money a sourced deal. */
function spendCurves(data: MarketingData, rows: CampaignRows): Pick<MarketingData, "curves" | "dispersion"> {
  const finished = rows.campaigns.filter(
    ({endsOn, cost}) =>
      endsOn !== null && cost !== null && dayNumber(endsOn) + SETTLED_DAYS <= dayNumber(data.asOf)
  );
  const fit = fitSpendCurves(
    finished.map(({channel, cost, nSourced}) => ({channel, spend: cost!, nDeals: nSourced}))
  );
  const worth = (row: {sourcedWon: number; expected: number}) => row.sourcedWon + row.expected;
  const mean = rows.total && rows.total.nSourced > 0 ? worth(rows.total) / rows.total.nSourced : 0;
  return {
    curves: (fit?.curves ?? []).map((curve) => {
      const row = rows.channels.find(({name}) => name === curve.channel)!;
      return {...curve, valuePerDeal: (worth(row) + PRIOR_DEALS * mean) / (row.nSourced + PRIOR_DEALS)};
    }),
    dispersion: fit?.dispersion ?? null
  };
}

function six(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** Sourced deals from which on their own curve is used, not that of all deals. */
const ENOUGH = 100;
const SPELL = `greatest(date_diff('day', created_on, coalesce(closed_on, as_of)), 0)::integer as days,
    case outcome when 'won' then 0 when 'lost' then 1 end::integer as cause`;

async function readSpells(engine: Engine): Promise<Spell[]> {
  const own = await engine.rows<Spell>(
    `select ${SPELL} from marts.campaign_deals cross join workspace.run
     where part = 'sourced' and created_on is not null order by deal_id`
  );
  if (own.length >= ENOUGH) return own;
  return engine.rows(
    `select ${SPELL} from marts.deals cross join workspace.run where created_on is not null order by deal_id`
  );
}

function readCampaigns(engine: Engine): Promise<CampaignRecord[]> {
  return engine.rows(`select campaign_id as id, campaign_name as name, channel, kind, starts_on::varchar as "startsOn",
      ends_on::varchar as "endsOn", cost::double as cost, cost_lagged::double as "costLagged", n_touches as "nTouches",
      n_touches_counted as "nCounted", n_touches_late as "nLate",
      n_leads as "nLeads", n_converted as "nConverted"
    from marts.campaigns order by starts_on desc nulls last, campaign_id`);
}

/** A deal's row in deals.json, which is ordered by deal_id. */
const NTH =
  "(select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as deal from marts.deals) as nth";

async function readSourced(engine: Engine, rowOf: ReadonlyMap<string, number>): Promise<SourcedPairs> {
  const rows = await engine.rows<{deal: number; campaign: string; is_new: boolean; monthly: number | null}>(
    `select nth.deal, sourced.campaign_id as campaign, sourced.is_new_customer as is_new,
       sourced.won_monthly_recurring::double as monthly
     from marts.campaign_deals as sourced inner join ${NTH} using (deal_id)
     where sourced.part = 'sourced' order by nth.deal`
  );
  return {
    deal: rows.map(({deal}) => deal),
    campaign: rows.map(({campaign}) => rowOf.get(campaign)!),
    isNewCustomer: rows.map(({is_new}) => is_new),
    monthly: rows.map(({monthly}) => monthly)
  };
}

async function readInfluenced(
  engine: Engine,
  rowOf: ReadonlyMap<string, number>
): Promise<MarketingData["influenced"]> {
  const rows = await engine.rows<{deal: number; campaign: string}>(
    `select nth.deal, touched.campaign_id as campaign
     from marts.campaign_deals as touched inner join ${NTH} using (deal_id)
     where touched.part <> 'sourced' order by nth.deal, touched.campaign_id`
  );
  return {deal: rows.map(({deal}) => deal), campaign: rows.map(({campaign}) => rowOf.get(campaign)!)};
}

/** Won money by campaign and model. */
async function readCredits(
  engine: Engine,
  rowOf: ReadonlyMap<string, number>
): Promise<MarketingData["credits"]> {
  const sums = MODELS.map((model) => `sum(won_amount) filter (where model = '${model}')::double as ${model}`);
  const rows = await engine.rows<Record<string, string | number>>(
    `select campaign_id, channel, ${sums.join(", ")} from marts.campaign_credit group by all order by campaign_id, channel`
  );
  return rows.map((row) => ({
    campaign: rowOf.get(String(row["campaign_id"])) ?? null,
    channel: String(row["channel"]),
    credits: MODELS.map((model) => Number(row[model] ?? 0))
  }));
}

async function readFunnel(engine: Engine, asOf: number): Promise<FunnelSource[]> {
  const leads = await engine.rows<LeadRow>(`select lead_source as source, ${days("created_on")} as created,
      ${days("converted_on")} as converted, ${days("qualified_on")} as qualified, ${days("won_on")} as won,
      ${days("lost_on")} as lost, won_amount::double as "wonAmount"
    from marts.lead_journeys where created_on is not null order by lead_id`);
  return leadFunnel(leads, asOf);
}

const days = (column: string) => `date_diff('day', date '1970-01-01', ${column})::integer`;

function readEnvelope(engine: Engine): Promise<EnvelopePart[]> {
  return engine.rows(`select partner_part as partner, marketing_part as marketing, outcome, count(*)::integer as "nDeals",
      sum(amount)::double as amount, sum(partner_amount)::double as "partnerAmount",
      sum(marketing_amount)::double as "marketingAmount", sum(sales_amount)::double as "salesAmount"
    from marts.deal_credit where outcome in ('won', 'open') group by all order by all`);
}

async function readDoubts(engine: Engine): Promise<Doubt[]> {
  return engine.rows(`select doubt, treatment, count(*)::integer as n, sum(amount)::double as amount,
      list(record order by record)[1:${MOST_RECORDS}] as records
    from marts.marketing_doubts group by doubt, treatment order by doubt`);
}
