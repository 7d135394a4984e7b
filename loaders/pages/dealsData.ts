/** What the Deals page shows: open deals and those closed lately, their lives, flags, norms and chances. */
import type {DealLivesData, Norm} from "../../src/slices/dealLives.ts";
import type {FactTable} from "../../src/slices/facts.ts";
import type {DealScore} from "../../src/slices/forecast.ts";
import type {Engine} from "../engine/engine.ts";
import {factTable} from "./factTable.ts";
import {isLarge} from "./parts/partsIndex.ts";
import {readSlices} from "./slices.ts";

/** Of the deals that int_deal_listed ranks, and of their lives while they fit. Of a large firm fewer, as its names take room too. */
const MOST_DEALS = {usual: 5_000, large: 3_000};
const MOST_STEPS = {usual: 60_000, large: 30_000};

const NAMES = ["deal_id", "deal_name", "account_name"];
const WORDS = ["stage", "outcome", "forecast_category", "loss_reason", "currency_code", "is_amount_unknown"];
const AMOUNTS = ["open_amount", "won_amount", "lost_amount"];
const DAYS = ["created_on", "closed_on", "close_on", "cycle_days", "age_days", "stage_days"];
const STEPS = ["deal", "kind", "happened_on", "word", "amount", "due_on", "is_assumed"];

const listed = (most: number) => `(
  select deal.*, deal.amount_base is null as is_amount_unknown, listed.place
  from marts.deals as deal inner join intermediate.int_deal_listed as listed using (deal_id) cross join workspace.run
  where (deal.n_open = 1 or date_diff('day', deal.closed_on, run.as_of) < 365) and listed.place <= ${most})`;
const NTH = `(select deal_id, place, cast(row_number() over (order by deal_id) - 1 as integer) as deal from listed_deal)`;
const lives = (most: number) => `(
  select steps.*, nth.deal, count(*) over (order by nth.place) as so_far
  from marts.deal_steps as steps inner join ${NTH} as nth using (deal_id)
  qualify so_far <= ${most}) as lives`;
const FLAGS = `(select flags.*, nth.deal from marts.deal_flags as flags inner join ${NTH} as nth using (deal_id)) as flags`;

/** Reads the page's data; chances come from the published forecast, where it has any. */
export async function dealsData(engine: Engine, scores: readonly DealScore[]): Promise<DealLivesData> {
  const slices = (await readSlices(engine)).map(({column}) => column);
  const [whole] = await engine.rows<{n: number}>(`
    select count(*)::integer as n from marts.deals as deal cross join workspace.run
    where deal.n_open = 1 or date_diff('day', deal.closed_on, run.as_of) < 365`);
  const size = (await isLarge(engine)) ? "large" : "usual";
  await engine.run(
    `create or replace temp table listed_deal as select * from ${listed(MOST_DEALS[size])} as found`
  );
  const deals = await factTable(engine, "listed_deal", {
    columns: [...new Set([...NAMES, ...slices, ...WORDS, ...AMOUNTS, "amount_deal_currency", ...DAYS])],
    text: ["deal_id", "deal_name"],
    orderBy: "deal_id"
  });
  return {
    deals,
    nWhole: whole!.n,
    steps: await factTable(engine, lives(MOST_STEPS[size]), {
      columns: STEPS,
      orderBy: "deal, happened_on, kind, step_number"
    }),
    flags: await factTable(engine, FLAGS, {
      columns: ["deal", "flag", "label", "severity"],
      orderBy: "deal, flag"
    }),
    norms: await norms(engine),
    chances: chances(deals, scores)
  };
}

/** Days that won deals stayed in each stage, by segment where it speaks for itself, and from creation to won. */
async function norms(engine: Engine): Promise<Norm[]> {
  return engine.rows<Norm>(`
    select pipeline.pipeline_name as pipeline, stage.stage_name as stage, norm.segment, norm.n_stays as n,
      norm.median_days as median, norm.p75_days as p75, norm.p90_days as p90
    from marts.stage_norms as norm
    inner join workspace.stage using (pipeline_id, stage_id)
    inner join workspace.pipeline using (pipeline_id)
    union all
    select pipeline, null, '(all)', count(*)::integer, quantile_cont(cycle_days, 0.5)::double,
      quantile_cont(cycle_days, 0.75)::double, quantile_cont(cycle_days, 0.9)::double
    from marts.deals where n_won = 1 and cycle_days is not null
    group by pipeline having count(*) >= 10
    order by 1, 2, 3`);
}

function chances({columns}: FactTable, scores: readonly DealScore[]): DealLivesData["chances"] {
  const ids = columns["deal_id"];
  const rowOf = new Map(ids?.kind === "text" ? ids.values.map((id, row) => [id, row]) : []);
  return scores.flatMap(({deal_id, p_quarter, p_half_year, p_lost, why, doubt}) => {
    const deal = rowOf.get(deal_id);
    return deal === undefined ? [] : [{deal, p_quarter, p_half_year, p_lost, why, doubt}];
  });
}
