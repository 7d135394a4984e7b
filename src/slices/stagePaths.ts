/**
 * The way of each deal through the stages, and what can be said of every stage from it: how many went on, in which of two
 * ways of counting, with deals still on their way as censored.
 *
 * Rules. A stage is entered once a deal: its first entry counts, later ones are re-entries. Moved on means entering any
 * later stage, or being won. A stage that was jumped over is skipped: it was reached but not entered, and has no time.
 */
import {aalenJohansen, type IncidencePoint} from "./aalenJohansen.js";
import {cell, type FactTable} from "./facts.js";

const LONGEST_DAYS = 365;

/** The open stages of one pipeline, in the order deals should walk them. */
export interface Ladder {
  pipeline: string;
  stages: readonly string[];
}

export interface Visit {
  stage: string;
  /** Position of the stage in the deal's pipeline, from 1; 0 for a stage that is not of it. */
  order: number;
  enteredOn: number;
  /** Null while the deal is there. */
  leftOn: number | null;
}

/** One deal's way: its stays in open stages in order of time, and how it ended. */
export interface Path {
  deal: number;
  /** The stages of its pipeline: a deal neither skips nor reaches those of another. */
  ladder: Ladder;
  visits: Visit[];
  outcome: "won" | "lost" | null;
  endedOn: number | null;
}

export interface StageRow {
  pipeline: string;
  stage: string;
  /** Deals that entered it, and those that reached it (entered it or any later stage, or were won). */
  nEntered: number;
  nReached: number;
  /** Deals that entered every stage up to this one, in their order. */
  nInOrder: number;
  nSkipped: number;
  nBackward: number;
  nReentered: number;
  /** Of the deals that entered: went on to any later stage or were won, were lost from here, are undecided. */
  nMovedOn: number;
  nLost: number;
  nUndecided: number;
  /** Moved on / (moved on + lost), as a period counts; null when none is decided. */
  decidedRate: number | null;
  /** Share that moved on within `withinDays` of entering, undecided deals as censored; null when nobody entered. */
  cohort: IncidencePoint | null;
  /** A year, or the days that a quarter of the deals have had the time for; null when nobody entered. */
  withinDays: number | null;
  /** Moved on by days since entering, up to withinDays. */
  curve: IncidencePoint[];
  /** Of the deals in order up to this stage, the share that came to the next in order; of the last, that was won. */
  inOrderRate: number | null;
  /** Of the deals that reached this stage or a later one, the share that reached the next; of the last, that was won. */
  anyStageRate: number | null;
}

/** Of all deals that decided in a stage in a period, whenever they entered: moved on, and lost. */
export interface Decided {
  pipeline: string;
  stage: string;
  nMovedOn: number;
  nLost: number;
}

/**
 * The open stages of each pipeline, from those of the workspace in their order. A stage that no deal is known to have entered
 * on a day is left out where others are dated: every deal would seem to have jumped over it.
 */
export function laddersOf(
  stages: readonly {pipeline: string; stage: string; kind: string; is_undated?: boolean}[]
): Ladder[] {
  const open = stages.filter(({kind}) => kind === "open");
  return [...new Set(open.map(({pipeline}) => pipeline))].map((pipeline) => {
    const all = open.filter((each) => each.pipeline === pipeline);
    const dated = all.filter(({is_undated}) => !is_undated);
    return {pipeline, stages: (dated.length > 0 ? dated : all).map(({stage}) => stage)};
  });
}

/**
 * The paths of the deals whose entries are in `rows`, as they were at the end of `asOf` (day number).
 * @param entries ordered by deal and passage, with columns deal, stage, stage_kind, entered_on, left_on, and pipeline
 * where there are several
 * @param ladders one a pipeline, at least one
 */
export function stagePaths(
  entries: FactTable,
  rows: readonly number[],
  ladders: readonly Ladder[],
  asOf: number
): Path[] {
  const ladderOf = new Map(ladders.map((ladder) => [ladder.pipeline, ladder]));
  const isCut = ladders.length > 1 && entries.columns["pipeline"] !== undefined;
  const [enteredOns, leftOns] = [days(entries, "entered_on"), days(entries, "left_on")];
  const paths: Path[] = [];
  let path: Path | undefined;
  for (const row of rows) {
    const enteredOn = enteredOns[row] ?? null;
    if (enteredOn === null || enteredOn > asOf) continue;
    const deal = Number(cell(entries, "deal", row));
    if (path?.deal !== deal) {
      const pipeline = isCut ? String(cell(entries, "pipeline", row)) : "";
      path = {deal, ladder: ladderOf.get(pipeline) ?? ladders[0]!, visits: [], outcome: null, endedOn: null};
      paths.push(path);
    }
    const kind = cell(entries, "stage_kind", row);
    if (kind === "won" || kind === "lost") {
      path.outcome = kind;
      path.endedOn = enteredOn;
      continue;
    }
    // Reopened: what ended has not.
    path.outcome = null;
    path.endedOn = null;
    const stage = String(cell(entries, "stage", row));
    const left = leftOns[row] ?? null;
    const leftOn = left !== null && left <= asOf ? left : null;
    path.visits.push({stage, order: path.ladder.stages.indexOf(stage) + 1, enteredOn, leftOn});
  }
  return paths;
}

/** One row a stage of each ladder, for deals that first entered it in the window (day numbers, both included). */
export function stageRows(
  paths: readonly Path[],
  ladders: readonly Ladder[],
  asOf: number,
  window: {from: number; to: number}
): StageRow[] {
  return ladders.flatMap((ladder) => ladderRows(ofLadder(paths, ladder), ladder, asOf, window));
}

