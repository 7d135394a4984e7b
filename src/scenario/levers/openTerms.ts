/** The open deals of a window, under levers and forced deals. */
import type {BookingTerms, PooledDeals} from "../bookings/terms.js";
import type {ScenarioInput, ScenarioWindow} from "../input.js";
import type {Scenario} from "../scenario.js";
import type {WindowWeeks} from "./arrivalTerms.js";
import type {TimedLever} from "./bend.js";
import {type Edges, edgesOfCurve, edgesUnder} from "./edges.js";
import {leverMasks, leversOf} from "./matching.js";
import {moved} from "./outcomeCurves.js";
import {type DealGroups, numbers, rowOf, selectedDeals, weeksMoved, wonSoFar} from "./selected.js";

/** What open deals and certain money contribute to {@link BookingTerms}. */
export type OpenTerms = Pick<BookingTerms, "sure" | "logBefore" | "logAfter" | "amount" | "pooled">;

/** Edges of a curve under a set of part levers. */
type EdgesOf = (curve: number, mask: number) => Edges;

/** @param levers those that act on open deals, neutral ones among them: they cut the groups */
export function openTerms(
  input: ScenarioInput,
  scenario: Scenario,
  levers: readonly TimedLever[],
  window: Pick<ScenarioWindow, "from" | "to" | "scale">,
  weeks: WindowWeeks
): OpenTerms {
  const {deals} = input;
  const {scale = 1} = window;
  const {rows, groups} = selectedDeals(input, scenario.filters, levers, scenario.deals);
  const under = new Map<number, (curve: number) => Edges>();
  const edgesOf: EdgesOf = (curve, mask) => {
    const own = under.get(mask) ?? edgesUnder(input, leversOf(levers, mask), weeks);
    under.set(mask, own);
    return own(curve);
  };
  const masks = leverMasks(deals, rows, levers);
  const [expected, curveOf] = [numbers(deals.columns["expected"]), numbers(deals.columns["curve"])];
  const n = rows.length;
  const [logBefore, logAfter, amount] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  rows.forEach((row, i) => {
    const edges = edgesOf(curveOf[row] ?? 0, masks[i]!);
    logBefore[i] = edges.logBefore;
    logAfter[i] = edges.logAfter;
    amount[i] = ((expected[row] ?? 0) / 100) * edges.amountFactor * scale;
  });
  let sure = wonSoFar(input, scenario, window);
  if (scenario.deals.length > 0) {
    const at = new Map(rows.map((row, i) => [row, i]));
    for (const forced of scenario.deals) {
      const row = rowOf(input).get(forced.deal);
      const i = row === undefined ? undefined : at.get(row);
      if (row === undefined || i === undefined) continue;
      if (forced.action === "priced" && forced.amount !== undefined) amount[i] = forced.amount * scale;
      // What is certain needs no correction for past bias.
      if (forced.action === "won" && isIn(forced.on ?? input.asOf, window))
        sure += forced.amount ?? amount[i]! / scale;
      if (forced.action === "won" || forced.action === "lost") logBefore[i] = logAfter[i] = 0;
      if (forced.action === "moved") {
        const curve = moved(input.curves[curveOf[row] ?? 0]!, weeksMoved(input, row, forced));
        const edges = edgesOfCurve(curve, leversOf(levers, masks[i]!), weeks);
        logBefore[i] = edges.logBefore;
        logAfter[i] = edges.logAfter;
      }
    }
  }
  return {
    sure,
    logBefore,
    logAfter,
    amount,
    ...(groups ? {pooled: pooledUnder(groups, edgesOf, scale)} : {})
  };
}

function pooledUnder({pool, curve, mask}: DealGroups, edgesOf: EdgesOf, scale: number): PooledDeals {
  const made = () => new Float64Array(pool.nGroups);
  const pooled: PooledDeals = {pool, logBefore: made(), logAfter: made(), factor: made()};
  for (let g = 0; g < pool.nGroups; g++) {
    const edges = edgesOf(curve[g]!, mask[g]!);
    pooled.logBefore[g] = edges.logBefore;
    pooled.logAfter[g] = edges.logAfter;
    pooled.factor[g] = edges.amountFactor * scale;
  }
  return pooled;
}

function isIn(day: string, {from, to}: Pick<ScenarioWindow, "from" | "to">): boolean {
  return day >= from && day <= to;
}
