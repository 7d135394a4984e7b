import {factTable} from "../../loaders/pages/factTable.ts";
import {printJson} from "../../loaders/pages/printJson.ts";

const COLUMNS = [
  ...["deal", "account", "line_product", "line_family", "line_kind"],
  ...["quantity", "line_amount", "list_amount", "amount_base"]
];

// `deal` is the deal's row in deals.json, which is ordered by deal_id too. Accounts are only told apart.
const LINES = `(select line.*, line.product as line_product, line.product_family as line_family, line.product_kind as line_kind,
    deal.nth as deal,
    case when line.account_id is not null then cast(dense_rank() over (order by line.account_id) as integer) end as account
  from marts.deal_lines as line
  inner join (
    select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as nth from marts.deals
  ) as deal using (deal_id)) as lines`;

await printJson((engine) => factTable(engine, LINES, {columns: COLUMNS, orderBy: "deal, line_number"}));
