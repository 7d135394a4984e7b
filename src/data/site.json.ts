import {printJson} from "../../loaders/pages/printJson.ts";
import {siteData} from "../../loaders/pages/siteData.ts";

await printJson(siteData);
