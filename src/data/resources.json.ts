import {printJson} from "../../loaders/pages/printJson.ts";
import {readScenarioData} from "../../loaders/scenario/buildScenario.ts";
import {resourceData} from "../../loaders/scenario/resourceData.ts";
import {WAREHOUSE_VARIABLE} from "../../loaders/warehouse/openWarehouse.ts";
import {capacityPlan} from "../scenario/plan/capacity.ts";

const {input} = readScenarioData(process.env[WAREHOUSE_VARIABLE] ?? "");
await printJson(async (engine) => {
  const data = await resourceData(engine);
  return {...data, capacity: input && capacityPlan(input, data)};
});
