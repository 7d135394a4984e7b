/**
 * What the reps there are can book, quarter by quarter, against what is asked of them, and when to hire. A rep at full strength books what
 * one booked in the last year: what was won in it over the reps that were at work a cycle before, each at the part of full
 * strength it had come to (which is quota x attainment, whatever the quotas were). One who leaves is not replaced; a hire ramps up; what is
 * worked on is won a cycle later; what is won already in a quarter that has begun is in it.
 */
import {dayNumber, isoDay} from "../../slices/facts.js";
import type {OutcomeCurve, RepFacts, ScenarioInput} from "../input.js";
import {wonSoFar} from "../levers/selected.js";
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
  /** Bookings the reps of today can make in it, those expected to leave taken out, and what is won in it already. */
  capacity: number;
  /** What is missing, 0 when nothing is; null without a quota: a forecast is what the reps of today are expected to book. */
  gap: number | null;
  /**
   * Hires that close the gap if all begin tomorrow: "too late" when nothing of their work comes in time, "too many" when more than ten would
   * be needed for each rep; null without a quota.
   */
  hires: number | "too late" | "too many" | null;
  /** Day by which a hire has to begin to be at full strength for the whole quarter. */
  startBy: string;
}

const MONTH_DAYS = 30.44;
/** More hires for each rep there is now are no answer. */
const MOST_HIRES = 10;

/** Share of a full rep that is at work, so many months after starting, chance to have left included. */
export function strength({ramp, attrition}: Pick<RepFacts, "ramp" | "attrition">, months: number): number {
  return months < 0 ? 0 : speed({ramp}, months) * (1 - attrition) ** months;
}

/** Share of full speed so many months after starting; nothing before. */
function speed({ramp}: Pick<RepFacts, "ramp">, months: number): number {
  return months < 0 ? 0 : (ramp[Math.floor(months)] ?? 1);
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

/** Reps at full strength whose work was won in the last year: those at work a cycle before; null where starting days do not reach back over all of it. */
export function rampedReps({atWork}: Pick<RepFacts, "atWork">, cycle: number): number | null {
  const from = Math.min(12, Math.round(cycle));
  const months = atWork.slice(from, from + 12);
  const sum = months.reduce((all, each) => all + each, 0);
  // A whole year's wins over fewer months of reps would be too few a rep.
  return sum > 0 && months.length === 12 ? sum / months.length : null;
}

/** @param perRepYear bookings of one rep at full strength in a year, base currency; a hire's are this once ramped */
export function capacityByQuarter(
  {reps, asOf, perRepYear, cycle}: {reps: RepFacts; asOf: string; perRepYear: number; cycle: number},
  quarters: readonly (Pick<CapacityQuarter, "label" | "from" | "need" | "needFrom"> & {
    to: string;
    /** Won in it up to the as-of day. */
    won: number;
  })[]
): CapacityQuarter[] {
  const today = dayNumber(asOf);
  const monthAt = (day: number) => (day - today) / MONTH_DAYS;
  const rampMonths = reps.ramp.length;
  return quarters.map(({label, from, to, need, needFrom, won}) => {
    const [first, last] = [dayNumber(from), dayNumber(to)];
    // Of a quarter that has begun only the days to come are to be worked for.
    const begin = Math.max(first, today + 1);
    const left = Math.max(0, last - begin + 1);
    const perRep = (perRepYear / 4) * (left / (last - first + 1));
    const days = Array.from({length: 13}, (_, i) => begin + ((i + 0.5) * left) / 13);
    const mean = (of: (month: number) => number) =>
      days.reduce((sum, day) => sum + of(monthAt(day)), 0) / days.length;
    const atSpeed = (month: number) =>
      reps.n - reps.young.length + reps.young.reduce((sum, age) => sum + speed(reps, age + month), 0);
    // Work done before today is done: those who did it had not left yet.
    const staying = mean(
      (month) => atSpeed(month - cycle) * (1 - reps.attrition) ** Math.max(0, month - cycle)
    );
    const perHire = perRep * mean((month) => strength(reps, month - cycle));
    const capacity = won + perRep * staying;
    const gap = needFrom === "forecast" ? null : Math.max(0, need - capacity);
    const needed = gap === null ? null : gap === 0 ? 0 : perHire > 0 ? Math.ceil(gap / perHire) : "too late";
    return {
      label,
      from,
      need,
      needFrom,
      capacity,
      gap,
      hires: typeof needed === "number" && needed > MOST_HIRES * reps.n ? "too many" : needed,
      startBy: isoDay(Math.round(first - (rampMonths + cycle) * MONTH_DAYS))
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
  /** Won in the last year for each rep at full strength a cycle before, base currency. */
  perRepYear: number;
  currency: string;
  asOf: string;
}

/** Null where the exports do not tell who sells, since when, and what came of it. */
export function capacityPlan(
  input: ScenarioInput,
  {resources}: Pick<ResourceData, "resources">
): CapacityPlan | null {
  const perRepYear = perRamped(input, resources);
  const quarters = capacityOf(input, perRepYear);
  if (!quarters || !input.reps || perRepYear === null) return null;
  return {quarters, reps: input.reps, perRepYear, currency: input.currency, asOf: input.asOf};
}

/** Bookings of one rep at full strength in a year, from what reps and regions (or teams) did in the last one; null when not known. */
function perRamped(input: ScenarioInput, resources: readonly Resource[]): number | null {
  const found = resources.find(({key}) => key.startsWith("reps"));
  const ramped = input.reps && rampedReps(input.reps, cycleOf(input));
  if (!found || !input.reps || ramped === null) return null;
  const here = found.options.reduce((sum, {today}) => sum + today, 0);
  const perRep = found.options.reduce((sum, {value}) => sum + value, 0) / here;
  return (perRep * input.reps.n) / ramped;
}

function cycleOf({arrivals, curves}: ScenarioInput): number {
  return cycleMonths(
    arrivals.map(({curve}) => curves[curve]!),
    arrivals.map(({perWeek}) => perWeek.reduce((sum, each) => sum + each, 0))
  );
}

/** Capacity of a workspace against its quotas, beside the forecast where there are none. Null without reps to count. */
export function capacityOf(input: ScenarioInput, perRepYear: number | null): CapacityQuarter[] | null {
  const {reps, arrivals, windows, asOf} = input;
  if (!reps || perRepYear === null || arrivals.length === 0) return null;
  const quarters = windows
    .filter(({kind}) => kind === "quarter")
    .map((window) => {
      const {target} = targetOf(input, NOTHING, window);
      return {
        ...window,
        need: target ?? outlook(input, NOTHING, window).mean,
        needFrom: target === null ? ("forecast" as const) : ("quota" as const),
        won: wonSoFar(input, NOTHING, window)
      };
    });
  return capacityByQuarter({reps, asOf, perRepYear, cycle: cycleOf(input)}, quarters);
}
