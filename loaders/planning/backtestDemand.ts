/** Demand asked again on past days, with what was known then, against what the deals that were won in fact took. */
import {
  type Band,
  DECIDE_WEEKS,
  type DemandRecord,
  type DemandScore,
  type Lines,
  type PastDemand,
  PLAN_WEEKS
} from "../../src/slices/material/planningData.ts";
import {isoOf} from "../forecast/history/calendar.ts";
import {closings, OPEN, type PipelineHistory, spanAt, WON} from "../forecast/history/pipelineHistory.ts";
import type {ChanceDeal} from "./openPipeline.ts";
import {type Resources, takenBy} from "./resources.ts";
import {simulateDemand, sumOf, type Weeks} from "./simulateDemand.ts";
import {type Stretches, WINDOWS} from "./stretches.ts";
import {extraSpread, type PastError, reachOf} from "./widening.ts";

/** What was known on a past day. */
export interface PastAsking {
  day: number;
  deals: readonly ChanceDeal[];
  stretches: Stretches;
  drift: number;
}

const STEP_DAYS = 91;
const YEAR_STEPS = 4;

/** One resource, one stretch of one asking: what was said and what came. */
interface Row {
  kind: DemandScore["kind"];
  resource: number;
  day: number;
  /** Last week of the stretch. */
  to: number;
  band: Band;
  actual: number;
  naive: number | null;
}

export interface Backtest {
  record: DemandRecord | null;
  /** By resource: windows of 13 weeks, and in how many the outcome lay within the band. */
  held: {n: number; inside80: number}[];
  /** What past errors add to the common spread of an asking of today. */
  extra: number;
}

/**
 * @param history whole
 * @param linesOf lines of deals by their records; what won deals took is read from them
 */
export function backtestDemand(
  history: PipelineHistory,
  askings: readonly PastAsking[],
  resources: Resources,
  linesOf: ReadonlyMap<string, Lines>,
  seed: number
): Backtest {
  const rows: Row[] = [];
  const errors: (PastError & {overOn: number})[] = [];
  // Not spread into an argument list: a firm may have a million deals.
  const first = history.createdOn.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
  for (const asking of [...askings].sort((a, b) => a.day - b.day)) {
    // As on its own day: of windows that were over by then.
    const extra = extraSpread(errors.filter(({overOn}) => overOn <= asking.day));
    const drift = Math.hypot(asking.drift, extra);
    const widened = rowsOf(history, {...asking, drift}, resources, linesOf, seed, first);
    rows.push(...widened);
    const plain = extra === 0 ? widened : rowsOf(history, asking, resources, linesOf, seed, first);
    for (const {kind, resource, band, actual} of plain)
      if (kind === "next 13 weeks" && resource === resources.cost)
        errors.push({
          ...{band, actual, overOn: asking.day + 7 * WINDOWS[0]},
          reach: reachOf(asking.deals, resources, resource, WINDOWS[0])
        });
  }
  const extra = extraSpread(errors);
  const held = Array.from({length: resources.n}, (_, resource) =>
    heldOf(rows.filter((row) => row.kind === "next 13 weeks" && row.resource === resource))
  );
  if (rows.length === 0) return {record: null, held, extra};
  const past = rows
    .filter(({resource, kind}) => resource === resources.cost && kind.startsWith("next"))
    .map(
      ({day, to, band, actual, naive}): PastDemand => ({
        askedOn: isoOf(day),
        weeks: to,
        mean: band.mean,
        p10: band.p10,
        p90: band.p90,
        actual,
        naive
      })
    );
  return {
    record: {
      scores: scoresOf(rows, resources),
      past,
      fromLaterDeals: laterShare(history, askings, resources, linesOf)
    },
    held,
    extra
  };
}

function rowsOf(
  history: PipelineHistory,
  {day, deals, stretches, drift}: PastAsking,
  resources: Resources,
  linesOf: ReadonlyMap<string, Lines>,
  seed: number,
  first: number
): Row[] {
  const {bands} = simulateDemand({
    ...{deals, resources, drift, nWeeks: PLAN_WEEKS, stretches: stretches.of},
    seed: seed + day
  });
  const came = cameByWeek(history, day, resources, linesOf, true);
  const earlier = Array.from({length: YEAR_STEPS}, (_, i) => day - (i + 1) * STEP_DAYS);
  const before = earlier.map((then) => ({then, came: cameByWeek(history, then, resources, linesOf, true)}));
  return bands.flatMap((list, resource) =>
    list.flatMap((band, i): Row[] => {
      const weeks = stretches.of[resource]![i]!;
      const kind = kindOf(i, stretches.nMonths);
      // A window is over when its last week is; nothing is asked of a stretch without a week.
      if (kind === null || weeks.to < weeks.from || day + 7 * weeks.to > history.asOf) return [];
      const over = before.filter(({then}) => then > first && then + 7 * weeks.to <= day);
      const sum = (each: Float64Array) => sumOf(each, resource * PLAN_WEEKS, weeks);
      return [
        {
          ...{kind, resource, day, band},
          to: weeks.to,
          actual: sum(came),
          naive:
            over.length === 0 ? null : over.reduce((total, each) => total + sum(each.came), 0) / over.length
        }
      ];
    })
  );
}

