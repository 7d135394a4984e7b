import {factTable} from "../../loaders/pages/factTable.ts";
import {printJson} from "../../loaders/pages/printJson.ts";

const COLUMNS = ["deal", "stage", "stage_kind", "move", "entered_on", "left_on", "stage_days", "amount_base"];

// `deal` is the deal's row in deals.json, which is ordered by deal_id too.
const ENTRIES = `(select entry.* exclude (amount_base), deal.nth as deal, coalesce(entry.amount_base, 0)::decimal(18, 2) as amount_base
  from marts.stage_entries as entry
  inner join (select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as nth from marts.deals) as deal
    using (deal_id)) as entries`;

await printJson((engine) => factTable(engine, ENTRIES, {columns: COLUMNS, orderBy: "deal, passage_number"}));
