import {factTable} from "../../loaders/pages/factTable.ts";
import {printJson} from "../../loaders/pages/printJson.ts";

const COLUMNS = ["deal", "moment", "stage", "rule", "asked_on", "is_met", "is_assumed", "owner_then"];

// The two years to the day; what is asked of open deals on the day itself is always there.
const ASKED = `(select conformance.*, deal.nth as deal
  from marts.stage_conformance as conformance
  inner join (select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as nth from marts.deals) as deal
    using (deal_id)
  cross join workspace.run as run
  where conformance.moment = 'now' or conformance.asked_on > run.as_of - interval 730 day) as asked`;

await printJson((engine) =>
  factTable(engine, ASKED, {columns: COLUMNS, orderBy: "deal, passage_number, moment, rule_order"})
);
