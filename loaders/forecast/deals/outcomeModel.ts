/**
 * When and how deals close: a discrete-time competing-risks model. Each week an open deal is won, lost or stays open;
 * the two weekly chances are ridge logistic regressions on what was known of the deal on the day it is asked about.
 * @see Tutz & Schmid 2016, Modeling Discrete Time-to-Event Data, chapter 8
 */

import {LOST, type PipelineHistory, WON} from "../history/pipelineHistory.ts";
import {fitPooledLogistic, type PooledGroup} from "../numeric/pooledLogistic.ts";
import {type DealFeatures, type DealState, dealFeatures} from "./dealFeatures.ts";
import {FOLLOWED_WEEKS, type Landmark, type LandmarkOptions, landmarks} from "./landmarks.ts";
import {choosePairs, withPairs} from "./pairedFeatures.ts";

export interface OutcomeModel {
  features: DealFeatures;
  won: Float64Array;
  lost: Float64Array;
  /** Deals and closings it was fitted on. */
  nDeals: number;
  nWon: number;
  nLost: number;
  /** Spread of the logarithm of actual over expected wins between past dates, beyond chance. */
  drift: number;
}

/** Chances by week ahead: element k - 1 is that of having been won (lost) within k weeks. */
export interface OutcomeCurve {
  won: Float64Array;
  lost: Float64Array;
}

const LEAST_WON = 10;
const RECENT_DAYS = 91;
const RECENT_PRIOR_WINS = 25;

/** Fits the model, or null when fewer than ten deals have been won. @throws {Error} naming the column when it does not converge */
export function fitOutcomes(history: PipelineHistory, options: LandmarkOptions = {}): OutcomeModel | null {
  const seen = landmarks(history, options);
  const deals = (outcome: number) =>
    new Set(seen.filter((each) => each.outcome === outcome).map(({deal}) => deal)).size;
  const [nWon, nLost] = [deals(WON), deals(LOST)];
  if (nWon < LEAST_WON) return null;
  const parts = dealFeatures(history, seen);
  const alone = fitBoth(parts, cells(parts, seen), nLost > 0);
  const features = withPairs(
    parts,
    choosePairs(
      parts,
      alone.rows,
      [WON, LOST].slice(0, nLost > 0 ? 2 : 1).map((outcome) => ({
        y: outcome === WON ? alone.rows.won : alone.rows.lost,
        coefficients: outcome === WON ? alone.won : alone.lost
      }))
    )
  );
  const {won, lost} = features === parts ? alone : fitBoth(features, cells(features, seen), nLost > 0);
  const model = {
    features,
    won,
    lost,
    nDeals: new Set(seen.map(({deal}) => deal)).size,
    nWon,
    nLost,
    drift: 0
  };
  const drift = driftOf(model, seen);
  const level = recentLevel(model, seen, history.asOf);
  return {...model, won: won.map((value, j) => (j === 0 ? value + level : value)), drift};
}

/** The groups as a fit needs them. */
export function pooledGroups({groups}: DealFeatures): PooledGroup[] {
  return groups.map(({offset, levels, ridge, smooth, run = levels.length, isFixed = false}) => ({
    offset,
    size: levels.length,
    ridge,
    smooth,
    run,
    isFixed
  }));
}

function fitBoth(features: DealFeatures, rows: ReturnType<typeof cells>, hasLost: boolean) {
  const names = featureNames(features);
  const groups = pooledGroups(features);
  const fitted = (y: Uint8Array) => fitPooledLogistic(rows, y, rows.weight, features.size, groups, names);
  const won = fitted(rows.won);
  const lost = hasLost ? fitted(rows.lost) : null;
  return {
    rows,
    won: won.coefficients,
    lost: lost?.coefficients ?? new Float64Array(features.size).map((_, j) => (j === 0 ? -12 : 0))
  };
}

/**
 * How much more was won in the last weeks than the model says, as a logarithm, drawn towards none by 25 wins: rates move,
 * and the newest weeks say where they are.
 */
