/** What the Marketing page shows: counted by the marts, estimated by loaders/marketing. */
import {cell, dayNumber} from "../../src/slices/facts.ts";
import type {
  CreditRange,
  Doubt,
  EnvelopePart,
  FunnelSource,
  MarketingData,
  SourcedPointers
} from "../../src/slices/marketing.ts";
import type {Engine} from "../engine/engine.ts";
import {
  type CampaignRecord,
  campaignRows,
  type Influenced,
  type SourcedDeal
} from "../marketing/campaignRows.ts";
import {fitSpendCurves} from "../marketing/fitSpendCurves.ts";
import {type LeadRow, leadFunnel} from "../marketing/leadFunnel.ts";
import {rankStability} from "../marketing/rankStability.ts";
import {dealColumns} from "./dealFacts.ts";
import {factTable} from "./factTable.ts";
import {isLarge} from "./parts/partsIndex.ts";

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
  const records = await readCampaigns(engine);
  const rows = campaignRows(
    records,
    await readSourced(engine, asOf),
    await engine.rows(SPELLS),
    await readInfluenced(engine),
    run!.seed
  );
  const funnel = await readFunnel(engine, dayNumber(asOf));
  const channelCredit = await readCredit(engine, "channel", new Map());
  const names = new Map(records.map((each) => [each.campaign_id, each]));
  const campaignCredit = await readCredit(engine, "campaign_id", names);
  const finished = records.filter(
    ({ends_on, cost}) =>
      ends_on !== null && cost !== null && dayNumber(ends_on) + SETTLED_DAYS <= dayNumber(asOf)
  );
  const fit = fitSpendCurves(
    finished.map(({channel, cost, n_sourced}) => ({channel, spend: cost!, nDeals: n_sourced}))
  );
  const worth = (row: {nSourced: number; sourcedWon: number; toCome: {mean: number}}) =>
    row.sourcedWon + row.toCome.mean;
  const mean = rows.total && rows.total.nSourced > 0 ? worth(rows.total) / rows.total.nSourced : 0;
  return {
    asOf,
    reason:
      records.length === 0 && funnel.length === 0 ? "The exports have no campaigns, touches or leads." : null,
    grossMargin: run!.margin,
    halfLifeDays: run!.half_life,
    ...((await isLarge(engine))
      ? await readLargest(engine)
      : {sourced: await readPointers(engine), largest: null}),
    ...rows,
    models: [...MODELS],
    channelCredit: channelCredit.units,
    campaignCredit: campaignCredit.units,
    channelConcordance: channelCredit.concordance,
    campaignConcordance: campaignCredit.concordance,
    removal: await engine.rows(
      "select channel, removal_effect as effect from intermediate.int_channel_removal order by removal_effect desc, channel"
    ),
    envelope: await readEnvelope(engine),
    funnel,
    curves: (fit?.curves ?? []).map((curve) => {
      const row = rows.channels.find(({name}) => name === curve.channel)!;
      return {...curve, valuePerDeal: (worth(row) + PRIOR_DEALS * mean) / (row.nSourced + PRIOR_DEALS)};
    }),
    dispersion: fit?.dispersion ?? null,
    doubts: await readDoubts(engine)
  };
}

const SPELLS = `select greatest(date_diff('day', created_on, coalesce(closed_on, as_of)), 0)::integer as days,
    case outcome when 'won' then 0 when 'lost' then 1 end::integer as cause
  from marts.deals cross join workspace.run where created_on is not null`;

function readCampaigns(engine: Engine): Promise<CampaignRecord[]> {
  return engine.rows(`select campaign_id, campaign_name, channel, kind, starts_on::varchar as starts_on,
      ends_on::varchar as ends_on, cost::double as cost, cost_lagged::double as cost_lagged, n_touches, n_leads, n_converted, n_sourced, n_open, n_won,
      n_new_customers, sourced_pipeline::double as sourced_pipeline, sourced_open::double as sourced_open,
      sourced_won::double as sourced_won, new_monthly_recurring::double as new_monthly_recurring, n_influenced,
      influenced_open::double as influenced_open, influenced_won::double as influenced_won
    from marts.campaigns order by starts_on desc nulls last, campaign_id`);
}

function readSourced(engine: Engine, asOf: string): Promise<SourcedDeal[]> {
  return engine.rows(
    `select campaign_id, outcome, amount::double as amount,
       greatest(date_diff('day', created_on, coalesce(closed_on, cast($asOf as date))), 0)::integer as days
     from marts.campaign_deals where part = 'sourced' order by deal_id`,
    {asOf}
  );
}

