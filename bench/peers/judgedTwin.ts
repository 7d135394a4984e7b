/** A whole twin's partners, as exports and warehouse count them, judged on their win rates. */
import type {PartnerCounts} from "../../src/slices/partners/compare/measures.ts";
import type {JudgedTwin} from "../recovery/judgedFirm.ts";
import {judgeBenchmark} from "./benchmark.ts";
import type {Judgements} from "./judgedMarket.ts";
import {judge} from "./score.ts";

/** Truths are planted of win rates; of a firm under two ids nobody planted one. */
export function judgedTwinPartners({compared, benchmark}: JudgedTwin, draw: number): Judgements {
  const rates = new Map(compared.partners.map(({partnerId, winRate}) => [partnerId, winRate]));
  const partners = compared.partners.filter(({firm}) => firm === undefined);
  return {
    compare: judge(
      partners.map(
        ({counts: {win_rate}, ...partner}): PartnerCounts => ({
          ...partner,
          counts: win_rate ? {win_rate} : {}
        })
      ),
      compared.tiers,
      (_, partnerId) => rates.get(partnerId) ?? null,
      {draw}
    ),
    benchmark: judgeBenchmark(benchmark, {draw})
  };
}
