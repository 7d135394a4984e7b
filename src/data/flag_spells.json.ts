import {printRows} from "../../loaders/pages/printJson.ts";
import {flagSpells} from "../../loaders/pages/standingData.ts";

await printRows(flagSpells);
