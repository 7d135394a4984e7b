/**
 * Splits the change of a quarter's forecast between past days into what moved it, deal by deal and to the cent. From one
 * asking to the next each open deal's part is taken apart by changing one thing at a time, once in the stated order and
 * once in the reverse, and taking the mean: the parts add up exactly, and neither end is favoured.
 */
import {MOVE_LINES, type MoveLevel, type MoveLine, type MovesData} from "../../../src/slices/moves.ts";
import {SHOWN} from "../backtest/combine.ts";
import type {ForecastRow} from "../backtest/forecastRow.ts";
import {type TargetKind, targetsAt} from "../backtest/targets.ts";
import {expectedAmountOf} from "../deals/amounts.ts";
import type {DealState} from "../deals/dealFeatures.ts";
import {outcomeCurve} from "../deals/outcomeModel.ts";
import type {DealModel, OpenDeal} from "../deals/projectDeals.ts";
import {dayOf, isoOf, type Span} from "../history/calendar.ts";
import {closings, LOST, OPEN, type PipelineHistory, WON} from "../history/pipelineHistory.ts";
import {levelIndex} from "../numeric/quantiles.ts";
import {chanceWithin, type DealAsking, freshWithin} from "./askDeals.ts";

/** Deals' parts listed one by one; smaller ones are told together. Those of two quarters fit into 400 kB with what every page reads. */
const MOST_ROWS = 4_000;
const MOVE_WEEKS = 13;
/** The deal model is fitted anew for them so often. */
export const MOVE_REFIT_DAYS = 45;

/** What an earlier build said of a quarter. */
export interface EarlierBuild {
  /** Last day of the quarter. */
  to: string;
  level: MoveLevel;
}

/** Days whose forecasts are compared: those of the backtest in the quarter that ends on the as-of day, and those of earlier builds. */
export function moveDays(
  history: PipelineHistory,
  rows: readonly ForecastRow[],
  builds: readonly EarlierBuild[] = []
): number[] {
  const {asOf, firstMonth} = history;
  const quarter = targetsAt(asOf, firstMonth).find(({kind}) => kind === "rest of the quarter")!.period;
  const since = movesSince(asOf);
  const asked = [...new Set(rows.filter(({method}) => method === SHOWN).map(({origin}) => origin))].filter(
    (day) => day > since && shownFor(rows, day, quarter) !== null
  );
  const built = builds.filter(({to}) => to === isoOf(quarter.to)).map(({level}) => dayOf(level.on));
  return [...new Set([...asked, ...built.filter((day) => day > since && day <= asOf)])].sort((a, b) => a - b);
}

/** The day after which moves are told. */
export function movesSince(asOf: number): number {
  return asOf - 7 * MOVE_WEEKS - 1;
}

function shownFor(rows: readonly ForecastRow[], day: number, quarter: Span): ForecastRow | null {
  return (
    rows.find(
      ({origin, method, kind, to, from, quantiles}) =>
        origin === day &&
        method === SHOWN &&
        (kind === "rest of the quarter" || kind === "the quarter after") &&
        to === quarter.to &&
        from === Math.max(quarter.from, day + 1) &&
        quantiles !== null
    ) ?? null
  );
}

/** A deal as it stands on a day: what of it counts for the quarter. */
interface Standing {
  outcome: number;
  /** Won in the quarter. */
  isWonHere: boolean;
  /** Cents that count in the forecast. */
  cents: number;
  open: OpenDeal | null;
}

interface Told {
  level: MoveLevel;
  standings: Map<string, Standing>;
  asking: DealAsking;
}

/** Takes askings one after the other, oldest first, and keeps what each deal changed between them. */
export class MoveRecorder {
  private readonly levels: MoveLevel[] = [];
  private readonly found: {step: number; line: number; deal: string; cents: number}[] = [];
  private readonly rest: MovesData["rest"] = [];
  /** The quarter whose forecast is split. */
  readonly quarter: Span;
  private last: Told | undefined;

  constructor(
    private readonly history: PipelineHistory,
    private readonly rows: readonly ForecastRow[],
    /** Newest first. */
    private readonly builds: readonly EarlierBuild[] = [],
    /** The quarter that is under way on the as-of day, or the one after it. */
    which: Extract<TargetKind, "rest of the quarter" | "the quarter after"> = "rest of the quarter"
  ) {
    this.quarter = targetsAt(history.asOf, history.firstMonth).find(({kind}) => kind === which)!.period;
  }

  add(asking: DealAsking): void {
    const shown = shownFor(this.rows, asking.day, this.quarter);
    const on = isoOf(asking.day);
    const built = this.builds.find(({to, level}) => to === isoOf(this.quarter.to) && level.on === on);
    if (!shown && !built) return;
    const now = tell(asking, shown ?? built!.level, this.quarter);
    const {last} = this;
    if (last) this.compare(last, now);
    this.levels.push(now.level);
    this.last = now;
  }

