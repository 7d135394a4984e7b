/** One twin, built as of a year before its exports end, and every estimate of partners and marketing beside the truth. */
import type {Engine} from "../../loaders/engine/engine.ts";
import {factTable} from "../../loaders/pages/factTable.ts";
import {marketingData} from "../../loaders/pages/marketingData.ts";
import {partnersData} from "../../loaders/pages/partnersData.ts";
import {programmeData} from "../../loaders/pages/programmeData.ts";
import {EQUIPMENT_FIRM} from "../../loaders/twins/equipment/equipmentFirm.ts";
import {drawWorld} from "../../loaders/twins/firm/world.ts";
import {SOFTWARE_FIRM} from "../../loaders/twins/software/softwareFirm.ts";
import type {Firm} from "../../loaders/twins/writeTwin.ts";
import type {FactTable} from "../../src/slices/facts.ts";
import {withTwin} from "../../test/support/withTwin.ts";
import {type ComparedFirm, judgeCompared} from "./judgeCompared.ts";
import {judgeMarketing} from "./judgeMarketing.ts";
import {judgePartners} from "./judgePartners.ts";
import {judgeTiers, readPartnerEffects} from "./judgeTiers.ts";
import {type PlantedCampaign, readPlantedCampaigns} from "./plantedCampaigns.ts";
import {type PlantedDeal, readKeeping, readPlanted, TrueChances} from "./trueChances.ts";

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
  /** Of the partners alone. */
  benchmark?: TruePartner[];
}

/** Won out of closed of one partner as Partner benchmark counts them, and its planted win rate. */
export interface TruePartner {
  successes: number;
  trials: number;
  winRate: number;
}

/** A judgement, and the partners to be compared. */
export interface JudgedTwin extends Judgement {
  benchmark: TruePartner[];
  compared: ComparedFirm;
}

/** What the judges of one firm work with. */
export interface JudgedFirm {
  engine: Engine;
  deals: FactTable;
  /** Planted deals in the order of `deals`; undefined for one that is no deal of the truth. */
  planted: (PlantedDeal | undefined)[];
  chances: TrueChances;
  /** By campaign id. */
  campaigns: ReadonlyMap<string, PlantedCampaign>;
  /** By partner id. */
  partnerEffects: ReadonlyMap<string, number>;
  /** Days since 1970. */
  asOf: number;
}

export const AS_OF = "2025-05-22";
const AS_OF_DAY = Math.floor(Date.parse(AS_OF) / 86_400_000);
const SPECS = {software: SOFTWARE_FIRM, equipment: EQUIPMENT_FIRM};

/** Writes, builds and judges; everything is removed again. */
export async function judgedFirm(firm: Firm, deals: number, seed: number): Promise<JudgedTwin> {
  return withTwin({firm, deals, seed, asOf: AS_OF}, async (dir, engine) => {
    const truth = readPlanted(dir);
    const byId = new Map(truth.map((deal) => [deal.deal_id, deal]));
    const ids = await engine.rows<{deal_id: string}>("select deal_id from marts.deals order by deal_id");
    const judged: JudgedFirm = {
      engine,
      deals: await dealFacts(engine),
      planted: ids.map(({deal_id}) => byId.get(deal_id)),
      chances: new TrueChances(firm, truth, readKeeping(dir)),
      campaigns: readPlantedCampaigns(dir, drawWorld(SPECS[firm], deals, seed), AS_OF_DAY),
      partnerEffects: readPartnerEffects(dir),
      asOf: AS_OF_DAY
    };
    const programme = await programmeData(engine);
    const partners = judgePartners(judged, await partnersData(engine), programme);
    const marketing = judgeMarketing(judged, await marketingData(engine));
    return {
      benchmark: partners.benchmark ?? [],
      compared: await judgeCompared(judged, dir),
      statements: [...partners.statements, ...marketing.statements],
      tallies: [...partners.tallies, ...judgeTiers(judged, programme), ...marketing.tallies]
    };
  });
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
