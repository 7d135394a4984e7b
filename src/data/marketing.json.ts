import {marketingData} from "../../loaders/pages/marketingData.ts";
import {printRows} from "../../loaders/pages/printJson.ts";

await printRows(marketingData);
