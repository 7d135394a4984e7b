import {marketingData} from "../../loaders/pages/marketingData.ts";
import {printJson} from "../../loaders/pages/printJson.ts";

await printJson(marketingData);
