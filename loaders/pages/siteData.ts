/** The facts of the workspace and the build that every page shows. */
import type {MetricCatalogue} from "../../src/slices/metricSpec.ts";
import {
  ANY_PERIOD,
  type Dimension,
  type FiscalPeriod,
  type SiteData,
  type StageInfo
} from "../../src/slices/site.ts";
import type {Engine} from "../engine/engine.ts";
import {identifier} from "../engine/sqlText.ts";
import {metricSql} from "../metrics/metricSql.ts";
import {readMetrics} from "../metrics/readMetrics.ts";
import {readAudience} from "./audienceData.ts";
import {chosenPages} from "./chosenPages.ts";
import {offered, partsIndex} from "./parts/partsIndex.ts";
import {readSlices} from "./slices.ts";
import {flagsSince} from "./standingData.ts";

export const AGE_BANDS = ["0-29 d", "30-89 d", "90-179 d", "180-364 d", "365 d or more", "unknown"];

interface RunRow {
  company: string;
  about: string | null;
  is_synthetic: boolean;
  base_currency: string;
  as_of: string;
  week_starts_on: SiteData["weekStartsOn"];
  stale_after_days: number;
  deal_url: string | null;
}

/** Reads everything that is the same for all pages. */
export async function siteData(engine: Engine): Promise<SiteData> {
  const [run] = await engine.rows<RunRow>("select * replace (as_of::varchar as as_of) from workspace.run");
  const [counts] = await engine.rows<{
    n_deals: number;
    n_files: number;
    n_warnings: number;
    n_logged: number;
    n_undated: number;
    built_at: string;
  }>(`
    select (select count(*) from marts.deals)::integer as n_deals,
      (select count(*) from weir.file)::integer as n_files,
      (select count(*) from weir.check_result where n_failures > 0)::integer as n_warnings,
      (select count(*) from marts.stage_entries where not is_assumed)::integer as n_logged,
      (select count(*) from intermediate.int_deal inner join intermediate.int_deal_as_of as born using (deal_key)
       cross join workspace.run
       where int_deal.outcome = 'open' and int_deal.created_on is null and born.born_on = run.as_of)::integer as n_undated,
      (select value from weir.manifest where fact = 'built_at') as built_at`);
  const audience = await readAudience(engine);
  const catalogue = audience ? toldOutside(readMetrics()) : readMetrics();
  const all = await dimensions(engine);
  const parts = await partsIndex(engine, all, counts!.built_at);
  return {
    company: run!.company,
    about: run!.about,
    isSynthetic: run!.is_synthetic,
    currency: run!.base_currency,
    asOf: run!.as_of,
    builtAt: counts!.built_at,
    staleAfterDays: run!.stale_after_days,
    nDeals: counts!.n_deals,
    nFiles: counts!.n_files,
    nWarnings: counts!.n_warnings,
    nUndated: counts!.n_undated,
    dimensions: offered(all, parts),
    weekStartsOn: run!.week_starts_on,
    months: await periods(engine, "month"),
    quarters: await periods(engine, "quarter"),
    stages: await engine.rows<StageInfo>(`
      select pipeline.pipeline_name as pipeline, stage.stage_name as stage, stage.stage_order as "order", stage.kind,
        stage.probability, stage.day_limit, stage.is_qualified, entered.stage_id is null as is_undated
      from workspace.stage inner join workspace.pipeline using (pipeline_id)
      left join (select distinct pipeline_id, stage_id from marts.stage_entries where entered_on is not null) as entered
        using (pipeline_id, stage_id)
      order by pipeline.pipeline_order, stage.stage_order`),
    ageBands: AGE_BANDS,
    catalogue,
    // Who is given a site has no database to ask: a query would only tell what tables the firm keeps.
    sql: audience
      ? {}
      : Object.fromEntries(
          Object.keys(catalogue.metrics).map((key) => [key, metricSql(key, catalogue, {period: ANY_PERIOD})])
        ),
    dealUrl: run!.deal_url,
    parts,
    hasStageHistory: counts!.n_logged > 0,
    flagsSince: await flagsSince(engine),
    pages: chosenPages(run!.is_synthetic),
    audience
  };
}

/** The catalogue for the readers of a published site: what figures mean, without the code and tables that they are made by. */
function toldOutside({definitions, ...catalogue}: MetricCatalogue): MetricCatalogue {
  return {
    ...catalogue,
    definitions: Object.fromEntries(
      Object.entries(definitions).map(([key, definition]) => [key, {...definition, computed_by: ""}])
    ),
    is_narrowed: true
  };
}

/** The slices that cut these deals: those with at least two values. */
export async function dimensions(engine: Engine): Promise<Dimension[]> {
  const found: Dimension[] = [];
  for (const {column, label} of await readSlices(engine)) {
    const values = await engine.rows<{value: string; n: number}>(`
      select coalesce(${identifier(column)}::varchar, '(none)') as value, count(*)::integer as n
      from marts.deals group by 1 order by n desc, value`);
    if (values.length > 1) found.push({key: column, label, values});
  }
  return found;
}

/** Fiscal months or quarters from the first closing, of a site without any the first registration, to the one that holds the as-of day. */
async function periods(engine: Engine, grain: "month" | "quarter"): Promise<FiscalPeriod[]> {
  const prefix = grain === "month" ? "" : "quarter_";
  return engine.rows<FiscalPeriod>(`
    select distinct ${grain}_label as label, ${prefix}starts_on::varchar as "from", ${prefix}ends_on::varchar as "to"
    from workspace.fiscal_month, workspace.run
    where ${prefix}starts_on <= run.as_of
      and ${prefix}ends_on >= coalesce((select min(closed_on) from marts.deals), (select min(submitted_on) from marts.registrations), run.as_of)
    order by 2`);
}
