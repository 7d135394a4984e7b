import {playbookData} from "../../loaders/pages/playbookData.ts";
import {printJson} from "../../loaders/pages/printJson.ts";

await printJson(playbookData);
