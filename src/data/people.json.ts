import {peopleData} from "../../loaders/pages/dealFacts.ts";
import {printRows} from "../../loaders/pages/printJson.ts";

await printRows(peopleData);
