import {movementData} from "../../loaders/pages/movementData.ts";
import {printRows} from "../../loaders/pages/printJson.ts";

await printRows(movementData);
