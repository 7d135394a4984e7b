import {movementData} from "../../loaders/pages/movementData.ts";
import {printJson} from "../../loaders/pages/printJson.ts";

await printJson(movementData);
