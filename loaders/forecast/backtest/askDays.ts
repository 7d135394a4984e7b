/** A process of a backtest: reads its share from its input, asks on each of its days, and names each that is stored. */
import {text} from "node:stream/consumers";
import {readWholeHistory, withWarehouse} from "../history/wholeHistory.ts";
import type {Share} from "./askInProcesses.ts";
import {openRowStore} from "./rowStore.ts";
import {allForecasters, askOn} from "./runBacktest.ts";

const {warehouse, path, key, options, days, own} = JSON.parse(await text(process.stdin)) as Share;
const {history} = await withWarehouse(warehouse, readWholeHistory);
const store = openRowStore(path, key);
const forecasters = allForecasters(options.refitDays, days[0]);
for (const day of own) {
  if (!store.done.has(day)) store.add(day, askOn(history, day, forecasters, options));
  process.stdout.write(`${day}\n`);
}
