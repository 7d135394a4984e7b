/**
 * Partners judged by the truth of twins: how the raw and the shrunken win rates rank them, how often a verdict against the
 * peers has the right sign, and deals with partners against like direct deals, raw and adjusted:
 * `npx tsx bench/partners.ts [deals] [seeds]`.
 */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {openDuckDb} from "../loaders/engine/duckdb.ts";
import {silentReporter} from "../loaders/system/progress.ts";
import {readTruth} from "../loaders/twins/score/readTruth.ts";
import {ranks} from "../loaders/twins/score/scoreEstimates.ts";
import {correlation} from "../loaders/twins/score/scoreProbabilities.ts";
import {FIRMS, type Firm, writeTwin} from "../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../loaders/workspace/statePaths.ts";
import {adjustedEffect, strataOf} from "../src/slices/adjustedEffect.ts";
import {fitPeers, shrunkenRates} from "../src/slices/shrunkenRates.ts";

const [deals = 6000, seeds = 3] = process.argv.slice(2).map(Number);
console.log(
  "firm       seed  partners  rank raw  rank shrunk  verdicts right  with partner: raw  adjusted (95%)"
);
for (const firm of FIRMS) for (let seed = 1; seed <= seeds; seed++) await judge(firm, seed);

interface ClosedDeal {
  partner_id: string | null;
  stratum: string;
  is_won: boolean;
}

async function judge(firm: Firm, seed: number): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "weir-bench-"));
  try {
    const out = join(root, "twin");
    await writeTwin({firm, deals, seed, out});
    const workspace = loadWorkspace(out);
    const paths = statePaths({name: firm}, join(root, "state"));
    const builtAt = "2026-11-01T00:00:00.000Z";
    await buildWarehouse({workspace, paths, filesDir: out, reporter: silentReporter, builtAt});
    const engine = await openDuckDb(paths.warehouse, {readOnly: true});
    const closed = await engine.rows<ClosedDeal>(
      `select origin.origin_partner_id as partner_id, concat_ws(' / ', deal.segment, deal.deal_type, deal.region, deal.pipeline)
         as stratum, deal.outcome = 'won' as is_won
       from marts.deal_origins as origin inner join marts.deals as deal using (deal_id)
       where deal.outcome <> 'open'`
    );
    engine.close();
    report(firm, seed, closed, new Map(readTruth(out).partners.flatMap((each) => keysOf(each))));
  } finally {
    rmSync(root, {recursive: true, force: true});
  }
}

/** A partner by the ids of both systems. */
function keysOf(partner: {
  partner_id: string;
  account_id?: string;
  effect_with_training: number;
}): [string, number][] {
  return [partner.partner_id, partner.account_id ?? ""].map((id) => [id, partner.effect_with_training]);
}

function report(
  firm: Firm,
  seed: number,
  closed: readonly ClosedDeal[],
  effects: ReadonlyMap<string, number>
): void {
  const byPartner = new Map<string, {n: number; won: number}>();
  for (const {partner_id, is_won} of closed) {
    if (partner_id === null) continue;
    const counts = byPartner.get(partner_id) ?? {n: 0, won: 0};
    byPartner.set(partner_id, {n: counts.n + 1, won: counts.won + Number(is_won)});
  }
  const trials = [...byPartner].map(([key, {n, won}]) => ({key, trials: n, successes: won}));
  const known = shrunkenRates(trials, fitPeers(trials)!).flatMap((rate) => {
    const effect = effects.get(rate.key) ?? effects.get(rate.key.slice(0, 15));
    return effect === undefined ? [] : [{...rate, effect}];
  });
  if (known.length === 0) throw new Error("no partner of the warehouse is among the true ones");
  const truth = ranks(known.map(({effect}) => effect));
  const of = (values: number[]) => correlation(ranks(values), truth)?.toFixed(2) ?? "-";
  const middle = known.map(({effect}) => effect).sort((a, b) => a - b)[Math.floor(known.length / 2)]!;
  const told = known.filter(({verdict}) => verdict === "above" || verdict === "below");
  const right = told.filter(({verdict, effect}) => (verdict === "above") === effect > middle);
  const like = adjustedEffect(
    strataOf(
      [...closed.keys()],
      (i) => closed[i]!.stratum,
      (i) => closed[i]!.partner_id !== null,
      (i) => closed[i]!.is_won
    )
  );
  const points = (value: number | null) => (value === null ? "-" : `${(value * 100).toFixed(1)} pts`);
  console.log(
    [
      firm.padEnd(9),
      String(seed).padStart(5),
      String(known.length).padStart(9),
      of(known.map(({raw}) => raw ?? 0)).padStart(9),
      of(known.map(({rate}) => rate)).padStart(12),
      `${right.length} of ${told.length}`.padStart(15),
      points(like.raw).padStart(18),
      `  ${points(like.difference)} (${points(like.lo)} to ${points(like.hi)})`
    ].join(" ")
  );
}