  private compare(before: Told, after: Told): void {
    const step = this.levels.length - 1;
    const aggregate = (line: MoveLine, cents: number) => {
      if (cents !== 0) this.rest.push({step, line: MOVE_LINES.indexOf(line), cents, n: 0});
    };
    aggregate("fresh", after.level.fresh - before.level.fresh);
    aggregate("method", after.level.method - before.level.method);
    for (const deal of new Set([...before.standings.keys(), ...after.standings.keys()])) {
      const [a, b] = [before.standings.get(deal), after.standings.get(deal)];
      for (const [line, cents] of linesOf(a, b, before, after, this.quarter))
        if (cents !== 0) this.found.push({step, line: MOVE_LINES.indexOf(line), deal, cents});
    }
  }

  /** What the build before this one said last: the newest that differs from what is said now. */
  private get published(): MoveLevel | null {
    const last = this.levels.at(-1);
    const found = this.builds.find(
      ({to, level}) =>
        to === isoOf(this.quarter.to) &&
        this.levels.some(({on}) => on === level.on) &&
        !(level.on === last?.on && level.mean === last.mean)
    );
    return found?.level ?? null;
  }

  /** What was kept, the largest parts deal by deal. */
  data(about: {
    currency: string;
    reason: string | null;
    label: string;
    target: number | null;
    after: string | null;
    dealNames: ReadonlyMap<string, string>;
  }): MovesData {
    const {asOf, dealIds, spanStart, stages, owners, stage, owner, outcome} = this.history;
    const {from, to} = this.quarter;
    const sorted = [...this.found].sort((a, b) => Math.abs(b.cents) - Math.abs(a.cents));
    const listed = sorted.slice(0, MOST_ROWS);
    const others = new Map<string, MovesData["rest"][number]>();
    for (const {step, line, cents} of sorted.slice(MOST_ROWS)) {
      const sum = others.get(`${step}:${line}`) ?? {step, line, cents: 0, n: 0};
      others.set(`${step}:${line}`, {...sum, cents: sum.cents + cents, n: sum.n + 1});
    }
    const ids = [...new Set(listed.map(({deal}) => deal))];
    const place = new Map(ids.map((id, i) => [id, i]));
    const indexOf = new Map(dealIds.map((id, d) => [id, d]));
    const ordered = listed.sort(
      (a, b) => a.step - b.step || a.line - b.line || place.get(a.deal)! - place.get(b.deal)!
    );
    const words = ["open", "won", "lost", "deleted"];
    return {
      asOf: isoOf(asOf),
      currency: about.currency,
      reason:
        about.reason ??
        (this.levels.length > 1 ? null : "There is no earlier forecast of this quarter to compare with."),
      quarter: {label: about.label, from: isoOf(from), to: isoOf(to), target: about.target},
      after: about.after,
      levels: this.levels,
      published: this.published,
      deals: ids.map((id) => {
        const span = spanStart[indexOf.get(id)! + 1]! - 1;
        return {
          id,
          name: about.dealNames.get(id) ?? id,
          stage: stages[stage[span]!]?.name ?? null,
          owner: owners[owner[span]!] ?? null,
          outcome: words[outcome[span]!]!
        };
      }),
      rows: {
        step: ordered.map(({step}) => step),
        line: ordered.map(({line}) => line),
        deal: ordered.map(({deal}) => place.get(deal)!),
        cents: ordered.map(({cents}) => cents)
      },
      rest: [...this.rest, ...others.values()]
    };
  }
}

/**
 * The forecast of a day and what each deal counts for in it.
 * @param shown the backtest's row; of a day that it did not ask on, what a build said then: its parts are told anew, and what
 * other methods added to them is taken from it
 */
function tell(asking: DealAsking, shown: ForecastRow | MoveLevel, quarter: Span): Told {
  const {day, known, projection} = asking;
  const {outcome, closedOn, amount} = closings(known);
  const standings = new Map<string, Standing>();
  const window = {from: Math.max(quarter.from, day + 1), to: quarter.to};
  let [won, openSum] = [0, 0];
  for (let d = 0; d < known.nDeals; d++) {
    const isWonHere = outcome[d] === WON && closedOn[d]! >= quarter.from && closedOn[d]! <= day;
    const cents = isWonHere && !Number.isNaN(amount[d]!) ? Math.round(100 * amount[d]!) : 0;
    won += cents;
    standings.set(known.dealIds[d]!, {outcome: outcome[d]!, isWonHere, cents, open: null});
  }
  for (const open of projection.open) {
    const cents = Math.round(100 * chanceWithin(open, day, window) * open.amount);
    openSum += cents;
    standings.set(known.dealIds[open.state.deal]!, {outcome: OPEN, isWonHere: false, cents, open});
  }
  const fresh = Math.round(100 * freshWithin(projection, day, window));
  const parts = {won, open: openSum, fresh};
  const sum = won + openSum + fresh;
  if ("on" in shown) {
    const {on, method, mean: said, low80, high80} = shown;
    const moved = sum + method - said;
    const level = {on, mean: sum + method, low80: low80 + moved, high80: high80 + moved, ...parts, method};
    return {level, standings, asking};
  }
  const round = (value: number) => won + Math.round(100 * value);
  const level = {
    on: isoOf(day),
    mean: round(shown.mean),
    low80: round(shown.quantiles![levelIndex(0.1)]!),
    high80: round(shown.quantiles![levelIndex(0.9)]!),
    ...parts,
    method: round(shown.mean) - sum
  };
  return {level, standings, asking};
}

