/** What the Health page adds up: the flags of open deals, and the rules behind them. */
import type {HealthData} from "../../src/slices/health.ts";
import type {Engine} from "../engine/engine.ts";
import {factTable} from "./factTable.ts";

const COLUMNS = ["deal", "flag", "severity", "measured", "allowed", "open_amount"];

// `deal` is the deal's row in deals.json, which is ordered by deal_id too.
const FLAGS = `(select flags.*, deal.nth as deal from marts.deal_flags as flags
  inner join (select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as nth from marts.deals) as deal
    using (deal_id)) as flags`;

/** Reads flags and rules as they stand on the as-of day. */
export async function healthData(engine: Engine): Promise<HealthData> {
  return {
    flags: await factTable(engine, FLAGS, {columns: COLUMNS, orderBy: "deal, flag"}),
    // What a narrowed warehouse has not may well be in the exports.
    rules: await engine.rows(`
      select flag, label, rule, repair, is_known, ${ofSite("missing")} as missing, is_dated, ${ofSite("undated")} as undated
      from marts.flag_rules order by flag_order`)
  };
}

function ofSite(words: string): string {
  const plain = `replace(${words}, 'workspace.yaml sets no day_limit for any stage', 'This site does not tell how long a deal may stay in a stage')`;
  return `case when exists (select 1 from workspace.audience) then replace(${plain}, 'The exports', 'Records of this site') else ${words} end`;
}
