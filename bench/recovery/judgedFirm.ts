/** One twin, built as of a year before its exports end, and every estimate of partners and marketing beside the truth. */
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {factTable} from "../../loaders/pages/factTable.ts";
import {marketingData} from "../../loaders/pages/marketingData.ts";
import {partnersData} from "../../loaders/pages/partnersData.ts";
import {programmeData} from "../../loaders/pages/programmeData.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {type Firm, writeTwin} from "../../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import type {FactTable} from "../../src/slices/facts.ts";
import {judgeMarketing} from "./judgeMarketing.ts";
import {judgePartners} from "./judgePartners.ts";
import {type PlantedDeal, readPlanted, TrueChances} from "./trueChances.ts";

/** One statement of an estimator, beside what is true. */
export interface Statement {
  what: string;
  /** Null where the estimator says that it is not enough data. */
  estimate: number | null;
  lo: number | null;
  hi: number | null;
  truth: number;
}

/** How many of something are what they are said to be. */
export interface Tally {
  what: string;
  right: number;
  of: number;
}

export interface Judgement {
  statements: Statement[];
  tallies: Tally[];
}

/** What the judges of one firm work with. */
export interface JudgedFirm {
  engine: Engine;
  deals: FactTable;
  /** Planted deals in the order of `deals`; undefined for one that is no deal of the truth. */
  planted: (PlantedDeal | undefined)[];
  chances: TrueChances;
  /** Days since 1970. */
  asOf: number;
}

export const AS_OF = "2025-05-22";

/** Writes, builds and judges; everything is removed again. */
export async function judgedFirm(firm: Firm, deals: number, seed: number): Promise<Judgement> {
  const root = mkdtempSync(join(tmpdir(), "weir-recovery-"));
  try {
    const dir = join(root, "twin");
    await writeTwin({firm, deals, seed, out: dir});
    const file = join(dir, "workspace.yaml");
    const text = readFileSync(file, "utf8").replace(/^as_of:.*\n/m, "");
    writeFileSync(file, text.replace("base_currency:", `as_of: ${AS_OF}\nbase_currency:`));
    const paths = statePaths({name: "twin"}, join(root, "state"));
    await buildWarehouse({
      workspace: loadWorkspace(dir),
      paths,
      filesDir: dir,
      reporter: silentReporter,
      builtAt: "2026-11-01T00:00:00.000Z"
    });
    const engine = await openDuckDb(paths.warehouse, {readOnly: true});
    try {
      const truth = readPlanted(dir);
      const byId = new Map(truth.map((deal) => [deal.deal_id, deal]));
      const ids = await engine.rows<{deal_id: string}>("select deal_id from marts.deals order by deal_id");
      const judged: JudgedFirm = {
        engine,
        deals: await dealFacts(engine),
        planted: ids.map(({deal_id}) => byId.get(deal_id)),
        chances: new TrueChances(firm, truth),
        asOf: Math.floor(Date.parse(AS_OF) / 86_400_000)
      };
      const partners = judgePartners(judged, await partnersData(engine), await programmeData(engine));
      const marketing = judgeMarketing(judged, await marketingData(engine));
      return {
        statements: [...partners.statements, ...marketing.statements],
        tallies: [...partners.tallies, ...marketing.tallies]
      };
    } finally {
      engine.close();
    }
  } finally {
    rmSync(root, {recursive: true, force: true});
  }
}

function dealFacts(engine: Engine): Promise<FactTable> {
  const words = ["segment", "deal_type", "region", "pipeline", "product_family", "lead_source", "channel"];
  return factTable(engine, "(select *, amount_base is null as is_amount_unknown from marts.deals) as deals", {
    columns: [
      ...[...words, "outcome", "is_amount_unknown", "open_amount", "won_amount", "lost_amount"],
      ...["created_on", "closed_on", "cycle_days"]
    ],
    orderBy: "deal_id"
  });
}
