/**
 * How often verdicts of How you compare and Partner benchmark are right on firms whose truth is known:
 * `npx tsx bench/peerVerdicts.ts [drawn seeds] [markets each] [folder] [folder of twins]`. What is judged is kept in the folder and read from it, so that
 * a run can be broken off; the twins are those that bench/partnersAndMarketing.ts has kept. Writes docs/partner-verdicts.md and the figures
 * that the pages say beside their verdicts.
 */
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {FIRMS, type Firm} from "../loaders/twins/writeTwin.ts";
import {drawnBenchmark, drawnGroups} from "./peers/drawnGroups.ts";
import {type Judgements, judgedMarket} from "./peers/judgedMarket.ts";
import {judgedTwinPartners} from "./peers/judgedTwin.ts";
import {type Judged, verdictsPage} from "./peers/page.ts";
import {recordModule} from "./peers/record.ts";
import type {JudgedTwin} from "./recovery/judgedFirm.ts";

const [seeds = "60", markets = "8", folder = "test/.out/peers", twinFolder = "test/.out/recovery"] =
  process.argv.slice(2);
mkdirSync(folder, {recursive: true});
const numbers = (n: string) => Array.from({length: Number(n)}, (_, i) => i + 1);

const drawn = numbers(seeds).flatMap((seed) => kept(`drawn-${seed}`, () => drawnGroups(seed)));
const drawnRates = numbers(seeds).flatMap((seed) => kept(`benchmark-${seed}`, () => drawnBenchmark(seed)));
const told = FIRMS.flatMap((firm, i) =>
  numbers(markets).map((seed) => kept(`market-${firm}-${seed}`, () => judgedMarket(firm, 1_000 * i + seed)))
);
const whole = FIRMS.map((firm) => ({firm, twins: keptTwins(firm)})).filter(({twins}) => twins.length > 0);
const twins = whole.flatMap(({twins: of}, i) =>
  of.map((twin, nth) => judgedTwinPartners(twin, 1_000 * i + nth))
);
const judged: Judged = {
  drawn,
  drawnRates,
  planted: together(told.map(({planted}) => planted)),
  alike: together(told.map(({alike}) => alike)),
  twins: together(twins)
};
const page = verdictsPage(judged, {
  seeds: Number(seeds),
  markets: told.length,
  twins: whole.map(({firm, twins: of}) => `${of.length} ${firm}`).join(" and ")
});
writeFileSync("docs/partner-verdicts.md", page);
writeFileSync("src/slices/partners/verdictRecord.ts", recordModule(judged));
console.log(page);

function kept<T>(name: string, make: () => T): T {
  const file = join(folder, `${name}.json`);
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(make()));
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

function keptTwins(firm: Firm): JudgedTwin[] {
  const files = existsSync(twinFolder) ? readdirSync(twinFolder).filter((name) => name.startsWith(firm)) : [];
  return files.sort().map((name) => JSON.parse(readFileSync(join(twinFolder, name), "utf8")) as JudgedTwin);
}

function together(list: readonly Judgements[]): Judgements {
  return {
    compare: list.flatMap(({compare}) => compare),
    benchmark: list.flatMap(({benchmark}) => benchmark)
  };
}
