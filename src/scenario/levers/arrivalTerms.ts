/** Deals not created yet as terms of a window, under levers. */
import {type Filters, NONE} from "../../slices/select.js";
import type {ArrivalTerm} from "../bookings/terms.js";
import type {ArrivalSource, OutcomeCurve, ScenarioInput} from "../input.js";
import type {LeverSetting} from "../scenario.js";
import {type SpendEffect, spendEffect} from "../spend/spendEffect.js";
import {trainingEffect} from "../spend/trainingEffect.js";
import {arrivalCells} from "./arrivalCells.js";
import {amountFactor, bend, bends, type TimedLever} from "./bend.js";
import {LEVERS} from "./leverKinds.js";
import {shareSelected} from "./matching.js";
import {chanceBy} from "./outcomeCurves.js";

const WEEKS_A_MONTH = 52.18 / 12;

/** Weeks after the as-of day at which the window begins (at least 0) and ends. */
export interface WindowWeeks {
  begin: number;
  end: number;
}

/**
 * One term a source; sources that bring nothing into the window are left out. Levers on parts are asked cell by cell: two regions with
 * more pipeline each add up to the firm with more of it, and what a part creates more has that part's chances and amounts.
 */
export function arrivalTerms(
  input: ScenarioInput,
  filters: Filters,
  levers: readonly TimedLever[],
  window: WindowWeeks,
  scale = 1
): ArrivalTerm[] {
  const parts = partsOfAll(input.arrivals);
  const together = levers.map((lever) => drawnTogether(input.arrivals, lever));
  return input.arrivals.flatMap((source, s): ArrivalTerm[] => {
    const selected = shareSelected(source, filters);
    if (selected === 0) return [];
    const own = levers.map(
      (lever, i): OwnLever => ({
        lever,
        together: together[i]!,
        effect: effectOf(input, source, lever, together[i]!),
        added: addedBy(input, lever, parts[s]!)
      })
    );
    const chancesOf = chancesByWeek(input.curves[source.curve]!, source.perWeek.length, window);
    let [wins, size] = [0, 0];
    const errors = new Map<string, number>();
    for (const {share, acting} of arrivalCells(source, levers, filters)) {
      const here = acting.map((i) => own[i]!);
      const chances = chancesOf(here.map(({lever}) => lever).filter(bends));
      const perWeek = creationsIn(source, share, here);
      const won = perWeek.reduce((sum, each, k) => sum + each * chances[k]!, 0);
      wins += won;
      for (const {lever, effect} of here)
        errors.set(lever.kind, (errors.get(lever.kind) ?? 0) + won * effect.relativeError);
      size +=
        won *
        here.reduce(
          (all, {lever}) => all * (1 + laterShare(lever, window) * (amountFactor(lever) - 1)),
          scale
        );
    }
    if (!(wins * selected > 0)) return [];
    size /= wins;
    return [
      {
        wins: wins * selected,
        rateVariance: source.rateVariance + moreVariance(errors, wins),
        amounts: source.amounts,
        ...(size === 1 ? {} : {size})
      }
    ];
  });
}

/** A lever at a source: what it does to creations where it acts, and how people are drawn together into its part. */
interface OwnLever {
  lever: TimedLever;
  together: number;
  effect: SpendEffect;
  /** Deals a week that people who come (or go) make at the source, wherever that is; null for other levers. */
  added: number[] | null;
}

/**
 * What is measured of campaigns and of training is uncertain alike in all parts: errors of one kind add up with their signs (money moved
 * from one part to another loses with a strong response what it wins with it), those of different kinds are independent.
 * @param errors by kind, in deals won
 */
function moreVariance(errors: ReadonlyMap<string, number>, wins: number): number {
  return [...errors.values()].reduce((sum, error) => sum + (error / wins) ** 2, 0);
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
 * Expected creations by week in a share of a source where these levers act. People who go from a part take with them no more than is
 * created there: the rest would be taken from deals of other parts, and the parts would not add up to the whole.
 */
function creationsIn({perWeek}: ArrivalSource, share: number, here: readonly OwnLever[]): number[] {
  const parts = new Map<string, number[]>();
  for (const {lever, added, together} of here) {
    if (!added) continue;
    const key = JSON.stringify(lever.where ?? null);
    const known = parts.get(key);
    parts.set(
      key,
      added.map((each, k) => (known?.[k] ?? 0) + each * share * together)
    );
  }
  return perWeek.map((each, k) => {
    const base = here.reduce(
      (all, {lever, effect}) => all * (1 + begun(k, lever.fromWeek) * (effect.times - 1)),
      each * share
    );
    let sum = base;
    for (const added of parts.values()) sum += Math.max(added[k]!, -base);
    return Math.max(0, sum);
  });
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

/** For deals created in each week the chance to be won in a window, under levers that bend curves; each set of levers is asked once. */
function chancesByWeek(curve: OutcomeCurve, nWeeks: number, {begin, end}: WindowWeeks) {
  const kept = new Map<string, Float64Array>();
  return (levers: readonly TimedLever[]): Float64Array => {
    const key = JSON.stringify(levers);
    const known = kept.get(key);
    if (known) return known;
    const chances = new Float64Array(nWeeks);
    const latest = Math.max(0, ...levers.map(({fromWeek}) => fromWeek));
    let bent = levers.length > 0 ? bend(curve, levers, latest) : curve;
    // Backwards, so that the one curve of all those created after every lever holds is bent once.
    for (let c = Math.min(nWeeks, Math.ceil(end)) - 1; c >= 0; c--) {
      const born = c + 0.5;
      if (born < latest) bent = bend(curve, levers, born);
      chances[c] = chanceBy(bent.won, end - born) - chanceBy(bent.won, begin - born);
    }
    kept.set(key, chances);
    return chances;
  };
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
