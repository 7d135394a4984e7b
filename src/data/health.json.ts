import {healthData} from "../../loaders/pages/healthData.ts";
import {printRows} from "../../loaders/pages/printJson.ts";

await printRows(healthData);
