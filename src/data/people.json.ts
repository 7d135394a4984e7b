import {editReport} from "../../loaders/pages/editsData.ts";
import {factTable} from "../../loaders/pages/factTable.ts";
import {printJson} from "../../loaders/pages/printJson.ts";

const CALLS = "deal quarter_label quarter_starts_on owner_then was_due category_then result".split(" ");
const FIRST =
  "deal owner_then said_on closed_on days_late amount_change is_month_end is_round is_won_round".split(" ");
// The deal's row in deals.json, which is ordered by deal_id too.
const NTH =
  "(select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as deal from marts.deals) as nth";
const marked = (mart: string) => `(select * from marts.${mart} inner join ${NTH} using (deal_id)) as mart`;

await printJson(async (engine) => ({
  calls: await factTable(engine, marked("quarter_calls"), {
    columns: CALLS,
    orderBy: "quarter_starts_on, deal"
  }),
  first: await factTable(engine, marked("first_calls"), {columns: FIRST, orderBy: "deal"}),
  edits: await editReport(engine)
}));
