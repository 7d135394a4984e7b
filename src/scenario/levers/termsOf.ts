/** A scenario's window as terms of bookings: the one place where levers meet the forecast. */
import {dayNumber} from "../../slices/facts.js";
import {selectRows} from "../../slices/select.js";
import type {BookingTerms} from "../bookings/terms.js";
import type {OutcomeCurve, ScenarioInput, ScenarioWindow} from "../input.js";
import type {ForcedDeal, Scenario} from "../scenario.js";
import {arrivalTerms, type WindowWeeks} from "./arrivalTerms.js";
import {amountFactor, bend, type TimedLever} from "./bend.js";
import {leverMasks} from "./matching.js";
import {chanceBy, moved} from "./outcomeCurves.js";

/** The window a scenario looks at: the one it names, else the first. */
export function windowOf(input: ScenarioInput, {window}: Scenario): ScenarioWindow {
  return input.windows.find(({label}) => label === window) ?? input.windows[0]!;
}

/** The terms of a scenario in a window (its own when absent). */
export function termsOf(
  input: ScenarioInput,
  scenario: Scenario,
  window: Pick<ScenarioWindow, "from" | "to" | "scale"> = windowOf(input, scenario)
): BookingTerms {
  const {deals, curves} = input;
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
  const rows = selectRows(deals, scenario.filters);
  const masks = leverMasks(deals, rows, levers);
  const [expected, curveOf] = [numbers(deals.columns["expected"]), numbers(deals.columns["curve"])];
  const n = rows.length;
  const [logBefore, logAfter, amount] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const groups = new Map<number, Edges>();
  const width = 2 ** levers.length;
  rows.forEach((row, i) => {
    const key = (curveOf[row] ?? 0) * width + masks[i]!;
    let edges = groups.get(key);
    if (!edges) {
      const own = levers.filter((_, l) => masks[i]! & (1 << l));
      edges = edgesOf(curves[curveOf[row] ?? 0]!, own, weeks);
      groups.set(key, edges);
    }
    logBefore[i] = edges.logBefore;
    logAfter[i] = edges.logAfter;
    amount[i] = ((expected[row] ?? 0) / 100) * edges.amountFactor * scale;
  });
  let sure = wonSoFar(input, scenario, window);
  if (scenario.deals.length > 0) {
    const ids = deals.columns["deal_id"];
    const at = new Map(rows.map((row, i) => [ids?.kind === "text" ? ids.values[row] : null, i]));
    for (const forced of scenario.deals) {
      const i = at.get(forced.deal);
      if (i === undefined) continue;
      if (forced.action === "priced" && forced.amount !== undefined) amount[i] = forced.amount * scale;
      // What is certain needs no correction for past bias.
      if (forced.action === "won" && isIn(forced.on ?? input.asOf, window))
        sure += forced.amount ?? amount[i]! / scale;
      if (forced.action === "won" || forced.action === "lost") logBefore[i] = logAfter[i] = 0;
      if (forced.action === "moved") {
        const own = levers.filter((_, l) => masks[i]! & (1 << l));
        const curve = moved(curves[curveOf[rows[i]!] ?? 0]!, weeksMoved(input, rows[i]!, forced));
        const edges = edgesOf(curve, own, weeks);
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
    spread: input.spread,
    arrivals: arrivalTerms(input, scenario.filters, levers, weeks, scale),
    shockSd: input.shockSd
  };
}

interface Edges {
  logBefore: number;
  logAfter: number;
  amountFactor: number;
}

function edgesOf(curve: OutcomeCurve, levers: readonly TimedLever[], {begin, end}: WindowWeeks): Edges {
  const {won} = levers.length > 0 ? bend(curve, levers) : curve;
  const [before, after] = [chanceBy(won, begin), chanceBy(won, end)];
  let factor = 1;
  for (const lever of levers) {
    const times = amountFactor(lever);
    if (times === 1) continue;
    // A price that changes within the window holds for the wins after that day.
    const change = chanceBy(won, Math.min(end, Math.max(begin, lever.fromWeek)));
    factor *= after > before ? 1 + ((after - change) / (after - before)) * (times - 1) : 1;
  }
  return {logBefore: logOpen(before), logAfter: logOpen(after), amountFactor: factor};
}

/** ln(1 - F); a deal that is certain to be won is taken as won with 1 - 1e-9. */
function logOpen(won: number): number {
  return Math.log1p(-Math.min(1 - 1e-9, Math.max(0, won)));
}

/** Money won in the window up to the as-of day. */
export function wonSoFar(
  {won, asOf}: ScenarioInput,
  {filters}: Scenario,
  {from, to}: Pick<ScenarioWindow, "from" | "to">
): number {
  const amounts = numbers(won.columns["amount"]);
  const until = to < asOf ? to : asOf;
  if (until < from) return 0;
  return (
    selectRows(won, filters, {from, to: until}, "closed_on").reduce(
      (sum, row) => sum + (amounts[row] ?? 0),
      0
    ) / 100
  );
}

/** From the stated close date to the one it is moved to; 0 when either is missing. */
function weeksMoved({deals}: ScenarioInput, row: number, {on}: ForcedDeal): number {
  const stated = numbers(deals.columns["close_on"])[row] ?? null;
  return on && stated !== null ? (dayNumber(on) - stated) / 7 : 0;
}

function isIn(day: string, {from, to}: Pick<ScenarioWindow, "from" | "to">): boolean {
  return day >= from && day <= to;
}

function numbers(column: ScenarioInput["deals"]["columns"][string] | undefined): readonly (number | null)[] {
  return column && (column.kind === "cents" || column.kind === "number" || column.kind === "day")
    ? column.values
    : [];
}
