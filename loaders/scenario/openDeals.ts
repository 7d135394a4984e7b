/** Open deals' chances week by week, by the deal model. */
import type {OutcomeCurve} from "../../src/scenario/input.ts";
import type {DealModel, OpenDeal} from "../forecast/deals/projectDeals.ts";
import type {PipelineHistory} from "../forecast/history/pipelineHistory.ts";

/** One open deal: its chances, and what it closes at if won (base currency). */
export interface ScenarioDeal {
  dealId: string;
  curve: OutcomeCurve;
  expected: number;
}

/** Chances to five places: what a page needs, and files stay small. */
export function openDeals(history: PipelineHistory, open: readonly OpenDeal[]): ScenarioDeal[] {
  return open.map(({state, curve, amount}) => ({
    dealId: history.dealIds[state.deal]!,
    curve: {won: Array.from(curve.won, places), lost: Array.from(curve.lost, places)},
    expected: Math.round(100 * amount) / 100
  }));
}

/** How past wins closed against what was expected: equally likely factors of mean 1, at most `most` of them. */
export function spreadOf({amounts}: Pick<DealModel, "amounts">, most = 41): number[] {
  const sorted = [...amounts.spread].sort((a, b) => a - b);
  const n = Math.min(most, sorted.length);
  // The mean of each of n equal parts of the sorted factors.
  const parts = Array.from({length: n}, (_, i) => {
    const [from, to] = [
      Math.floor((i * sorted.length) / n),
      Math.max(Math.floor((i * sorted.length) / n) + 1, Math.floor(((i + 1) * sorted.length) / n))
    ];
    const part = sorted.slice(from, to);
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const mean = parts.reduce((sum, value) => sum + value, 0) / n;
  return mean > 0 ? parts.map((value) => value / mean) : [1];
}

export function places(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
