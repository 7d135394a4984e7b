import {dataSheetData} from "../../loaders/pages/dataSheetData.ts";
import {printJson} from "../../loaders/pages/printJson.ts";

await printJson(dataSheetData);
