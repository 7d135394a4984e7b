import {readForecast} from "../../loaders/forecast/buildForecast.ts";
import {WAREHOUSE_VARIABLE} from "../../loaders/warehouse/openWarehouse.ts";
import {outlookOf} from "../slices/outlook.ts";

process.stdout.write(JSON.stringify(outlookOf(readForecast(process.env[WAREHOUSE_VARIABLE] ?? ""))));
