import {printRows} from "../../loaders/pages/printJson.ts";
import {unearnedSpells} from "../../loaders/pages/spellsData.ts";

await printRows(unearnedSpells);
