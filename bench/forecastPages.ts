/**
 * What it costs to make the forecast's pages of a backtest that is done, beside one fit of the deal model, and what each page
 * asks a visitor to load: `npx tsx bench/forecastPages.ts [deals]`.
 */
import {gzipSync} from "node:zlib";
import {BACKTEST_DEFAULTS, runBacktest} from "../loaders/forecast/backtest/runBacktest.ts";
import {fitDealModel} from "../loaders/forecast/deals/projectDeals.ts";
import {isoOf} from "../loaders/forecast/history/calendar.ts";
import {publishAll} from "../loaders/forecast/publish/publishAll.ts";
import {simulatedHistory} from "../test/forecast/simulatedHistory.ts";

const nDeals = Number(process.argv[2] ?? 20_000);
const history = simulatedHistory(nDeals, 1300, 3);

/** CPU seconds of a call, and what it gave. */
function timed<T>(call: () => T): [number, T] {
  const before = process.cpuUsage();
  const result = call();
  const {user, system} = process.cpuUsage(before);
  return [(user + system) / 1e6, result];
}

const rows = runBacktest(history, {...BACKTEST_DEFAULTS, refitDays: 364, warmUpDays: 900});
timed(() => fitDealModel(history));
const [fit] = timed(() => fitDealModel(history));
const [publish, published] = timed(() =>
  publishAll({
    history,
    rows,
    withheld: [],
    nUndated: 0,
    currency: "USD",
    seed: 1,
    dealNames: new Map(),
    amounts: new Map(),
    quotas: new Map(),
    quarterLabel: isoOf
  })
);
const print = (line: string) => process.stdout.write(`${line}\n`);
print(`${nDeals} deals, ${published.deal_scores.nWhole} open`);
print(
  `one fit ${fit.toFixed(2)} s of CPU, everything published ${publish.toFixed(1)} s: ${(publish / fit).toFixed(0)} fits`
);
for (const [part, data] of Object.entries(published)) {
  const text = JSON.stringify(data);
  print(`${part.padEnd(16)} ${(gzipSync(text).length / 1000).toFixed(0)} kB compressed`);
}
