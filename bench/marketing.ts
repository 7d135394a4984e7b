/**
 * Marketing's estimates on the twins' truth: `npx tsx bench/marketing.ts [firms each] [deals]`. Each firm is built as of a
 * year before its exports end; what open deals became since is the judge.
 */
import {ranks} from "../loaders/twins/score/scoreEstimates.ts";
import {correlation} from "../loaders/twins/score/scoreProbabilities.ts";
import {judgedMarketing} from "../test/marketing/twinMarketing.ts";

const [firms = 8, deals = 2500] = process.argv.slice(2).map(Number);
const Z80 = 1.281552;

for (const firm of ["software", "equipment"] as const) {
  let [inside, cells, expected, came, agreed, sourced, elastic, curves] = [0, 0, 0, 0, 0, 0, 0, 0];
  const rankings = new Map<string, number[]>();
  let [credited, caused] = [0, 0];
  for (let seed = 1; seed <= firms; seed++) {
    const {data, channels, nAgreed, nSourced} = await judgedMarketing(firm, deals, seed, "2025-05-22");
    agreed += nAgreed;
    sourced += nSourced;
    for (const {channel, wonLater} of channels) {
      const {dealsToCome} = data.channels.find(({name}) => name === channel)!;
      cells++;
      expected += dealsToCome.mean;
      came += wonLater;
      if (wonLater >= dealsToCome.lo && wonLater <= dealsToCome.hi) inside++;
    }
    const [curve] = data.curves;
    if (curve) {
      curves++;
      // The twins draw a campaign's budget apart from what it brings: the planted elasticity is nil.
      if (Math.abs(curve.elasticity) <= Z80 * Math.sqrt(curve.varElasticity)) elastic++;
    }
    const {data: whole, channels: ends} = await judgedMarketing(firm, deals, seed, "2026-05-22");
    for (const [i, model] of whole.models.entries()) {
      const units = whole.channelCredit;
      const truth = units.map(({unit}) => ends.find(({channel}) => channel === unit)?.wonCaused ?? 0);
      const rank = correlation(ranks(units.map(({credits}) => credits[i]!)), ranks(truth));
      rankings.set(model, [...(rankings.get(model) ?? []), rank ?? 0]);
    }
    credited += whole.channelCredit.reduce((sum, unit) => sum + unit.credits[0]!, 0);
    caused += ends.reduce((sum, {wonCaused}) => sum + wonCaused, 0);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  console.log(`${firm}: ${firms} firms of ${deals} deals`);
  console.log(
    `  sourcing campaign as planted: ${agreed} of ${sourced} (${((100 * agreed) / sourced).toFixed(1)} %)`
  );
  console.log(`  won after the as-of day: expected ${expected.toFixed(1)}, came ${came}`);
  console.log(
    `  80 % intervals by channel held in ${inside} of ${cells} (${((100 * inside) / cells).toFixed(0)} %)`
  );
  console.log(`  80 % intervals of the spend elasticity held the planted 0 in ${elastic} of ${curves}`);
  console.log(`  money credited is ${(credited / caused).toFixed(1)} times the money caused`);
  for (const [model, values] of rankings)
    console.log(`  ${model}: rank correlation with money caused by channel ${mean(values).toFixed(2)}`);
}
