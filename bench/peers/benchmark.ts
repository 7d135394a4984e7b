/** Verdicts of Partner benchmark beside the truth: above or below what all partners have in common. */
import {FEW_TRIALS, fitPeers, shrunkenRates} from "../../src/slices/shrunkenRates.ts";
import type {TruePartner} from "../recovery/judgedFirm.ts";
import type {Answer} from "./score.ts";

/** @param hasNone that no partner differs from another, so that no verdict can be right */
export function judgeBenchmark(
  partners: readonly TruePartner[],
  {draw, hasNone = false}: {draw: number; hasNone?: boolean}
): Answer[] {
  const known = partners.filter(({trials}) => trials > 0);
  const trials = known.map(({successes, trials}, i) => ({key: String(i), successes, trials}));
  const peers = fitPeers(trials);
  if (!peers) return [];
  // What the page calls common is the mean of the partners' rates, not of their deals.
  const common = known.reduce((sum, {winRate}) => sum + winRate, 0) / known.length;
  return shrunkenRates(trials, peers).flatMap(({trials: n, above, verdict, lo, hi}, i): Answer[] => {
    if (n < FEW_TRIALS) return [];
    const {winRate} = known[i]!;
    const isThere = above > 0.5 ? winRate > common : winRate < common;
    return [
      {
        n,
        isTold: verdict === "above" || verdict === "below",
        chance: Math.max(above, 1 - above),
        isThere: hasNone ? null : isThere,
        isHeld: winRate >= lo && winRate <= hi,
        draw
      }
    ];
  });
}
