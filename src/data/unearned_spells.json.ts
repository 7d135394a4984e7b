import {printRows} from "../../loaders/pages/printJson.ts";
import {unearnedSpells} from "../../loaders/pages/standingData.ts";

await printRows(unearnedSpells);
