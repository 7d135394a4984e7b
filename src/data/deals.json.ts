import {factTable} from "../../loaders/pages/factTable.ts";
import {printJson} from "../../loaders/pages/printJson.ts";
import {readSlices} from "../../loaders/pages/slices.ts";

const MEASURES = [
  "n_open",
  "n_won",
  "n_lost",
  "n_derailed",
  "open_amount",
  "won_amount",
  "lost_amount",
  "weighted_amount"
];
const DAYS = ["created_on", "closed_on", "close_on", "cycle_days", "age_days", "stage_days"];
const WORDS = ["stage", "outcome", "age_band", "is_overdue", "is_amount_assumed", "is_amount_unknown"];
const NAMES = ["deal_id", "deal_name", "account_name"];

await printJson(async (engine) => {
  const slices = (await readSlices(engine)).map(({column}) => column);
  const columns = [...NAMES, ...slices, ...WORDS, ...MEASURES, ...DAYS];
  const deals = "(select *, amount_base is null as is_amount_unknown from marts.deals) as deals";
  return factTable(engine, deals, {columns, text: ["deal_id", "deal_name"], orderBy: "deal_id"});
});
