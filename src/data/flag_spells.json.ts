import {printRows} from "../../loaders/pages/printJson.ts";
import {flagSpells} from "../../loaders/pages/spellsData.ts";

await printRows(flagSpells);