function recentLevel(model: OutcomeModel, seen: readonly Landmark[], asOf: number): number {
  let [expected, actual] = [RECENT_PRIOR_WINS, RECENT_PRIOR_WINS];
  for (const each of seen) {
    const weeks = Math.min(each.seenWeeks, 4);
    if (asOf - each.day > RECENT_DAYS || weeks < 1) continue;
    expected += outcomeCurve(model, each, weeks).won[weeks - 1]!;
    if (each.outcome === WON && each.closedWeek <= weeks) actual++;
  }
  return Math.log(actual / expected);
}

/** Above so many deal-weeks without a closing, an even sample of them stands for all. */
const MOST_QUIET_CELLS = 50_000;

function lastWeek({closedWeek, seenWeeks}: Landmark): number {
  return closedWeek > 0 ? closedWeek : seenWeeks;
}

/** Weeks that deals were followed in; landmarks of a deal overlap, and the same week tells nothing new twice. */
function weeksLived(seen: readonly Landmark[]): number {
  let weeks = 0;
  // A deal's landmarks stand side by side, the newest first.
  seen.forEach((each, i) => {
    const next =
      i > 0 && seen[i - 1]!.deal === each.deal ? (seen[i - 1]!.day - each.day) / 7 : FOLLOWED_WEEKS;
    weeks += Math.min(lastWeek(each), next);
  });
  return weeks;
}

function cells({width, write, writeWeek}: DealFeatures, seen: readonly Landmark[]) {
  const all = seen.reduce((sum, each) => sum + lastWeek(each), 0);
  const every = Math.max(1, Math.round(all / MOST_QUIET_CELLS));
  const often = all / Math.max(1, weeksLived(seen));
  const isKept = (cell: number, isClosing: boolean) =>
    isClosing || ((cell * 2_654_435_761) >>> 9) % every === 0;
  let n = 0;
  let cell = 0;
  for (const each of seen)
    for (let week = 1; week <= lastWeek(each); week++) if (isKept(cell++, week === each.closedWeek)) n++;
  const rows = {
    n,
    width,
    features: new Int32Array(n * width),
    won: new Uint8Array(n),
    lost: new Uint8Array(n),
    weight: new Float64Array(n)
  };
  let i = 0;
  cell = 0;
  for (const each of seen) {
    let before = -1;
    for (let week = 1; week <= lastWeek(each); week++) {
      const isClosing = week === each.closedWeek;
      if (!isKept(cell++, isClosing)) continue;
      if (before < 0) write(rows.features, i * width, each, week);
      else {
        rows.features.copyWithin(i * width, before * width, (before + 1) * width);
        writeWeek(rows.features, i * width, each, week);
      }
      before = i;
      rows.weight[i] = (each.weight * (isClosing ? 1 : every)) / often;
      if (isClosing && each.outcome === WON) rows.won[i] = 1;
      else if (isClosing) rows.lost[i] = 1;
      i++;
    }
  }
  return rows;
}

/** What each coefficient belongs to, in their order: "constant", then "Stage: Negotiation" and so on. */
export function featureNames({groups}: DealFeatures): string[] {
  return ["constant", ...groups.flatMap(({name, levels}) => levels.map((level) => `${name}: ${level}`))];
}

/** The chances of one deal by week, up to `weeks` (beyond FOLLOWED_WEEKS the last week's chance goes on). */
export function outcomeCurve(model: OutcomeModel, state: DealState, weeks: number): OutcomeCurve {
  const {features} = model;
  const active = new Int32Array(features.width);
  return curveOf(model, active, 0, weeks, (week) => {
    if (week === 1) features.write(active, 0, state, week);
    else features.writeWeek(active, 0, state, week);
  });
}

/**
 * Curves of one deal as it would be at other times, all its days earlier or later by as many: given such a state, its curve over so many
 * weeks. What the deal's own days say is looked up once for all of them.
 * @param most weeks that a curve may reach
 */
export function movedCurves(
  model: OutcomeModel,
  state: DealState,
  most: number
): (moved: DealState, weeks: number) => OutcomeCurve {
  const {features} = model;
  const {width} = features;
  const rows = new Int32Array(most * width);
  for (let week = 1; week <= most; week++) features.write(rows, (week - 1) * width, state, week);
  return (moved, weeks) =>
    curveOf(model, rows, width, weeks, (week) => {
      features.writeMoved(rows, (week - 1) * width, moved, week);
    });
}