function linesOf(
  a: Standing | undefined,
  b: Standing | undefined,
  before: Told,
  after: Told,
  quarter: Span
): (readonly [MoveLine, number])[] {
  const change = (b?.cents ?? 0) - (a?.cents ?? 0);
  if (a?.open && b?.open) return split(a.open, b.open, change, before.asking, after.asking, quarter);
  if (change === 0) return [];
  if (b?.isWonHere) return [[a?.isWonHere ? "repriced" : "won", change]];
  if (b?.outcome === OPEN) return [[a ? "reopened" : "new", change]];
  if (b?.outcome === WON) return [["outside", change]];
  return [[b?.outcome === LOST ? "lost" : "deleted", change]];
}

/** What of a state belongs to each line; the model is no part of the state. */
const FACTORS: readonly (readonly [MoveLine, (from: Hybrid, to: Hybrid) => Hybrid])[] = [
  ["stage", (from, to) => ({...from, stage: to.stage, enteredOn: to.enteredOn})],
  ["redated", (from, to) => ({...from, closeOn: to.closeOn, nPushes: to.nPushes})],
  ["repriced", (from, to) => ({...from, amount: to.amount})],
  ["people", (from, to) => ({...from, owner: to.owner, category: to.category})],
  ["calendar", (from, to) => ({...from, day: to.day})],
  ["rates", (from, to) => ({...from, model: to.model})]
];

interface Hybrid extends DealState {
  /** Day the present stage was entered. */
  enteredOn: number;
  model: DealModel;
}

function hybrid({state}: OpenDeal, model: DealModel): Hybrid {
  return {...state, enteredOn: state.day - Math.max(0, state.stageDays), model};
}

function split(
  a: OpenDeal,
  b: OpenDeal,
  change: number,
  before: DealAsking,
  after: DealAsking,
  quarter: Span
): (readonly [MoveLine, number])[] {
  const [first, last] = [hybrid(a, before.model), hybrid(b, after.model)];
  const differing = FACTORS.filter(([, apply]) => !isSame(first, apply(first, last)));
  const sums = new Map<MoveLine, number>(differing.map(([line]) => [line, 0]));
  for (const order of [differing, [...differing].reverse()]) {
    let [state, value] = [first, worth(first, quarter)];
    for (const [line, apply] of order) {
      state = apply(state, last);
      const next = worth(state, quarter);
      sums.set(line, sums.get(line)! + (next - value) / 2);
      value = next;
    }
  }
  const lines = [...sums].map(([line, value]) => ({line, cents: Math.round(100 * value)}));
  const gap = change - lines.reduce((sum, {cents}) => sum + cents, 0);
  if (gap === 0) return lines.map(({line, cents}) => [line, cents] as const);
  // Rounding: a cent or two go to the largest part, where they are least.
  const most = lines.reduce(
    (x, y) => (Math.abs(y.cents) > Math.abs(x.cents) ? y : x),
    lines[0] ?? {line: "calendar" as const, cents: 0}
  );
  if (Math.abs(gap) > FACTORS.length)
    throw new Error(
      `the parts of a deal's change leave ${gap} cents over: its state is not told by its factors`
    );
  return [...lines.filter((each) => each !== most), {line: most.line, cents: most.cents + gap}].map(
    ({line, cents}) => [line, cents] as const
  );
}

function isSame(a: Hybrid, b: Hybrid): boolean {
  return (Object.keys(a) as (keyof Hybrid)[]).every((key) => Object.is(a[key], b[key]));
}

/** What an open deal counts for in a quarter. */
function worth({model, enteredOn, ...state}: Hybrid, quarter: Span): number {
  const {day} = state;
  const weeks = Math.max(1, Math.ceil((quarter.to - day) / 7));
  const stageDays = state.stageDays < 0 ? -1 : day - enteredOn;
  const curve = outcomeCurve(model.outcomes, {...state, stageDays}, weeks);
  const chance = chanceWithin({curve}, day, {from: Math.max(quarter.from, day + 1), to: quarter.to});
  return chance * expectedAmountOf(model.amounts, state.amount, state.stage);
}
