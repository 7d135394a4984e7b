/** What the page knows; the deals are in scenario_input.json, which the engine's worker fetches. */
import {readScenarioData} from "../../loaders/scenario/buildScenario.ts";
import {WAREHOUSE_VARIABLE} from "../../loaders/warehouse/openWarehouse.ts";
import {headOf} from "../scenario/head.ts";

const {input, reason} = readScenarioData(process.env[WAREHOUSE_VARIABLE] ?? "");
process.stdout.write(JSON.stringify({head: input && headOf(input), reason}));