/** What the i-th stretch of a resource is; null for those ahead that are only shown now. */
function kindOf(i: number, nMonths: number): Row["kind"] | null {
  if (i < nMonths) return "month of need";
  if (i < nMonths + WINDOWS.length) return i === nMonths ? "next 13 weeks" : "next 26 weeks";
  return DECIDE_WEEKS[i - nMonths - WINDOWS.length] === 0 ? "before the deal is won" : null;
}

/**
 * What the deals won in each week after a day took, by resource, row-major.
 * @param wasOpen true: deals that were open on that day; false: those that were not yet
 */
function cameByWeek(
  history: PipelineHistory,
  day: number,
  resources: Resources,
  linesOf: ReadonlyMap<string, Lines>,
  wasOpen: boolean
): Float64Array {
  const {outcome, closedOn} = closings(history);
  const sums = new Float64Array(resources.n * PLAN_WEEKS);
  for (let deal = 0; deal < history.nDeals; deal++) {
    const week = Math.ceil((closedOn[deal]! - day) / 7);
    const lines = linesOf.get(history.dealIds[deal]!);
    if (outcome[deal] !== WON || week < 1 || week > PLAN_WEEKS || !lines) continue;
    const span = spanAt(history, deal, day);
    if ((span >= 0 && history.outcome[span] === OPEN) !== wasOpen) continue;
    const taken = takenBy(lines, resources);
    for (let r = 0; r < resources.n; r++) sums[r * PLAN_WEEKS + week - 1]! += taken[r]!;
  }
  return sums;
}

function laterShare(
  history: PipelineHistory,
  askings: readonly PastAsking[],
  resources: Resources,
  linesOf: ReadonlyMap<string, Lines>
): number | null {
  const whole: Weeks = {from: 1, to: PLAN_WEEKS};
  let [open, later] = [0, 0];
  for (const {day} of askings) {
    if (day + 7 * PLAN_WEEKS > history.asOf) continue;
    const sum = (wasOpen: boolean) =>
      sumOf(cameByWeek(history, day, resources, linesOf, wasOpen), resources.cost * PLAN_WEEKS, whole);
    open += sum(true);
    later += sum(false);
  }
  return open + later > 0 ? later / (open + later) : null;
}

function scoresOf(rows: readonly Row[], {nMaterials, nCentres, cost, hours}: Resources): DemandScore[] {
  const kinds = ["month of need", "next 13 weeks", "next 26 weeks", "before the deal is won"] as const;
  const groups: [DemandScore["what"], (resource: number) => boolean][] = [
    ["all material", (r) => r === cost],
    ["each material", (r) => r < nMaterials],
    ["all hours", (r) => r === hours],
    ["each work centre", (r) => r >= nMaterials && r < nMaterials + nCentres]
  ];
  return kinds.flatMap((kind) =>
    groups.flatMap(([what, isIn]) => {
      const mine = rows.filter((row) => row.kind === kind && isIn(row.resource));
      return mine.length === 0 ? [] : [scoreOf(kind, what, mine)];
    })
  );
}

function scoreOf(kind: DemandScore["kind"], what: DemandScore["what"], rows: readonly Row[]): DemandScore {
  const compared = rows.filter(({naive}) => naive !== null);
  // Materials and centres count alike, whatever their units: each row over the mean outcome of its own.
  const usual = new Map<number, number>();
  for (const {resource, actual} of compared) usual.set(resource, (usual.get(resource) ?? 0) + actual);
  const weighed = compared.filter(({resource}) => usual.get(resource)! > 0);
  const total = (value: (row: Row) => number) =>
    weighed.reduce((sum, row) => sum + value(row) / usual.get(row.resource)!, 0);
  const came = total(({actual}) => actual);
  const per = (value: (row: Row) => number) => (came > 0 ? total(value) / came : null);
  return {
    kind,
    what,
    ...heldOf(rows),
    nCompared: weighed.length,
    error: per(({band, actual}) => Math.abs(band.mean - actual)),
    naiveError: per(({naive, actual}) => Math.abs(naive! - actual)),
    bias: per(({band, actual}) => band.mean - actual)
  };
}

function heldOf(rows: readonly Row[]): {n: number; inside80: number} {
  return {
    n: rows.length,
    inside80: rows.filter(({actual, band}) => actual >= band.p10 && actual <= band.p90).length
  };
}
