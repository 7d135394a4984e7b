import {readPublished} from "../../loaders/forecast/buildForecast.ts";
import {chosenPages, needForecast} from "../../loaders/pages/chosenPages.ts";
import {dealsData} from "../../loaders/pages/dealsData.ts";
import {printJson} from "../../loaders/pages/printJson.ts";
import {WAREHOUSE_VARIABLE} from "../../loaders/warehouse/openWarehouse.ts";

const isForecast = needForecast(chosenPages(true));
const scores = isForecast ? readPublished(process.env[WAREHOUSE_VARIABLE] ?? "", "deal_scores").deals : [];
await printJson((engine) => dealsData(engine, scores));
