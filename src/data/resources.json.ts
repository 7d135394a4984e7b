import {printJson} from "../../loaders/pages/printJson.ts";
import {resourceData} from "../../loaders/scenario/resourceData.ts";

await printJson(resourceData);
