import {healthData} from "../../loaders/pages/healthData.ts";
import {printJson} from "../../loaders/pages/printJson.ts";

await printJson(healthData);
