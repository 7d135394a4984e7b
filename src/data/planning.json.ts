import {readPlanning} from "../../loaders/planning/buildPlanning.ts";
import {WAREHOUSE_VARIABLE} from "../../loaders/warehouse/openWarehouse.ts";

process.stdout.write(JSON.stringify(readPlanning(process.env[WAREHOUSE_VARIABLE] ?? "")));
