import {editDays} from "../../loaders/pages/editsData.ts";
import {printRows} from "../../loaders/pages/printJson.ts";

await printRows(editDays);
