import {printRows} from "../../loaders/pages/printJson.ts";
import {programmeData} from "../../loaders/pages/programmeData.ts";

await printRows(programmeData);
