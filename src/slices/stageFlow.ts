/** The stages as they are really walked: who follows whom, along which ways, and how often a way turns back. */
import {median} from "./evaluate.js";
import type {Ladder, Path} from "./stagePaths.js";
import type {DaySpan, DealLife} from "./stretches.js";
import {stateOn} from "./stretches.js";

/** One step from a stage to the next one, or to won or lost. */
export interface Step {
  from: string;
  to: string;
  n: number;
  cents: number;
  /** Median days in the stage left. */
  medianDays: number;
  deals: number[];
}

/** Steps taken in the span, each with its deals; a deal that takes one twice counts twice. */
export function steps(paths: readonly Path[], centsOf: (deal: number) => number, span: DaySpan): Step[] {
  const found = new Map<string, {from: string; to: string; days: number[]; deals: number[]}>();
  for (const {deal, visits, outcome, endedOn} of paths)
    for (const [i, visit] of visits.entries()) {
      const next = visits[i + 1];
      const to = next?.stage ?? outcome;
      const on = next?.enteredOn ?? endedOn;
      if (to === null || on === null || on < span.from || on > span.to) continue;
      const key = `${visit.stage}\n${to}`;
      const step = found.get(key) ?? {from: visit.stage, to, days: [], deals: []};
      found.set(key, step);
      step.days.push(on - visit.enteredOn);
      step.deals.push(deal);
    }
  return [...found.values()]
    .map(({from, to, days, deals}) => ({
      from,
      to,
      n: deals.length,
      cents: deals.reduce((sum, deal) => sum + centsOf(deal), 0),
      medianDays: median(days.sort((a, b) => a - b)),
      deals
    }))
    .sort((a, b) => b.n - a.n);
}

/** A sequence of stages and its end, as some deals walked it. */
export interface Variant {
  ladder: Ladder;
  stages: string[];
  outcome: "won" | "lost";
  n: number;
  cents: number;
  medianDays: number;
  deals: number[];
}

/** Ways of the deals that ended in the span, the most walked first. */
export function variants(
  paths: readonly Path[],
  centsOf: (deal: number) => number,
  span: DaySpan
): Variant[] {
  const found = new Map<string, Variant & {days: number[]}>();
  for (const {deal, ladder, visits, outcome, endedOn} of ended(paths, span)) {
    const stages = visits.map(({stage}) => stage);
    const key = [ladder.pipeline, ...stages, outcome].join("\n");
    const variant = found.get(key) ?? {
      ...{ladder, stages, outcome, n: 0, cents: 0, medianDays: 0},
      ...{deals: [], days: []}
    };
    found.set(key, variant);
    variant.n++;
    variant.cents += centsOf(deal);
    variant.deals.push(deal);
    variant.days.push(endedOn - visits[0]!.enteredOn);
  }
  return [...found.values()]
    .map(({days, ...variant}) => ({...variant, medianDays: median(days.sort((a, b) => a - b))}))
    .sort((a, b) => b.n - a.n);
}

/** A way in words, against its pipeline's straight one: "straight, lost from Demo", "skips Demo, won", "back to New, ...". */
export function wayInWords({ladder: {stages}, stages: way, outcome}: Variant): string {
  const at = way.map((stage) => stages.indexOf(stage));
  const been = new Set(at);
  const last = outcome === "won" ? stages.length - 1 : Math.max(...at);
  const skipped = stages.filter((_, i) => i <= last && !been.has(i));
  const back = way.filter((_, i) => i > 0 && at[i]! < at[i - 1]!);
  const parts = [
    ...(skipped.length > 0 ? [`skips ${skipped.join(", ")}`] : []),
    ...(back.length > 0 ? [`back to ${[...new Set(back)].join(", ")}`] : [])
  ];
  return [parts.join("; ") || "straight", outcome === "won" ? "won" : `lost from ${way.at(-1)}`].join(", ");
}

export interface WayFigures {
  /** Deals that ended in the span. */
  n: number;
  /** Shares of them, 0..1; null when none ended, or where a single stage leaves nothing to skip or to go back to. */
  skipped: number | null;
  wentBack: number | null;
  /** Visits beyond the first to a stage, per deal. */
  rework: number | null;
}

/** Ways that ended in the span, and of them those that are not straight. */
export interface CrookedWays {
  ended: Path[];
  skipped: Path[];
  wentBack: Path[];
  /** Ways that visit a stage more than once, with the visits beyond the first. */
  again: {path: Path; n: number}[];
}

/**
 * How straight the ways were: a deal skipped when it jumped over a stage (or was won without having been in the last one),
 * went back when it entered an earlier stage than the one it left.
 */
export function crookedWays(paths: readonly Path[], span: DaySpan): CrookedWays {
  const list = ended(paths, span);
  const skips = ({ladder, visits, outcome}: Path) =>
    visits[0]!.order > 1 ||
    visits.some((visit, i) => i > 0 && visit.order > visits[i - 1]!.order + 1) ||
    (outcome === "won" && visits.at(-1)!.order < ladder.stages.length);
  const goesBack = ({visits}: Path) => visits.some((visit, i) => i > 0 && visit.order < visits[i - 1]!.order);
  const again = ({visits}: Path) => visits.length - new Set(visits.map(({stage}) => stage)).size;
  return {
    ended: list,
    skipped: list.filter(skips),
    wentBack: list.filter(goesBack),
    again: list.map((path) => ({path, n: again(path)})).filter(({n}) => n > 0)
  };
}

/** The same in figures. */
export function wayFigures({ended: list, skipped, wentBack, again}: CrookedWays): WayFigures {
  const n = list.length;
  if (n === 0) return {n: 0, skipped: null, wentBack: null, rework: null};
  const hasWay = list.some(({ladder}) => ladder.stages.length > 1);
  return {
    n,
    skipped: hasWay ? skipped.length / n : null,
    wentBack: hasWay ? wentBack.length / n : null,
    rework: again.reduce((sum, way) => sum + way.n, 0) / n
  };
}

/** Where deals were at one day's end and where at another's. */
export interface Passage {
  from: string;
  to: string;
  n: number;
  cents: number;
  deals: number[];
}

export const NOT_YET = "not there yet";

/**
 * Deals by where they stood at the end of both days: a stage, won, lost or deleted, or not there yet. Deals that were closed
 * on both days are left out. Cents are of the second day: of an open deal its amount, else what it left with.
 */
export function passages(lives: readonly DealLife[], from: number, to: number): Passage[] {
  const found = new Map<string, Passage>();
  for (const life of lives) {
    const before = stateOn(life, from);
    const after = stateOn(life, to);
    if (!after?.isMine) continue;
    const was =
      before === null ? NOT_YET : before.status === "open" ? (before.stage ?? "no stage") : "closed";
    if (was === "closed" && after.status !== "open") continue;
    const is = after.status === "open" ? (after.stage ?? "no stage") : after.status;
    const key = `${was}\n${is}`;
    const passage = found.get(key) ?? {from: was, to: is, n: 0, cents: 0, deals: []};
    found.set(key, passage);
    passage.n++;
    passage.cents += after.cents;
    passage.deals.push(life.deal);
  }
  return [...found.values()];
}

function ended(
  paths: readonly Path[],
  {from, to}: DaySpan
): (Path & {outcome: "won" | "lost"; endedOn: number})[] {
  return paths.filter(
    (path): path is Path & {outcome: "won" | "lost"; endedOn: number} =>
      path.outcome !== null &&
      path.endedOn !== null &&
      path.endedOn >= from &&
      path.endedOn <= to &&
      path.visits.length > 0
  );
}
