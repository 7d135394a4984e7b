/** Deals not created yet as terms of a window, under levers. */
import {type Filters, NONE} from "../../slices/select.js";
import type {ArrivalTerm} from "../bookings/terms.js";
import type {ArrivalSource, OutcomeCurve, ScenarioInput} from "../input.js";
import {spendEffect} from "../spend/spendEffect.js";
import {trainingEffect} from "../spend/trainingEffect.js";
import {amountFactor, bend, bends, type TimedLever} from "./bend.js";
import {LEVERS} from "./leverKinds.js";
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
  const parts = partsOfAll(input.arrivals);
  const drawn = levers.map((lever) => drawnTogether(input.arrivals, lever));
  return input.arrivals.flatMap((source, s): ArrivalTerm[] => {
    const selected = shareSelected(source, filters);
    if (selected === 0) return [];
    const curve = input.curves[source.curve]!;
    const own = levers.map((lever, i) => ({
      lever,
      share: shareMoved(source, lever, filters),
      together: drawn[i]!
    }));
    const creations = creationsOf(input, source, own, parts[s]!);
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

/** Of all creations and of those that partners bring, the share that is a source's. */
interface PartOfAll {
  all: number;
  partners: number;
}

function partsOfAll(arrivals: readonly ArrivalSource[]): PartOfAll[] {
  const total = arrivals.map(({perWeek}) => perWeek.reduce((sum, each) => sum + each, 0));
  const theirs = arrivals.map((source, s) => total[s]! * byPartners(source));
  const [all, allTheirs] = [total, theirs].map((list) => list.reduce((sum, each) => sum + each, 0));
  return arrivals.map((_, s) => {
    const part = all! > 0 ? total[s]! / all! : 0;
    return {all: part, partners: allTheirs! > 0 ? theirs[s]! / allTheirs! : part};
  });
}

/**
 * People and firms set to a part work there whole: the factor that draws what they bring everywhere together into it. 1 for levers on all
 * deals and for those that are no number; 0 where nothing is known to come there.
 */
function drawnTogether(arrivals: readonly ArrivalSource[], {kind, where}: TimedLever): number {
  if (!where || LEVERS[kind].unit !== "number") return 1;
  let [all, there] = [0, 0];
  for (const source of arrivals) {
    const total = source.perWeek.reduce((sum, each) => sum + each, 0);
    const theirs = kind === "hiring" ? total : total * byPartners(source);
    all += theirs;
    there += theirs * (source.shares[where.dimension]?.[where.value] ?? 0);
  }
  return there > 0 ? all / there : 0;
}

/** Share of a source's deals that a partner brings; 0 where deals do not say. */
function byPartners({shares}: ArrivalSource): number {
  return shares["partner"] ? Math.max(0, 1 - (shares["partner"][NONE] ?? 0)) : 0;
}

/** Expected creations by week; what is measured of campaigns and training adds its uncertainty. */
function creationsOf(
  {reps, partners, campaigns, weeks}: ScenarioInput,
  source: ArrivalSource,
  levers: readonly {lever: TimedLever; share: number; together: number}[],
  partOfAll: PartOfAll
): {perWeek: number[]; moreVariance: number} {
  let moreVariance = 0;
  const factor = new Array<number>(weeks).fill(1);
  const added = new Array<number>(weeks).fill(0);
  for (const {lever, share: moved, together} of levers) {
    const {kind, value, fromWeek} = lever;
    const share = moved * together;
    const scale = (times: number) => {
      for (let k = 0; k < weeks; k++) factor[k]! *= 1 + share * begun(k, fromWeek) * (times - 1);
    };
    if (kind === "new_pipeline") scale(value);
    if (kind === "campaigns" && campaigns?.shares[source.key] !== undefined) {
      const {times, relativeError} = spendEffect(campaigns, campaigns.shares[source.key]!, value);
      scale(times);
      moreVariance += (relativeError * share) ** 2;
    }
    if (kind === "enablement" && partners?.training) {
      const {times, relativeError} = trainingEffect(partners.training, partners.n, byPartners(source), value);
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
        const part = kind === "hiring" ? partOfAll.all : partOfAll.partners;
        added[k]! += value * facts.dealsPerWeek * strength * part * share;
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
