/**
 * How good the matching of registrations and deals is, and what it costs beside comparing every pair:
 * `npx tsx bench/matching.ts`. The seeds are those the thresholds were chosen on (1) and others (2 to 5).
 * With `twins DEALS SEED` the registrations of both twins are judged by truth/registrations.csv instead; what states its deal is left out.
 */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {wordWeights} from "../loaders/match/nameSimilarity.ts";
import {scorePair} from "../loaders/match/scorePair.ts";
import {FIRMS, type Firm} from "../loaders/twins/writeTwin.ts";
import {judge, matchSeeded} from "../test/match/judge.ts";
import {seededPairs} from "../test/match/seededPairs.ts";
import {withTwin} from "../test/support/withTwin.ts";

const [what, ...numbers] = process.argv.slice(2);
if (what === "twins") for (const firm of FIRMS) await judgeTwin(firm, Number(numbers[0]), Number(numbers[1]));
else judgeSeeds();

async function judgeTwin(firm: Firm, deals: number, seed: number): Promise<void> {
  const counts = new Map<string, {right: number; other: number; none: number}>();
  await withTwin({firm, deals, seed}, async (dir, engine) => {
    const [, ...lines] = readFileSync(join(dir, "truth", "registrations.csv"), "utf8")
      .trim()
      .split("\n");
    const truth = new Map(lines.map((line) => line.trim().split(",") as [string, string]));
    const matches = await engine.rows<{id: string; deal: string | null; status: string}>(
      "select registration_id as id, deal_id as deal, match_status as status from workspace.registration_match where match_basis in ('score', 'none') order by status"
    );
    for (const {id, deal, status} of matches) {
      const count = counts.get(status) ?? {right: 0, other: 0, none: 0};
      count[!truth.get(id) ? "none" : truth.get(id) === deal ? "right" : "other"]++;
      counts.set(status, count);
    }
  });
  for (const [status, {right, other, none}] of counts)
    console.log(
      `${firm} ${deals}, seed ${seed}: ${status} ${right + other + none}: of ${right} the right deal, of ${other} another one, ${none} have none`
    );
}

function judgeSeeds(): void {
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
}
