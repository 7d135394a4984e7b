import {partnersData} from "../../loaders/pages/partnersData.ts";
import {printRows} from "../../loaders/pages/printJson.ts";

await printRows(partnersData);
