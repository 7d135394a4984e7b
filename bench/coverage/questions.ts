/** What is asked of every small firm, as the pages ask it, and what is true of the whole market. */
import {incidenceAt} from "../../src/slices/aalenJohansen.ts";
import {closedIn} from "../../src/slices/closedDeals.ts";
import {wonInterval} from "../../src/slices/clusteredRate.ts";
import {cohort, wonBy} from "../../src/slices/cohorts.ts";
import {fitPeers, shrunkenRates} from "../../src/slices/shrunkenRates.ts";
import {stagePaths, stageRows} from "../../src/slices/stagePaths.ts";
import {stageStays} from "../../src/slices/stageStays.ts";
import type {Market, SmallFirm} from "./market.ts";

const YEAR = 365;
const AGES = [30, 60, 90, 180, 365];
const STAY_DAYS = [3, 7, 14, 30, 60];

/** An interval that a page states; null where it says "not enough data". */
export interface Stated {
  lo: number;
  hi: number;
  /** Days after entering that a share is of, where they differ from firm to firm. */
  withinDays?: number;
}

/** Answers by the question's name; a question that a firm has no answer to is absent. */
export type Answers = Map<string, Stated | null>;

export interface Truths {
  /** By the question's name; of the days that the firm's answer is of. */
  truth: Map<string, (withinDays?: number) => number>;
  /** What the questions of a name have in common: a row of the table. */
  family: Map<string, string>;
}

/** Everything the pages state an interval for, of the deals of one firm as known at the end of a day. */
export function askFirm(market: Market, {deals, entries, calls}: SmallFirm, asOf: number): Answers {
  const answers: Answers = new Map();
  const year = {from: asOf - YEAR + 1, to: asOf};
  const made = cohort(market.deals, deals, {label: "", ...year}, asOf);
  for (const age of AGES) answers.set(`won by ${age} d`, stated(wonBy(made, age)));
  answers.set("days to win", made.half);
  const closedOn = (market.deals.columns["closed_on"] as {values: (number | null)[]}).values;
  for (const [name, span] of [
    ["closed in a quarter", {from: asOf - 90, to: asOf}],
    ["closed in a year", year]
  ] as const) {
    const closed = deals.filter((row) => {
      const on = closedOn[row] ?? null;
      return on !== null && on >= span.from && on <= span.to;
    });
    answers.set(name, wonInterval(market.deals, closed));
  }
  const paths = stagePaths(market.entries, entries, market.ladders, asOf);
  for (const row of stageRows(paths, market.ladders, asOf, {from: asOf - 2 * YEAR + 1, to: asOf})) {
    const interval = stated(row.cohort);
    answers.set(
      `moves on from ${row.pipeline}, ${row.stage}`,
      interval && {...interval, withinDays: row.withinDays!}
    );
  }
  const names = [...new Set(market.ladders.flatMap(({stages}) => stages))];
  for (const {stage, curve, half, threeQuarters, nineInTen} of stageStays(
    paths,
    names,
    asOf - 2 * YEAR,
    asOf
  )) {
    for (const day of STAY_DAYS)
      answers.set(`in ${stage} after ${day} d`, stated(curve.findLast(({t}) => t <= day)));
    answers.set(`half left ${stage}`, stated(half));
    answers.set(`three quarters left ${stage}`, stated(threeQuarters));
    answers.set(`nine in ten left ${stage}`, stated(nineInTen));
  }
  const people = new Map<number, {key: string; successes: number; trials: number}>();
  for (const {rep, isLate, wonOn} of calls) {
    if (wonOn > asOf) continue;
    const one = people.get(rep) ?? {key: String(rep), successes: 0, trials: 0};
    people.set(rep, one);
    one.trials++;
    if (isLate) one.successes++;
  }
  const list = [...people.values()];
  const peers = fitPeers(list);
  for (const {key, lo95, hi95, trials} of peers ? shrunkenRates(list, peers) : [])
    if (trials >= 5) answers.set(`late wins of person ${key}`, {lo: lo95, hi: hi95});
  return answers;
}

function stated(point: {lo: number | null; hi: number | null} | null | undefined): Stated | null {
  return point && point.lo !== null && point.hi !== null ? {lo: point.lo, hi: point.hi} : null;
}

/** The same of the whole market, with all that came later known: nothing is censored. */
export function truthOf(market: Market, asOf: number): Truths {
  const truth: Truths["truth"] = new Map();
  const family = new Map<string, string>();
  const set = (of: string, name: string, value: number | ((withinDays?: number) => number)) => {
    truth.set(name, typeof value === "number" ? () => value : value);
    family.set(name, of);
  };
  const all = [...Array(market.deals.n).keys()];
  const year = {from: asOf - YEAR + 1, to: asOf};
  const later = cohort(market.deals, all, {label: "", ...year}, market.knownTo);
  for (const age of AGES)
    set("Won by age, of the deals created in a year", `won by ${age} d`, incidenceAt(later.won, age)!.share);
  // Half of those wins: of the wins so far, so the truth is that of the market on the day.
  set(
    "Days within which half of the wins came",
    "days to win",
    cohort(market.deals, all, {label: "", ...year}, asOf).half!.median
  );
  for (const [name, span] of [
    ["closed in a quarter", {from: asOf - 90, to: asOf}],
    ["closed in a year", year]
  ] as const)
    set(`Win rate of the deals ${name}`, name, closedIn(market.deals, all, span).winRate!);
  const entries = [...Array(market.entries.n).keys()];
  const paths = stagePaths(market.entries, entries, market.ladders, market.knownTo);
  for (const row of stageRows(paths, market.ladders, market.knownTo, {from: asOf - 2 * YEAR + 1, to: asOf}))
    set(
      "Share that moves on from a stage within a year",
      `moves on from ${row.pipeline}, ${row.stage}`,
      (withinDays) => incidenceAt(row.curve, withinDays!)!.share
    );
  const entered = paths.map((path) => ({
    ...path,
    visits: path.visits.filter((visit) => visit.enteredOn <= asOf)
  }));
  const names = [...new Set(market.ladders.flatMap(({stages}) => stages))];
  for (const {stage, curve, half, threeQuarters, nineInTen} of stageStays(
    entered,
    names,
    asOf - 2 * YEAR,
    market.knownTo
  )) {
    for (const day of STAY_DAYS)
      set(
        "Share still in a stage after so many days",
        `in ${stage} after ${day} d`,
        curve.findLast(({t}) => t <= day)!.s
      );
    set("Days by which half have left a stage", `half left ${stage}`, half.days!);
    set("Days by which three quarters have left", `three quarters left ${stage}`, threeQuarters.days!);
    if (nineInTen.days !== null)
      set("Days by which nine in ten have left", `nine in ten left ${stage}`, nineInTen.days);
  }
  const people = new Map<number, {late: number; all: number}>();
  for (const {calls} of market.firms)
    for (const {rep, isLate, wonOn} of calls) {
      if (wonOn > asOf) continue;
      const one = people.get(rep) ?? {late: 0, all: 0};
      people.set(rep, one);
      one.all++;
      if (isLate) one.late++;
    }
  for (const [rep, {late, all}] of people)
    set("A person's share of late wins", `late wins of person ${rep}`, late / all);
  return {truth, family};
}
