import {readScenarioData} from "../../loaders/scenario/buildScenario.ts";
import {WAREHOUSE_VARIABLE} from "../../loaders/warehouse/openWarehouse.ts";

process.stdout.write(JSON.stringify(readScenarioData(process.env[WAREHOUSE_VARIABLE] ?? "")));
