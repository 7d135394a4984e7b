/** A curve under several levers. Their order is fixed: win rate, then cycle time, then slipping. */
import type {OutcomeCurve} from "../input.js";
import type {LeverSetting} from "../scenario.js";
import {withCycleTime, withSlip, withWinRate} from "./outcomeCurves.js";

/** A lever on curves or amounts with the week (fractional, 0 = the as-of day) it holds from. */
export interface TimedLever extends LeverSetting {
  fromWeek: number;
}

const ORDER = ["win_rate", "cycle_time", "slip"] as const;
const BENDS = {win_rate: withWinRate, cycle_time: withCycleTime, slip: withSlip};

/** @param born weeks after the as-of day at which the curve's time begins: 0 for open deals */
export function bend(curve: OutcomeCurve, levers: readonly TimedLever[], born = 0): OutcomeCurve {
  let bent = curve;
  for (const kind of ORDER)
    for (const lever of levers)
      if (lever.kind === kind) bent = BENDS[kind](bent, lever.value, Math.max(0, lever.fromWeek - born));
  return bent;
}

/** True for levers that bend curves. */
export function bends({kind}: LeverSetting): boolean {
  return (ORDER as readonly string[]).includes(kind);
}

/** The factor on an amount of one lever; 1 for levers on other things. */
export function amountFactor({kind, value}: LeverSetting): number {
  if (kind === "amount" || kind === "price") return value;
  return kind === "discount" ? 1 - value : 1;
}
