import {printRows} from "../../loaders/pages/printJson.ts";
import {standingData} from "../../loaders/pages/standingData.ts";

await printRows(standingData);
