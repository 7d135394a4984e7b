import {isLarge} from "../../loaders/pages/parts/partsIndex.ts";
import {readScenarioData} from "../../loaders/scenario/buildScenario.ts";
import {WAREHOUSE_VARIABLE, withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {takeApart} from "../scenario/apart.ts";
import {packInput} from "../scenario/packedInput.ts";

const {input, reason} = readScenarioData(process.env[WAREHOUSE_VARIABLE] ?? "");
const apart = input && (await withWarehouse(isLarge)) ? takeApart(input) : null;
const packed = apart ? packInput(apart.input, apart.index) : input && packInput(input);
process.stdout.write(JSON.stringify({input: packed, reason}));
