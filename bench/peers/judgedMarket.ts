/** The firms of one market, judged as they are, and again with every difference between partners taken away. */
import type {Firm} from "../../loaders/twins/writeTwin.ts";
import type {TruePartner} from "../recovery/judgedFirm.ts";
import {judgeBenchmark} from "./benchmark.ts";
import {type Judged, KNOWN, MarketSums, partnersOf} from "./counted.ts";
import {drawnStream} from "./drawnGroups.ts";
import {type MarketSize, type PartnerMarket, tellPartners, withoutDifference} from "./market.ts";
import {type Answer, judge, type Said} from "./score.ts";

/** A twin has twelve partners at least, of whom the first eight are there from the start: they are compared. */
export const MARKET: MarketSize = {
  deals: 200_000,
  partners: 12,
  firms: [...Array(8).fill(1_500), ...Array(5).fill(4_000), ...Array(3).fill(10_000)]
};
const COMPARED_PARTNERS = 8;

/** What is said of the partners of a market's firms, on each page. */
export interface Judgements {
  compare: Said[];
  benchmark: Answer[];
}

export interface JudgedMarket {
  planted: Judgements;
  /** Where no partner differs. */
  alike: Judgements;
}

export function judgedMarket(firm: Firm, seed: number, size = MARKET): JudgedMarket {
  const market = tellPartners(firm, size, seed);
  const rng = drawnStream(seed, "peers.alike");
  const alike = withoutDifference(market, (n) => rng.int(n));
  return {planted: judged(market, seed, false), alike: judged(alike, seed, true)};
}

function judged(market: PartnerMarket, draw: number, hasNone: boolean): Judgements {
  const sums = new MarketSums(market);
  const firms = Array.from({length: market.nFirms}, (_, firm) => firm);
  const as = {draw, hasNone};
  return {
    compare: firms.flatMap((firm) =>
      judge(
        partnersOf(sums, firm, COMPARED_PARTNERS),
        [],
        (key, partnerId) =>
          hasNone || KNOWN.includes(key as Judged)
            ? sums.truth(key as Judged, Number(partnerId), firm)
            : null,
        as
      )
    ),
    benchmark: firms.flatMap((firm) => judgeBenchmark(ratesIn(sums, firm), as))
  };
}

function ratesIn(sums: MarketSums, firm: number): TruePartner[] {
  return Array.from({length: COMPARED_PARTNERS}, (_, partner) => partner).flatMap((partner) => {
    const counted = sums.counted("win_rate", partner, firm);
    const winRate = sums.truth("win_rate", partner, firm);
    return counted && "trials" in counted && winRate !== null ? [{...counted, winRate}] : [];
  });
}