/** One row a stage of each ladder, for what decided there in the period (day numbers, both included). */
export function decidedRows(
  paths: readonly Path[],
  ladders: readonly Ladder[],
  asOf: number,
  {from, to}: {from: number; to: number}
): Decided[] {
  return ladders.flatMap((ladder) => {
    const mine = ofLadder(paths, ladder);
    return ladder.stages.map((stage): Decided => {
      const causes = mine.flatMap((path) => {
        const first = path.visits.find((visit) => visit.stage === stage);
        if (!first || first.enteredOn > to) return [];
        const {days, cause} = fate(path, first, asOf);
        return first.enteredOn + days >= from && first.enteredOn + days <= to ? [cause] : [];
      });
      const n = (wanted: number) => causes.filter((cause) => cause === wanted).length;
      return {pipeline: ladder.pipeline, stage, nMovedOn: n(0), nLost: n(1)};
    });
  });
}

function ofLadder(paths: readonly Path[], {pipeline}: Ladder): Path[] {
  return paths.filter(({ladder}) => ladder.pipeline === pipeline);
}

function ladderRows(
  paths: readonly Path[],
  {pipeline, stages}: Ladder,
  asOf: number,
  window: {from: number; to: number}
): StageRow[] {
  const started = paths
    .filter(({visits}) => isWithin(visits[0], window))
    .map((path) => ({...path, nInOrder: inOrder(path, stages)}));
  const rows = stages.map((stage, index): StageRow => {
    const entered = paths.flatMap((path) => {
      const first = path.visits.find((visit) => visit.stage === stage);
      return first && isWithin(first, window) ? [{path, first}] : [];
    });
    const fates = entered.map(({path, first}) => fate(path, first, asOf));
    const n = (cause: number | null) => fates.filter((each) => each.cause === cause).length;
    const reached = started.filter((path) => hasReached(path, index));
    const [movedOn] = aalenJohansen(fates, 2);
    const withinDays = followed(entered.map(({first}) => asOf - first.enteredOn));
    const curve = movedOn!.filter(({t}) => t <= (withinDays ?? 0));
    return {
      pipeline,
      stage,
      nEntered: entered.length,
      nReached: reached.length,
      nInOrder: started.filter((path) => path.nInOrder > index).length,
      nSkipped: reached.filter(({visits}) => !visits.some((visit) => visit.stage === stage)).length,
      nBackward: entered.filter(({path, first}) => wentBack(path, first)).length,
      nReentered: entered.filter(({path}) => path.visits.filter((visit) => visit.stage === stage).length > 1)
        .length,
      nMovedOn: n(0),
      nLost: n(1),
      nUndecided: n(null),
      decidedRate: n(0) + n(1) > 0 ? n(0) / (n(0) + n(1)) : null,
      cohort: curve.at(-1) ?? null,
      withinDays,
      curve,
      inOrderRate: null,
      anyStageRate: null
    };
  });
  const won = started.filter(({outcome}) => outcome === "won");
  const end = {
    nInOrder: won.filter((path) => path.nInOrder === stages.length).length,
    nReached: won.length
  };
  for (const [i, row] of rows.entries()) {
    const next = rows[i + 1] ?? end;
    if (row.nInOrder > 0) row.inOrderRate = next.nInOrder / row.nInOrder;
    if (row.nReached > 0) row.anyStageRate = next.nReached / row.nReached;
  }
  return rows;
}

/**
 * For how many days it can be said what share moved on: beyond what a quarter of the deals have had the time for, few decide
 * about all. Within a year nearly every deal is decided or asleep.
 */
function followed(ages: readonly number[]): number | null {
  if (ages.length === 0) return null;
  const longest = [...ages].sort((a, b) => b - a)[Math.ceil(ages.length / 4) - 1]!;
  return Math.min(LONGEST_DAYS, longest);
}

/** What came first after a deal entered a stage: a later stage or won (0), lost (1), neither yet (null). */
function fate(
  {visits, outcome, endedOn}: Path,
  first: Visit,
  asOf: number
): {days: number; cause: number | null} {
  const later = visits.find(({order, enteredOn}) => order > first.order && enteredOn >= first.enteredOn);
  if (later) return {days: later.enteredOn - first.enteredOn, cause: 0};
  if (endedOn === null) return {days: asOf - first.enteredOn, cause: null};
  return {days: endedOn - first.enteredOn, cause: outcome === "won" ? 0 : 1};
}

function hasReached({visits, outcome}: Path, index: number): boolean {
  return outcome === "won" || visits.some(({order}) => order > index);
}

/** Stages from the first one on that were entered, none left out, each for the first time after the one before. */
function inOrder({visits}: Path, stages: readonly string[]): number {
  let last = -1;
  for (const [i, stage] of stages.entries()) {
    const at = visits.findIndex((visit) => visit.stage === stage);
    if (at <= last) return i;
    last = at;
  }
  return stages.length;
}

function wentBack({visits}: Path, first: Visit): boolean {
  return visits.some((visit, i) => visits[i - 1]?.stage === first.stage && visit.order < first.order);
}

function isWithin(visit: Visit | undefined, {from, to}: {from: number; to: number}): boolean {
  return visit !== undefined && visit.enteredOn >= from && visit.enteredOn <= to;
}

/** Day numbers, which cell() would put into words. */
function days(table: FactTable, name: string): readonly (number | null)[] {
  const column = table.columns[name];
  return column?.kind === "day" ? column.values : [];
}
