import {readPublished} from "../../loaders/forecast/buildForecast.ts";
import {WAREHOUSE_VARIABLE} from "../../loaders/warehouse/openWarehouse.ts";

process.stdout.write(
  JSON.stringify(readPublished(process.env[WAREHOUSE_VARIABLE] ?? "", "forecast_moves_next"))
);
