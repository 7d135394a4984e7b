/** Which lever matters most, and what must be true to reach the target. */
import {moments} from "../bookings/moments.js";
import type {ScenarioInput} from "../input.js";
import {chanceOf, outlook} from "../outlook/outlook.js";
import type {LeverSetting, Scenario} from "../scenario.js";
import {LEVER_KINDS, LEVERS, type LeverKind} from "./leverKinds.js";
import {termsOf} from "./termsOf.js";

export interface TornadoBar {
  kind: LeverKind;
  /** Values tried: the lowest and highest of past periods, or a tenth to either side where the past is not known. */
  lo: number;
  hi: number;
  isHistorical: boolean;
  /** Expected bookings at both, everything else as in the scenario. */
  atLo: number;
  atHi: number;
}

/** One bar a lever that can be moved on this data, widest first. Each replaces the scenario's own settings of its kind. */
export function tornado(input: ScenarioInput, scenario: Scenario): TornadoBar[] {
  return usableKinds(input)
    .map((kind): TornadoBar => {
      const {neutral, unit, min, max} = LEVERS[kind];
      const past = input.history[kind];
      const [lo, hi] = past ? [Math.max(min, past.lo), Math.min(max, past.hi)] : guessed(neutral, unit);
      const at = (value: number) => moments(termsOf(input, replaced(scenario, {kind, value}))).mean;
      return {kind, lo, hi, isHistorical: past !== undefined, atLo: at(lo), atHi: at(hi)};
    })
    .sort((a, b) => Math.abs(b.atHi - b.atLo) - Math.abs(a.atHi - a.atLo));
}

/** Levers for which the data hold what they act on. */
export function usableKinds({reps, partners, campaigns, arrivals}: ScenarioInput): LeverKind[] {
  const missing: Partial<Record<LeverKind, boolean>> = {
    hiring: !reps || arrivals.length === 0,
    partners: !partners || arrivals.length === 0,
    enablement: !partners?.training || arrivals.length === 0,
    campaigns: !campaigns || arrivals.length === 0,
    new_pipeline: arrivals.length === 0
  };
  return LEVER_KINDS.filter((kind) => !missing[kind]);
}

export interface BreakEven {
  kind: LeverKind;
  /** The value at which the target is reached with the chance asked for; null when none within the lever's limits does. */
  value: number | null;
  /** That value lies within what has been seen before; null when the past is not known. */
  isWithinHistory: boolean | null;
}

/** For each lever alone (the scenario's others kept): the value nearest to doing nothing that reaches the target. */
export function breakEven(
  input: ScenarioInput,
  scenario: Scenario,
  target: number,
  chance = 0.5
): BreakEven[] {
  return usableKinds(input).map((kind) => {
    const reach = (value: number) =>
      chanceOf(outlook(input, replaced(scenario, {kind, value})), target) - chance;
    const value = firstRoot(reach, kind);
    const past = input.history[kind];
    const isWithinHistory = value === null || !past ? null : value >= past.lo && value <= past.hi;
    return {kind, value, isWithinHistory};
  });
}

/**
 * Places tried to either side before any is said not to reach. Time alone turns round: faster, deals come into a period from after it and leave it
 * for the one before; of all other levers the end of the range is the most that is to be had.
 */
const PLACES: Partial<Record<LeverKind, number>> = {cycle_time: 10};

/** The value nearest to the neutral one that reaches the target, by bisection from the place before. */
function firstRoot(reach: (value: number) => number, kind: LeverKind): number | null {
  const {neutral, min, max, step} = LEVERS[kind];
  if (reach(neutral) >= 0) return neutral;
  const n = PLACES[kind] ?? 1;
  const ends = [min, max].filter((each) => each !== neutral);
  for (let place = 1; place <= n; place++) {
    const at = (end: number, k: number) => neutral + ((end - neutral) * k) / n;
    const found = ends
      .filter((end) => reach(at(end, place)) >= 0)
      .map((end) => bisected(reach, at(end, place - 1), at(end, place), {neutral, step}));
    if (found.length > 0)
      return found.reduce((near, each) =>
        Math.abs(each - neutral) < Math.abs(near - neutral) ? each : near
      );
  }
  return null;
}

/** Where the target is reached between a value that falls short and one that does not, rounded to a step on the safe side. */
function bisected(
  reach: (value: number) => number,
  from: number,
  to: number,
  {neutral, step}: {neutral: number; step: number}
): number {
  let [short, enough] = [from, to];
  while (Math.abs(enough - short) > step / 2) {
    const middle = (short + enough) / 2;
    if (reach(middle) >= 0) enough = middle;
    else short = middle;
  }
  const steps = (enough - neutral) / step;
  const rounded = neutral + (enough > neutral ? Math.ceil(steps - 1e-9) : Math.floor(steps + 1e-9)) * step;
  return Number(rounded.toFixed(6));
}

function replaced(scenario: Scenario, lever: LeverSetting): Scenario {
  const others = scenario.levers.filter(({kind, where}) => kind !== lever.kind || where !== undefined);
  return {...scenario, levers: [...others, lever]};
}

function guessed(neutral: number, unit: string): [number, number] {
  if (unit === "number") return [neutral, neutral + 2];
  return unit === "factor" ? [0.9 * neutral, 1.1 * neutral] : [neutral, neutral + 0.1];
}
