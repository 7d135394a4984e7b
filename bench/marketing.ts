/**
 * Credit against what campaigns caused, on the twins' truth: `npx tsx bench/marketing.ts [firms each] [deals]`. What marketing
 * states with intervals is judged by bench/partnersAndMarketing.ts.
 */
import {ranks} from "../loaders/twins/score/scoreEstimates.ts";
import {correlation} from "../loaders/twins/score/scoreProbabilities.ts";
import {creditRanges} from "../src/slices/marketing/creditRanges.ts";
import {judgedMarketing} from "../test/marketing/twinMarketing.ts";

const [firms = 8, deals = 2500] = process.argv.slice(2).map(Number);

for (const firm of ["software", "equipment"] as const) {
  const rankings = new Map<string, number[]>();
  let [credited, caused] = [0, 0];
  for (let seed = 1; seed <= firms; seed++) {
    const {data, channels} = await judgedMarketing(firm, deals, seed, "2026-05-22");
    const everything = data.campaigns.map((_, row) => row);
    const {units} = creditRanges(data, "channel", everything);
    for (const [i, model] of data.models.entries()) {
      const truth = units.map(({unit}) => channels.find(({channel}) => channel === unit)?.wonCaused ?? 0);
      const rank = correlation(ranks(units.map(({credits}) => credits[i]!)), ranks(truth));
      rankings.set(model, [...(rankings.get(model) ?? []), rank ?? 0]);
    }
    credited += units.reduce((sum, unit) => sum + unit.credits[0]!, 0);
    caused += channels.reduce((sum, {wonCaused}) => sum + wonCaused, 0);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  console.log(`${firm}: ${firms} firms of ${deals} deals`);
  console.log(`  money credited is ${(credited / caused).toFixed(1)} times the money caused`);
  for (const [model, values] of rankings)
    console.log(`  ${model}: rank correlation with money caused by channel ${mean(values).toFixed(2)}`);
}
