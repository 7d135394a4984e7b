/** Open deals with their chances and what they would take, as known on a day. */

import type {Lines} from "../../src/slices/material/planningData.ts";
import type {OpenDeal} from "../forecast/deals/projectDeals.ts";
import type {PipelineHistory} from "../forecast/history/pipelineHistory.ts";
import {places} from "../scenario/openDeals.ts";
import type {LikeDeals} from "./likeDeals.ts";

/** An open deal: its weekly chances and the sets of lines it may take, each as likely. */
export interface ChanceDeal {
  dealId: string;
  /** Chance to have been won within 1, 2, ... weeks. */
  won: number[];
  sets: Lines[];
  isAssumed: boolean;
  /** Expected if won, base currency. */
  amount: number;
}

/**
 * @param linesOf lines by deal, as its record has them
 * @param isKnown whether a deal in a stage (index, -1 unknown) names its products: lines have no history, so on a past day
 * only deals that had come so far are taken to have had them
 */
export function openPipeline(
  history: PipelineHistory,
  open: readonly OpenDeal[],
  linesOf: ReadonlyMap<string, Lines>,
  isKnown: (stage: number) => boolean,
  like: LikeDeals,
  nWeeks: number
): ChanceDeal[] {
  return open.map(({state, curve, amount}) => {
    const dealId = history.dealIds[state.deal]!;
    const own = isKnown(state.stage) ? linesOf.get(dealId) : undefined;
    return {
      dealId,
      won: Array.from(curve.won.subarray(0, nWeeks), places),
      sets: own ? [own] : like.of(state.deal, state.stage, amount),
      isAssumed: !own,
      amount
    };
  });
}
