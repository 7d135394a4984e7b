import {printJson} from "../../loaders/pages/printJson.ts";
import {siteData} from "../../loaders/pages/siteData.ts";
import {packedSite} from "../slices/parts.ts";

await printJson(async (engine) => packedSite(await siteData(engine)));
