import {printRows} from "../../loaders/pages/printJson.ts";
import {recurringData} from "../../loaders/pages/recurringData.ts";

await printRows(recurringData);
