import {backlogData} from "../../loaders/pages/backlogData.ts";
import {printRows} from "../../loaders/pages/printJson.ts";

await printRows(backlogData);
