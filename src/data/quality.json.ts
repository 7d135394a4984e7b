import {printJson} from "../../loaders/pages/printJson.ts";
import {qualityData} from "../../loaders/pages/qualityData.ts";

await printJson(qualityData);
