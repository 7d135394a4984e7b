/** A deal's chances at both ends of a window, and the factor on its amount, under levers. */
import type {OutcomeCurve, ScenarioInput} from "../input.js";
import {keeper} from "../kept.js";
import type {WindowWeeks} from "./arrivalTerms.js";
import {amountFactor, bend, bends, type TimedLever} from "./bend.js";
import {LEVERS} from "./leverKinds.js";
import {chanceBy} from "./outcomeCurves.js";

export interface Edges {
  /** Logarithms of the chance not to have been won before the window and by its end. */
  logBefore: number;
  logAfter: number;
  amountFactor: number;
}

const bentKept = keeper<(readonly number[])[]>(16);

/** Edges of every curve asked for under some levers; bent curves are kept from one window to the next. */
export function edgesUnder(
  input: ScenarioInput,
  levers: readonly TimedLever[],
  weeks: WindowWeeks
): (curve: number) => Edges {
  const active = levers.filter((lever) => bends(lever) && lever.value !== LEVERS[lever.kind].neutral);
  const bent =
    active.length === 0
      ? null
      : bentKept(
          input,
          JSON.stringify(active.map(({kind, value, fromWeek}) => [kind, value, fromWeek])),
          () => []
        );
  return (curve) => {
    if (!bent) return edgesOf(input.curves[curve]!.won, levers, weeks);
    bent[curve] ??= bend(input.curves[curve]!, active).won;
    return edgesOf(bent[curve]!, levers, weeks);
  };
}

/** The same of a curve that is no deal's but a moved deal's own. */
export function edgesOfCurve(curve: OutcomeCurve, levers: readonly TimedLever[], weeks: WindowWeeks): Edges {
  return edgesOf(levers.length > 0 ? bend(curve, levers).won : curve.won, levers, weeks);
}

function edgesOf(won: readonly number[], levers: readonly TimedLever[], {begin, end}: WindowWeeks): Edges {
  const [before, after] = [chanceBy(won, begin), chanceBy(won, end)];
  let factor = 1;
  for (const lever of levers) {
    const times = amountFactor(lever);
    if (times === 1) continue;
    if (lever.fromWeek <= begin) {
      factor *= times;
      continue;
    }
    // A price that changes within the window holds for the wins after that day.
    const change = chanceBy(won, Math.min(end, lever.fromWeek));
    factor *= after > before ? 1 + ((after - change) / (after - before)) * (times - 1) : 1;
  }
  return {logBefore: logOpen(before), logAfter: logOpen(after), amountFactor: factor};
}

/** ln(1 - F); a deal that is certain to be won is taken as won with 1 - 1e-9. */
function logOpen(won: number): number {
  return Math.log1p(-Math.min(1 - 1e-9, Math.max(0, won)));
}
