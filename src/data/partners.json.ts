import {partnersData} from "../../loaders/pages/partnersData.ts";
import {printJson} from "../../loaders/pages/printJson.ts";

await printJson(partnersData);
