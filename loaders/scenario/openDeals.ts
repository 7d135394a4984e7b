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

/** Above so many deals those of like chances share a curve. */
const MOST_CURVES = 2000;

/**
 * The curves of deals, and which each has. Of many deals, those whose chances agree at a month, a quarter, half a year and
 * the end (to half a percentage point, more where that leaves too many) share their mean curve.
 */
export function sharedCurves(
  deals: readonly ScenarioDeal[],
  most = MOST_CURVES
): {curves: OutcomeCurve[]; indexOf: number[]} {
  if (deals.length <= most) return {curves: deals.map(({curve}) => curve), indexOf: deals.map((_, i) => i)};
  for (let step = 0.005; ; step *= 1.5) {
    const groups = new Map<string, number>();
    const indexOf = deals.map(({curve}) => {
      const key = signature(curve, step);
      const known = groups.get(key) ?? groups.size;
      groups.set(key, known);
      return known;
    });
    if (groups.size > most) continue;
    const sizes = new Array<number>(groups.size).fill(0);
    const weeks = deals[0]!.curve.won.length;
    const curves = sizes.map(() => ({won: zeros(weeks), lost: zeros(weeks)}));
    deals.forEach(({curve}, i) => {
      const at = indexOf[i]!;
      sizes[at]!++;
      for (const part of ["won", "lost"] as const)
        for (let k = 0; k < weeks; k++) curves[at]![part][k]! += curve[part][k]!;
    });
    const mean = (values: number[], n: number) => values.map((value) => places(value / n));
    return {
      curves: curves.map(({won, lost}, at) => ({won: mean(won, sizes[at]!), lost: mean(lost, sizes[at]!)})),
      indexOf
    };
  }
}

function zeros(n: number): number[] {
  return new Array<number>(n).fill(0);
}

function signature({won, lost}: OutcomeCurve, step: number): string {
  const last = won.length - 1;
  const weeks = [3, 12, 25, last].map((week) => Math.min(week, last));
  return weeks
    .flatMap((week) => [won[week]!, lost[week]!].map((value) => Math.round(value / step)))
    .join(",");
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
