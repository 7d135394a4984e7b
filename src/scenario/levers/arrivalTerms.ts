/** Deals not created yet as terms of a window, under levers. */
import {type Filters, NONE} from "../../slices/select.js";
import type {ArrivalTerm} from "../bookings/terms.js";
import type {ArrivalSource, OutcomeCurve, ScenarioInput} from "../input.js";
import type {LeverSetting} from "../scenario.js";
import {type SpendEffect, spendEffect} from "../spend/spendEffect.js";
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
    const creations = creationsOf(input, source, own, parts[s]!, (lever, part) =>
      shareMoved(source, lever, part ? {...filters, [part.dimension]: [part.value]} : filters)
    );
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

/** A lever at a source: the share of its selected creations on which it acts, and how people are drawn together into its part. */
interface OwnLever {
  lever: TimedLever;
  share: number;
  together: number;
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
function drawnTogether(
  arrivals: readonly ArrivalSource[],
  {kind, where}: Pick<LeverSetting, "kind" | "where">
): number {
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

/** Of the reps or partners there are, those whose work a part is, by its share of what they bring; all of them without a part. */
export function peopleIn(
  {reps, partners, arrivals}: ScenarioInput,
  lever: Pick<LeverSetting, "kind" | "where">
): number {
  const n = (lever.kind === "hiring" ? reps?.n : partners?.n) ?? 0;
  const together = drawnTogether(arrivals, lever);
  return together > 0 ? n / together : 0;
}

/** Share of a source's deals that a partner brings; 0 where deals do not say. */
function byPartners({shares}: ArrivalSource): number {
  return shares["partner"] ? Math.max(0, 1 - (shares["partner"][NONE] ?? 0)) : 0;
}

/**
 * Expected creations by week; what is measured of campaigns and training adds its uncertainty. People who go from a part take with them
 * no more than is created there: the rest would be taken from deals of other parts, and the parts would not add up to the whole.
 */
function creationsOf(
  input: ScenarioInput,
  source: ArrivalSource,
  own: readonly OwnLever[],
  partOfAll: PartOfAll,
  shareWithin: (lever: TimedLever, part: LeverSetting["where"]) => number
): {perWeek: number[]; moreVariance: number} {
  const {weeks} = input;
  const effects = own.map(({lever, together}) => effectOf(input, source, lever, together));
  const shares = own.map(({share}) => share);
  const moreVariance = effects.reduce(
    (sum, {relativeError}, i) => sum + (relativeError * shares[i]!) ** 2,
    0
  );
  const timesAt = (within: readonly number[], k: number) =>
    effects.reduce(
      (all, {times}, i) => all * (1 + within[i]! * begun(k, own[i]!.lever.fromWeek) * (times - 1)),
      1
    );
  const parts = new Map<string, {share: number; within: number[]; added: number[]}>();
  for (const {lever, share, together} of own) {
    const added = addedBy(input, lever, partOfAll);
    if (!added || share === 0) continue;
    const {where} = lever;
    const key = where ? JSON.stringify([where.dimension, where.value]) : "";
    const part = parts.get(key) ?? {
      share,
      within: own.map((each) => shareWithin(each.lever, where)),
      added: new Array<number>(weeks).fill(0)
    };
    parts.set(key, part);
    for (let k = 0; k < weeks; k++) part.added[k]! += added[k]! * share * together;
  }
  const perWeek = source.perWeek.map((each, k) => {
    let sum = each * timesAt(shares, k);
    for (const {share, within, added} of parts.values())
      sum += Math.max(added[k]!, -each * timesAt(within, k) * share);
    return Math.max(0, sum);
  });
  return {perWeek, moreVariance};
}

/** How many times as many deals a lever makes where it acts; 1 for those that make none. */
function effectOf(
  {partners, campaigns}: ScenarioInput,
  source: ArrivalSource,
  {kind, value}: TimedLever,
  together: number
): SpendEffect {
  if (kind === "new_pipeline") return {times: value, relativeError: 0};
  if (kind === "campaigns" && campaigns?.shares[source.key] !== undefined)
    return spendEffect(campaigns, campaigns.shares[source.key]!, value);
  if (kind === "enablement" && partners?.training && together > 0)
    return trainingEffect(partners.training, partners.n / together, byPartners(source), value);
  return {times: 1, relativeError: 0};
}

/** Deals that people or firms who come (or go) make a week at a source, wherever that is; null for other levers. */
function addedBy(
  {reps, partners, weeks}: ScenarioInput,
  {kind, value, fromWeek}: TimedLever,
  partOfAll: PartOfAll
): number[] | null {
  const facts: {dealsPerWeek: number; ramp: number[]; attrition?: number} | null =
    kind === "hiring" ? reps : kind === "partners" ? partners : null;
  if (!facts) return null;
  const part = kind === "hiring" ? partOfAll.all : partOfAll.partners;
  return Array.from({length: weeks}, (_, k) => {
    const months = (k + 0.5 - fromWeek) / WEEKS_A_MONTH;
    if (months < 0) return 0;
    const strength = (facts.ramp[Math.floor(months)] ?? 1) * (1 - (facts.attrition ?? 0)) ** months;
    return value * facts.dealsPerWeek * strength * part;
  });
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
