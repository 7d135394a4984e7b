/** What the Data page shows: files, rejects, checks and the manifest. */
import type {QualityData} from "../../src/slices/quality.ts";
import type {Engine} from "../engine/engine.ts";
import {ownHouse} from "./audienceData.ts";

const MAX_REJECTS_SHOWN = 500;
/** Registrations that wait for a person, the largest first; `weir matches` lists all. */
const MAX_MATCHES_SHOWN = 500;

/** Reads the `weir` schema as the page needs it. */
export async function qualityData(engine: Engine): Promise<QualityData> {
  return {
    files: await engine.rows(`
      select file, tables, n_records::double as n_records, n_loaded::double as n_loaded, n_rejected::double as n_rejected,
        is_reused, left(sha256, 12) as hash
      from weir.file order by file`),
    rejects: await engine.rows(
      `select file, line::double as line, "column", value, reason from weir.reject order by file, line limit ${MAX_REJECTS_SHOWN}`
    ),
    checks: await engine.rows(`
      select name, description, severity, n_failures::double as n_failures, examples from weir.check_result
      order by n_failures = 0, severity, name`),
    manifest: await engine.rows("select fact, value from weir.manifest order by fact"),
    rowCounts: await engine.rows(
      "select relation, n::double as n from weir.row_count where n > 0 order by relation"
    ),
    matching: {
      counts: await engine.rows(`
        select match_status as status, count(*)::double as n, sum(estimated_amount_base)::double as amount
        from ${ownHouse("marts.registrations")} as registrations group by match_status order by match_status`),
      waiting: await engine.rows(`
        select registration_id, partner, end_customer_name as customer, estimated_amount_base::double as amount,
          match_status as status, match_score as score, likely_deal_id as deal_id, account_name as account,
          match_evidence as evidence
        from ${ownHouse("marts.registrations")} as registrations where match_status <> 'matched'
        order by match_status desc, estimated_amount_base desc nulls last, registration_id limit ${MAX_MATCHES_SHOWN}`)
    },
    statedRates: await engine.rows(`
      select currency, nullif("on", date '0001-01-01')::varchar as since_on, rate::varchar as rate from source.fx_rate
      where source_system = 'workspace' order by currency, "on"`),
    freshness: await engine.rows(`
      select 'Deals created' as what, max(created_on)::varchar as newest_on, count(created_on)::double as n from marts.deals
      union all select 'Deals closed', max(closed_on)::varchar, count(closed_on)::double from marts.deals
      union all select 'Stages entered', max(entered_on)::varchar, count(*)::double from marts.stage_entries where not is_assumed
      union all select 'Deals with an activity', cast(max(last_activity_at) as date)::varchar, count(last_activity_at)::double from marts.deals`)
  };
}
