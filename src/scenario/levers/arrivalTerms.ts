/** Deals not created yet as terms of a window, under levers. */
import type {Filters} from "../../slices/select.js";
import type {ArrivalTerm} from "../bookings/terms.js";
import type {ArrivalSource, OutcomeCurve, ScenarioInput} from "../input.js";
import {spendEffect} from "../spend/spendEffect.js";
import {amountFactor, bend, bends, type TimedLever} from "./bend.js";
import {shareMoved, shareSelected} from "./matching.js";
import {chanceBy} from "./outcomeCurves.js";

const WEEKS_A_MONTH = 52.18 / 12;

/** Weeks after the as-of day at which the window begins (at least 0) and ends. */
export interface WindowWeeks {
  begin: number;
  end: number;
}

/** One term a source; sources that bring nothing into the window are left out. */
export function arrivalTerms(
  input: ScenarioInput,
  filters: Filters,
  levers: readonly TimedLever[],
  window: WindowWeeks,
  scale = 1
): ArrivalTerm[] {
  const total = input.arrivals.map(({perWeek}) => perWeek.reduce((sum, each) => sum + each, 0));
  const all = total.reduce((sum, each) => sum + each, 0);
  return input.arrivals.flatMap((source, s): ArrivalTerm[] => {
    const selected = shareSelected(source, filters);
    if (selected === 0) return [];
    const curve = input.curves[source.curve]!;
    const own = levers.map((lever) => ({lever, share: shareMoved(source, lever, filters)}));
    const creations = creationsOf(input, source, own, all > 0 ? total[s]! / all : 0);
    const whole = own.filter(({lever, share}) => share === 1 && bends(lever)).map(({lever}) => lever);
    let wins = winsIn(creations.perWeek, curve, whole, window);
    // A lever on a part of the source moves that part of its wins.
    for (const {lever, share} of own)
      if (share > 0 && share < 1 && bends(lever)) {
        const without = winsIn(creations.perWeek, curve, whole, window);
        if (without > 0)
          wins *= 1 + share * (winsIn(creations.perWeek, curve, [...whole, lever], window) / without - 1);
      }
    let size = scale;
    for (const {lever, share} of own)
      size *= 1 + share * laterShare(lever, window) * (amountFactor(lever) - 1);
    wins *= selected;
    if (!(wins > 0)) return [];
    return [
      {
        wins,
        rateVariance: source.rateVariance + creations.moreVariance,
        amounts: source.amounts,
        ...(size === 1 ? {} : {size})
      }
    ];
  });
}

/** Expected creations by week; money in campaigns adds the uncertainty of its response. */
function creationsOf(
  {reps, partners, campaigns, weeks}: ScenarioInput,
  source: ArrivalSource,
  levers: readonly {lever: TimedLever; share: number}[],
  partOfAll: number
): {perWeek: number[]; moreVariance: number} {
  let moreVariance = 0;
  const factor = new Array<number>(weeks).fill(1);
  const added = new Array<number>(weeks).fill(0);
  for (const {lever, share} of levers) {
    const {kind, value, fromWeek} = lever;
    const scale = (times: number) => {
      for (let k = 0; k < weeks; k++) factor[k]! *= 1 + share * begun(k, fromWeek) * (times - 1);
    };
    if (kind === "new_pipeline") scale(value);
    if (kind === "campaigns" && campaigns?.shares[source.key] !== undefined) {
      const {times, relativeError} = spendEffect(campaigns, campaigns.shares[source.key]!, value);
      scale(times);
      moreVariance += (relativeError * share) ** 2;
    }
    const facts: {dealsPerWeek: number; ramp: number[]; attrition?: number} | null =
      kind === "hiring" ? reps : kind === "partners" ? partners : null;
    if (facts)
      for (let k = 0; k < weeks; k++) {
        const months = (k + 0.5 - fromWeek) / WEEKS_A_MONTH;
        if (months < 0) continue;
        const strength = (facts.ramp[Math.floor(months)] ?? 1) * (1 - (facts.attrition ?? 0)) ** months;
        added[k]! += value * facts.dealsPerWeek * strength * partOfAll * share;
      }
  }
  return {
    perWeek: source.perWeek.map((each, k) => Math.max(0, each * factor[k]! + added[k]!)),
    moreVariance
  };
}

/** Expected wins in a window of deals created week by week. */
function winsIn(
  perWeek: readonly number[],
  curve: OutcomeCurve,
  levers: readonly TimedLever[],
  {begin, end}: WindowWeeks
): number {
  const latest = Math.max(0, ...levers.map(({fromWeek}) => fromWeek));
  let bent = levers.length > 0 ? bend(curve, levers, latest) : curve;
  let wins = 0;
  // Backwards, so that the one curve of all those created after every lever holds is bent once.
  for (let c = Math.min(perWeek.length, Math.ceil(end)) - 1; c >= 0; c--) {
    const born = c + 0.5;
    if (born < latest) bent = bend(curve, levers, born);
    wins += perWeek[c]! * (chanceBy(bent.won, end - born) - chanceBy(bent.won, begin - born));
  }
  return wins;
}

/** Share of a window that lies after a lever begins, by time. */
function laterShare({fromWeek}: TimedLever, {begin, end}: WindowWeeks): number {
  if (end <= begin) return 0;
  return Math.min(1, Math.max(0, (end - Math.max(begin, fromWeek)) / (end - begin)));
}

/** Share of a week that lies after the beginning. */
function begun(week: number, fromWeek: number): number {
  return Math.min(1, Math.max(0, week + 1 - fromWeek));
}
