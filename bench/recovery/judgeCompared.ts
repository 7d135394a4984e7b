/** The partners of a twin as How you compare counts them, through exports and warehouse, beside their planted win rates. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {partnerCounts} from "../../loaders/publish/peers/partnerCounts.ts";
import {dayOf} from "../../loaders/twins/calendar/days.ts";
import type {PartnerCounts} from "../../src/slices/partners/compare/measures.ts";
import type {JudgedFirm} from "./judgedFirm.ts";
import {partnerPool, trueRate} from "./trueRate.ts";

/** Counts are kept and not verdicts, so that another way to judge them needs no other twin. */
export interface ComparedFirm {
  tiers: string[];
  /** Those with a planted effect; `winRate` is what the firm's partner deals come to in their hands and regions. */
  partners: (PartnerCounts & {winRate: number})[];
}

/** @param dir the twin's folder */
export async function judgeCompared(judged: JudgedFirm, dir: string): Promise<ComparedFirm> {
  const {from, to, tiers, partners} = await partnerCounts(judged.engine);
  const days = {from: dayOf(from) - 1, to: dayOf(to)};
  const planted = readPlantedPartners(dir);
  const pool = partnerPool(judged);
  return {
    tiers,
    partners: partners.flatMap((partner) => {
      const found = planted.get(partner.partnerId);
      return found ? [{...partner, winRate: trueRate(judged, pool, found, days)}] : [];
    })
  };
}

/** By the id that the CRM has for the partner. */
function readPlantedPartners(dir: string): Map<string, {effect: number; region: string}> {
  const [header, ...lines] = readFileSync(join(dir, "truth", "partners.csv"), "utf8")
    .trimEnd()
    .split("\n");
  const columns = header!.split(",");
  const at = (cells: string[], name: string) => cells[columns.indexOf(name)]!;
  return new Map(
    lines
      .map((line) => line.split(","))
      .map((cells) => [
        at(cells, "account_id"),
        {effect: Number(at(cells, "effect_with_training")), region: at(cells, "region")}
      ])
  );
}
