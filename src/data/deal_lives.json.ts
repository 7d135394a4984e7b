import {readForecast} from "../../loaders/forecast/buildForecast.ts";
import {dealsData} from "../../loaders/pages/dealsData.ts";
import {printJson} from "../../loaders/pages/printJson.ts";
import {WAREHOUSE_VARIABLE} from "../../loaders/warehouse/openWarehouse.ts";

const {deals} = readForecast(process.env[WAREHOUSE_VARIABLE] ?? "");
await printJson((engine) => dealsData(engine, deals));
