/** A process of a backtest: reads its share from its input, asks on each of its days, fits each of its models, and names each that is stored. */
import {text} from "node:stream/consumers";
import {openModelStore} from "../deals/modelStore.ts";
import {knownAt} from "../history/pipelineHistory.ts";
import {readWholeHistory, withWarehouse} from "../history/wholeHistory.ts";
import type {Share} from "./askInProcesses.ts";
import {openRowStore} from "./rowStore.ts";
import {allForecasters, askOn} from "./runBacktest.ts";

const {warehouse, path, key, options, days, own, models} = JSON.parse(await text(process.stdin)) as Share;
const {history} = await withWarehouse(warehouse, readWholeHistory);
const store = openRowStore(path, key);
const forecasters = allForecasters(options.refitDays, days[0]);
for (const day of own) {
  if (!store.done.has(day)) store.add(day, askOn(history, day, forecasters, options));
  process.stdout.write(`day ${day}\n`);
}
if (models) {
  const {fitted} = openModelStore(models.folder);
  for (const day of models.days) {
    fitted(knownAt(history, day));
    process.stdout.write(`model ${day}\n`);
  }
}
