import {readScenarioData} from "../../loaders/scenario/buildScenario.ts";
import {WAREHOUSE_VARIABLE} from "../../loaders/warehouse/openWarehouse.ts";
import {packInput} from "../scenario/packedInput.ts";

const {input, reason} = readScenarioData(process.env[WAREHOUSE_VARIABLE] ?? "");
process.stdout.write(JSON.stringify(input ? {input: packInput(input), reason} : {input, reason}));
