import {readForecast} from "../../loaders/forecast/buildForecast.ts";
import {WAREHOUSE_VARIABLE} from "../../loaders/warehouse/openWarehouse.ts";

process.stdout.write(JSON.stringify(readForecast(process.env[WAREHOUSE_VARIABLE] ?? "")));
