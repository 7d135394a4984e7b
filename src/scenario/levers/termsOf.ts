/** A scenario's window as terms of bookings: the one place where levers meet the forecast. */
import {dayNumber} from "../../slices/facts.js";
import type {BookingTerms, PooledDeals} from "../bookings/terms.js";
import type {ScenarioInput, ScenarioWindow} from "../input.js";
import {keeper} from "../kept.js";
import type {Scenario} from "../scenario.js";
import {arrivalTerms, type WindowWeeks} from "./arrivalTerms.js";
import type {TimedLever} from "./bend.js";
import {type Edges, edgesOfCurve, edgesUnder} from "./edges.js";
import {leverMasks} from "./matching.js";
import {moved} from "./outcomeCurves.js";
import {type DealGroups, numbers, rowOf, selectedDeals, weeksMoved, wonSoFar} from "./selected.js";

/** The window a scenario looks at: the one it names, else the first. */
export function windowOf(input: ScenarioInput, {window}: Scenario): ScenarioWindow {
  return input.windows.find(({label}) => label === window) ?? input.windows[0]!;
}

/** Edges of a curve under a set of levers (bit l for lever l). */
type EdgesOf = (curve: number, mask: number) => Edges;

type Between = Pick<ScenarioWindow, "from" | "to" | "scale">;

const kept = keeper<BookingTerms>(16);

/** The terms of a scenario in a window (its own when absent); the newest are kept, so they must not be changed. */
export function termsOf(
  input: ScenarioInput,
  scenario: Scenario,
  window: Between = windowOf(input, scenario)
): BookingTerms {
  const {filters, levers, deals} = scenario;
  const key = JSON.stringify([window.from, window.to, window.scale, filters, levers, deals]);
  return kept(input, key, () => madeTerms(input, scenario, window));
}

function madeTerms(input: ScenarioInput, scenario: Scenario, window: Between): BookingTerms {
  const {deals} = input;
  const {scale = 1} = window;
  const asOf = dayNumber(input.asOf);
  const weeks: WindowWeeks = {
    begin: Math.max(0, (dayNumber(window.from) - 1 - asOf) / 7),
    end: Math.max(0, (dayNumber(window.to) - asOf) / 7)
  };
  const levers = scenario.levers.map(
    (lever): TimedLever => ({
      ...lever,
      fromWeek: lever.from ? Math.max(0, (dayNumber(lever.from) - 1 - asOf) / 7) : 0
    })
  );
  const {rows, groups} = selectedDeals(input, scenario.filters, levers, scenario.deals);
  const under = new Map<number, (curve: number) => Edges>();
  const edgesOf: EdgesOf = (curve, mask) => {
    const own = under.get(mask) ?? edgesUnder(input, leversIn(levers, mask), weeks);
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
        const edges = edgesOfCurve(curve, leversIn(levers, masks[i]!), weeks);
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
    ...(groups ? {pooled: pooledUnder(groups, edgesOf, scale)} : {}),
    spread: input.spread,
    arrivals: arrivalTerms(input, scenario.filters, levers, weeks, scale),
    shockSd: input.shockSd
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

function leversIn(levers: readonly TimedLever[], mask: number): TimedLever[] {
  return levers.filter((_, l) => mask & (1 << l));
}

function isIn(day: string, {from, to}: Pick<ScenarioWindow, "from" | "to">): boolean {
  return day >= from && day <= to;
}
