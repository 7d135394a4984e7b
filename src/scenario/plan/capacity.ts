/**
 * What the reps there are can book, quarter by quarter, against what is asked of them, and when to hire. A rep books what
 * a rep booked in the last year; one who leaves is not replaced; a hire ramps up; what is worked on is won a cycle later.
 */
import {dayNumber, isoDay} from "../../slices/facts.js";
import type {OutcomeCurve, RepFacts, ScenarioInput} from "../input.js";
import {outlook} from "../outlook/outlook.js";
import {targetOf} from "../outlook/target.js";
import type {Scenario} from "../scenario.js";
import type {Resource, ResourceData} from "./resource.js";

export interface CapacityQuarter {
  label: string;
  from: string;
  /** Bookings asked for: the quota, or the forecast where there is none. */
  need: number;
  needFrom: "quota" | "forecast";
  /** Bookings the reps of today can make in it, those expected to leave taken out. */
  capacity: number;
  /** What is missing; 0 when nothing is. */
  gap: number;
  /** Hires that close the gap if all begin tomorrow; null when even then too little of their work comes in time. */
  hires: number | null;
  /** Day by which a hire has to begin to be at full strength for the whole quarter. */
  startBy: string;
}

const MONTH_DAYS = 30.44;
const MOST_HIRES = 500;

/** Share of a full rep that is at work, so many months after starting, chance to have left included. */
export function strength({ramp, attrition}: Pick<RepFacts, "ramp" | "attrition">, months: number): number {
  if (months < 0) return 0;
  return (ramp[Math.floor(months)] ?? 1) * (1 - attrition) ** months;
}

/** Months from the creation of a deal to its win: where the curve of deals to come reaches half of its end. */
export function cycleMonths(curves: readonly OutcomeCurve[], weights: readonly number[]): number {
  let [sum, all] = [0, 0];
  curves.forEach(({won}, i) => {
    const half = (won.at(-1) ?? 0) / 2;
    const week = won.findIndex((value) => value >= half) + 1;
    const weight = weights[i]! * (won.at(-1) ?? 0);
    sum += weight * week;
    all += weight;
  });
  return all > 0 ? (sum / all) * (7 / MONTH_DAYS) : 0;
}

/** @param perRepYear bookings of one rep in a year, base currency; a hire's are this once ramped */
export function capacityByQuarter(
  {reps, asOf, perRepYear, cycle}: {reps: RepFacts; asOf: string; perRepYear: number; cycle: number},
  quarters: readonly {label: string; from: string; to: string; need: number; needFrom: "quota" | "forecast"}[]
): CapacityQuarter[] {
  const today = dayNumber(asOf);
  const monthAt = (day: number) => (day - today) / MONTH_DAYS;
  const rampMonths = reps.ramp.length;
  return quarters.map(({label, from, to, need, needFrom}) => {
    const days = Array.from(
      {length: 13},
      (_, i) => dayNumber(from) + ((i + 0.5) * (dayNumber(to) - dayNumber(from) + 1)) / 13
    );
    const mean = (of: (month: number) => number) =>
      days.reduce((sum, day) => sum + of(monthAt(day)), 0) / days.length;
    // Work done before today is done: those who did it had not left yet.
    const staying = mean((month) => (1 - reps.attrition) ** Math.max(0, month - cycle));
    const perHire = (perRepYear / 4) * mean((month) => strength(reps, month - cycle));
    const capacity = (perRepYear / 4) * reps.n * staying;
    const gap = Math.max(0, need - capacity);
    const hires = gap === 0 ? 0 : perHire > 0 ? Math.ceil(gap / perHire) : null;
    return {
      label,
      from,
      need,
      needFrom,
      capacity,
      gap,
      hires: hires !== null && hires > MOST_HIRES ? null : hires,
      startBy: isoDay(Math.round(dayNumber(from) - (rampMonths + cycle) * MONTH_DAYS))
    };
  });
}

const NOTHING: Scenario = {
  name: "",
  window: "",
  filters: {},
  target: null,
  levers: [],
  deals: [],
  made: {hash: "", asOf: ""}
};

/** What the Resources page says of rep capacity; made by the build. */
export interface CapacityPlan {
  quarters: CapacityQuarter[];
  reps: RepFacts;
  /** Won in the last year for each rep there now, base currency: of those who have left too, and of those still ramping. */
  perRepYear: number;
  currency: string;
  asOf: string;
}

/** Null where the exports do not tell who sells, since when, and what came of it. */
export function capacityPlan(
  input: ScenarioInput,
  {resources}: Pick<ResourceData, "resources">
): CapacityPlan | null {
  const perRepYear = perRep(resources);
  const quarters = capacityOf(input, perRepYear);
  if (!quarters || !input.reps || perRepYear === null) return null;
  return {quarters, reps: input.reps, perRepYear, currency: input.currency, asOf: input.asOf};
}

/** Bookings of one rep in a year, from what reps and regions (or teams) did in the last one; null when not known. */
function perRep(resources: readonly Resource[]): number | null {
  const reps = resources.find(({key}) => key.startsWith("reps"));
  if (!reps) return null;
  const total = reps.options.reduce((sum, {today}) => sum + today, 0);
  return reps.options.reduce((sum, {value}) => sum + value, 0) / total;
}

/** Capacity of a workspace against its quotas, or the forecast where there are none. Null without reps to count. */
export function capacityOf(input: ScenarioInput, perRepYear: number | null): CapacityQuarter[] | null {
  const {reps, arrivals, curves, windows, asOf} = input;
  if (!reps || perRepYear === null || arrivals.length === 0) return null;
  const cycle = cycleMonths(
    arrivals.map(({curve}) => curves[curve]!),
    arrivals.map(({perWeek}) => perWeek.reduce((sum, each) => sum + each, 0))
  );
  const quarters = windows
    .filter(({kind}) => kind === "quarter")
    .map((window) => {
      const {target} = targetOf(input, NOTHING, window);
      return {
        ...window,
        need: target ?? outlook(input, NOTHING, window).mean,
        needFrom: target === null ? ("forecast" as const) : ("quota" as const)
      };
    });
  return capacityByQuarter({reps, asOf, perRepYear, cycle}, quarters);
}
