import {readPublished} from "../../loaders/forecast/buildForecast.ts";
import {dealsData} from "../../loaders/pages/dealsData.ts";
import {printJson} from "../../loaders/pages/printJson.ts";
import {WAREHOUSE_VARIABLE} from "../../loaders/warehouse/openWarehouse.ts";

const {deals} = readPublished(process.env[WAREHOUSE_VARIABLE] ?? "", "deal_scores");
await printJson((engine) => dealsData(engine, deals));
