/**
 * How good the matching of registrations and deals is, and what it costs beside comparing every pair:
 * `npx tsx bench/matching.ts`. The seeds are those the thresholds were chosen on (1) and others (2 to 5).
 */
import {wordWeights} from "../loaders/match/nameSimilarity.ts";
import {scorePair} from "../loaders/match/scorePair.ts";
import {judge, matchSeeded} from "../test/match/judge.ts";
import {seededPairs} from "../test/match/seededPairs.ts";

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

console.log("seed  registrations  deals  precision  recall  offered or matched  unsure");
for (const seed of [1, 2, 3, 4, 5]) {
  const seeded = seededPairs(seed);
  const {precision, recall, reach, unsure} = judge(matchSeeded(seeded), seeded.truth);
  console.log(
    [
      seed,
      seeded.registrations.length,
      seeded.deals.length,
      percent(precision),
      percent(recall),
      percent(reach),
      percent(unsure)
    ].join("\t")
  );
}

const seeded = seededPairs(6, 1500);
const started = performance.now();
matchSeeded(seeded);
const indexed = performance.now() - started;
const weights = wordWeights(seeded.deals.map(({name}) => name!));
const again = performance.now();
const SAMPLE = 50;
for (const registration of seeded.registrations.slice(0, SAMPLE))
  for (const deal of seeded.deals) scorePair(registration, deal, weights);
const every = ((performance.now() - again) * seeded.registrations.length) / SAMPLE;
console.log(
  `matching costs ${percent(indexed / every)} of comparing every pair (${SAMPLE} registrations timed)`
);
