import {readPublishedScenarios} from "../../loaders/scenario/buildScenario.ts";
import {WAREHOUSE_VARIABLE} from "../../loaders/warehouse/openWarehouse.ts";

process.stdout.write(JSON.stringify(readPublishedScenarios(process.env[WAREHOUSE_VARIABLE] ?? "")));