/** `deal` is the deal's row in deals.json, which is ordered by deal_id. */
async function readPointers(engine: Engine): Promise<SourcedPointers> {
  const rows = await engine.rows<{deal: number; channel: string; won: boolean}>(
    `select deal.nth as deal, campaign.channel, sourced.outcome = 'won' as won
     from marts.campaign_deals as sourced
     inner join marts.campaigns as campaign using (campaign_id)
     inner join (select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as nth from marts.deals) as deal
       using (deal_id)
     where sourced.part = 'sourced' order by deal.nth`
  );
  return {
    deal: rows.map(({deal}) => deal),
    channel: rows.map(({channel}) => channel),
    isWon: rows.map(({won}) => won)
  };
}

/** Deals won that a campaign sourced and that can be listed, the largest; of a large firm not all can. */
const MOST_SOURCED = 2_000;

async function readLargest(engine: Engine): Promise<Pick<MarketingData, "sourced" | "largest">> {
  const found = `(
    select deal.*, deal.amount_base is null as is_amount_unknown, campaign.channel as campaign_channel
    from marts.campaign_deals as sourced
    inner join marts.campaigns as campaign using (campaign_id)
    inner join marts.deals as deal using (deal_id)
    where sourced.part = 'sourced' and deal.n_won = 1
    order by deal.won_amount desc, deal.deal_id limit ${MOST_SOURCED}) as deals`;
  const columns = [...(await dealColumns(engine)), "campaign_channel"];
  const largest = await factTable(engine, found, {
    columns,
    text: ["deal_id", "deal_name"],
    orderBy: "deal_id"
  });
  const channel = Array.from({length: largest.n}, (_, row) => String(cell(largest, "campaign_channel", row)));
  return {
    sourced: {deal: channel.map((_, row) => row), channel, isWon: channel.map(() => true)},
    largest
  };
}

/** Each deal once a channel, kind and in total, and only where nothing of that group sourced it. */
async function readInfluenced(engine: Engine) {
  const read = async (group: string): Promise<ReadonlyMap<string, Influenced>> => {
    const rows = await engine.rows<Influenced & {name: string}>(`
      with touched as (
        select ${group} as name, deal.deal_id, any_value(deal.outcome) as outcome, any_value(deal.amount) as amount,
          bool_or(deal.part = 'sourced') as is_sourced
        from marts.campaign_deals as deal inner join marts.campaigns as campaign using (campaign_id)
        group by ${group}, deal.deal_id
      )
      select name, count(*)::integer as "nDeals", coalesce(sum(amount) filter (where outcome = 'won'), 0)::double as won,
        coalesce(sum(amount) filter (where outcome = 'open'), 0)::double as "open"
      from touched where not is_sourced group by name`);
    return new Map(rows.map((row) => [row.name, row]));
  };
  return {
    channel: await read("campaign.channel"),
    kind: await read("campaign.kind"),
    total: await read("'All'")
  };
}

async function readFunnel(engine: Engine, asOf: number): Promise<FunnelSource[]> {
  const leads = await engine.rows<LeadRow>(`select lead_source as source, ${days("created_on")} as created,
      ${days("converted_on")} as converted, ${days("qualified_on")} as qualified, ${days("won_on")} as won,
      ${days("lost_on")} as lost, won_amount::double as "wonAmount"
    from marts.lead_journeys where created_on is not null order by lead_id`);
  return leadFunnel(leads, asOf);
}

const days = (column: string) => `date_diff('day', date '1970-01-01', ${column})::integer`;

/** Credit of won money by model, for channels or campaigns. */
async function readCredit(
  engine: Engine,
  unit: "channel" | "campaign_id",
  names: ReadonlyMap<string, CampaignRecord>
): Promise<{units: CreditRange[]; concordance: number | null}> {
  const rows = await engine.rows<{model: string; unit: string; channel: string; won: number}>(
    `select model, ${unit} as unit, min(channel) as channel, sum(won_amount)::double as won
     from marts.campaign_credit group by model, ${unit} order by model, ${unit}`
  );
  const byModel = new Map(MODELS.map((model) => [model as string, new Map<string, number>()]));
  for (const row of rows) byModel.get(row.model)!.set(row.unit, row.won);
  const channelOf = new Map(rows.map((row) => [row.unit, row.channel]));
  if (rows.length === 0) return {units: [], concordance: null};
  const {units, concordance} = rankStability(byModel);
  return {
    units: units
      .filter(({highest}) => highest > 0)
      .map((range) => ({
        ...range,
        unit: names.get(range.unit)?.campaign_name ?? range.unit,
        channel: channelOf.get(range.unit)!,
        credits: MODELS.map((model) => byModel.get(model)!.get(range.unit) ?? 0)
      })),
    concordance
  };
}

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
