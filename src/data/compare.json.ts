import {compareData} from "../../loaders/pages/compareData.ts";
import {printJson} from "../../loaders/pages/printJson.ts";

await printJson(compareData);
