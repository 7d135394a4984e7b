import {factTable} from "../../loaders/pages/factTable.ts";
import {printJson} from "../../loaders/pages/printJson.ts";

const COLUMNS = ["owner", "team", "region", "month_on", "quota_amount"];

await printJson((engine) =>
  factTable(engine, "marts.quotas", {columns: COLUMNS, orderBy: "quota_id, month_on"})
);