/**
 * @param rows features week by week, `step` apart
 * @param write puts a week's features there
 */
function curveOf(
  {features, won, lost}: OutcomeModel,
  rows: Int32Array,
  step: number,
  weeks: number,
  write: (week: number) => void
): OutcomeCurve {
  const curve = {won: new Float64Array(weeks), lost: new Float64Array(weeks)};
  let [stays, sumWon, sumLost] = [1, 0, 0];
  for (let week = 1; week <= weeks; week++) {
    write(week);
    const from = (week - 1) * step;
    let [etaWon, etaLost] = [0, 0];
    for (let i = from, end = from + features.width; i < end; i++) {
      const feature = rows[i]!;
      etaWon += won[feature]!;
      etaLost += lost[feature]!;
    }
    const wins = 1 / (1 + Math.exp(-etaWon));
    const loses = Math.min(1 - wins, 1 / (1 + Math.exp(-etaLost)));
    sumWon += stays * wins;
    sumLost += stays * loses;
    curve.won[week - 1] = sumWon;
    curve.lost[week - 1] = sumLost;
    stays *= 1 - wins - loses;
  }
  return curve;
}

/** Why actual wins differ from expected ones by date more than chance explains: 0.05 to 0.5 on the log scale. */
function driftOf(model: OutcomeModel, seen: readonly Landmark[]): number {
  const weeks = 8;
  const byDay = new Map<number, {expected: number; actual: number}>();
  for (const each of seen) {
    if (each.seenWeeks < weeks) continue;
    const day = Math.floor(each.day / 28);
    const sums = byDay.get(day) ?? {expected: 0, actual: 0};
    sums.expected += outcomeCurve(model, each, weeks).won[weeks - 1]!;
    if (each.outcome === WON && each.closedWeek <= weeks) sums.actual++;
    byDay.set(day, sums);
  }
  const dates = [...byDay.values()].filter(({expected}) => expected >= 3);
  if (dates.length < 4) return 0.2;
  const excess = dates.map(({expected, actual}) => ((actual - expected) / expected) ** 2 - 1 / expected);
  const variance = excess.reduce((sum, value) => sum + value, 0) / dates.length;
  return Math.min(0.5, Math.max(0.05, Math.sqrt(Math.max(0, variance))));
}

/** One part of a deal's score. */
export interface Factor {
  /** "Stage: Negotiation". */
  what: string;
  group: string;
  /** Added to the log-odds of being won in a coming week, against the average open deal; the parts and the base sum to the score. */
  effect: number;
}

/**
 * Splits the log-odds of being won in a week (averaged over the weeks asked about) into a base, the same for all deals,
 * and one part a feature group. base + the sum of effects = the score, exactly but for rounding of doubles.
 */
export function explainDeals(
  model: OutcomeModel,
  states: readonly DealState[],
  weeks = Math.min(13, FOLLOWED_WEEKS)
): {base: number; scores: Float64Array; factors: Factor[][]} {
  const {features, won} = model;
  const nGroups = features.groups.length;
  const parts = states.map((state) => {
    const active = new Int32Array(features.width);
    const sums = new Float64Array(nGroups);
    const now = new Int32Array(nGroups);
    for (let week = 1; week <= weeks; week++) {
      features.write(active, 0, state, week);
      for (let g = 0; g < nGroups; g++) {
        sums[g]! += won[active[g + 1]!]! / weeks;
        if (week === 1) now[g] = active[g + 1]! - features.groups[g]!.offset;
      }
    }
    return {sums, now};
  });
  const average = new Float64Array(nGroups);
  for (const {sums} of parts)
    for (let g = 0; g < nGroups; g++) average[g]! += sums[g]! / Math.max(1, parts.length);
  const base = won[0]! + average.reduce((sum, value) => sum + value, 0);
  const factors = parts.map(({sums, now}) =>
    features.groups.map(({name, levels, told = levels}, g) => ({
      what: `${name}: ${told[now[g]!]}`,
      group: name,
      effect: sums[g]! - average[g]!
    }))
  );
  const scores = Float64Array.from(parts, ({sums}) => won[0]! + sums.reduce((sum, value) => sum + value, 0));
  return {base, scores, factors};
}
