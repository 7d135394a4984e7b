import {dealsTable} from "../../loaders/pages/dealFacts.ts";
import {printRows} from "../../loaders/pages/printJson.ts";

await printRows(dealsTable);
