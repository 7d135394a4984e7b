/** The shown forecast cut into slices on past days, beside naive methods: what was said of each slice, and what came. */
import {calibrate, cautious} from "../backtest/calibrate.ts";
import {SHOWN} from "../backtest/combine.ts";
import type {ForecastRow} from "../backtest/forecastRow.ts";
import type {ScoredSlice} from "../backtest/scoreSlices.ts";
import {TARGETS, type Target, type TargetKind, targetsAt} from "../backtest/targets.ts";
import {fiscalPeriod} from "../history/calendar.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import {levelIndex} from "../numeric/quantiles.ts";
import {askDeals, type DealAsking} from "./askDeals.ts";
import {type SliceCodes, sliceDimensions} from "./sliceCodes.ts";
import {
  drawWins,
  type PastSlices,
  sliceForecast,
  slicePaths,
  stretchOf,
  wonBySlice
} from "./sliceForecast.ts";

export const SAME_DAYS = "same days last quarter";
export const RUN_RATE = "run rate";
const RUN_DAYS = 91;

/** Weeks between askings of slices. */
const EVERY_WEEKS = 4;

/**
 * The backtest by slice: every fourth day of asking, the deal model fitted anew on each, each time with what was known then.
 * @param rows of the whole backtest, the shown forecast among them
 * @param onDay called after each asking
 */
export function backtestSlices(
  history: PipelineHistory,
  rows: readonly ForecastRow[],
  seed: number,
  onDay: (day: number) => void = () => {}
): ScoredSlice[] {
  const recorder = new SliceRecorder(history, rows, sliceDimensions(history), seed);
  for (const asking of askDeals(history, sliceDays(rows), 1)) {
    recorder.add(asking);
    onDay(asking.day);
  }
  return recorder.rows;
}

/** The days on which {@link backtestSlices} asks, oldest first. */
export function sliceDays(rows: readonly ForecastRow[]): number[] {
  const days = [...new Set(rows.flatMap(({origin, actual}) => (actual === null ? [] : [origin])))];
  return days
    .sort((a, b) => b - a)
    .filter((_, i) => i % EVERY_WEEKS === 0)
    .reverse();
}

/** Adds up what was said of slices on past days, oldest first: each band is widened by those whose outcome was known. */
export class SliceRecorder {
  readonly rows: ScoredSlice[] = [];
  readonly #history: PipelineHistory;
  readonly #codes: readonly SliceCodes[];
  readonly #seed: number;
  readonly #shown: ReadonlyMap<string, ForecastRow>;
  readonly #pasts: ReadonlyMap<TargetKind, PastSlices[][]>;
  /** What naive methods said of what was still to come, and what came. */
  readonly #naive = new Map<string, ForecastRow[]>();

  /** @param rows of the whole backtest, the shown forecast among them */
  constructor(
    history: PipelineHistory,
    rows: readonly ForecastRow[],
    codes: readonly SliceCodes[],
    seed: number
  ) {
    this.#history = history;
    this.#codes = codes;
    this.#seed = seed;
    this.#shown = new Map(
      rows.flatMap((row) => (row.method === SHOWN ? [[`${row.origin}|${row.kind}`, row] as const] : []))
    );
    this.#pasts = new Map(TARGETS.map(({kind}) => [kind, codes.map((): PastSlices[] => [])]));
  }

  /** Askings of each dimension so far, in the order of its codes. */
  pasts(kind: TargetKind): readonly (readonly PastSlices[])[] {
    return this.#pasts.get(kind)!;
  }

  /** All windows of a day whose outcome is known. */
  add(asking: DealAsking): void {
    for (const target of targetsAt(asking.day, this.#history.firstMonth)) {
      const shown = this.#shown.get(`${asking.day}|${target.kind}`);
      if (shown?.quantiles && shown.actual !== null) this.#addWindow(asking, target, shown);
    }
  }

  #addWindow(asking: DealAsking, {kind, window, period}: Target, shown: ForecastRow): void {
    const {day, known} = asking;
    const wins = drawWins(asking, window, this.#seed);
    const shift = shiftOf(kind, period.to, known.firstMonth);
    const pasts = this.#pasts.get(kind)!;
    this.#codes.forEach((code, i) => {
      const earlier = pasts[i]!.filter(({to}) => to <= day);
      const stretch = stretchOf(earlier);
      const slices = sliceForecast(slicePaths(asking, code, wins, period), code, shown, stretch);
      const actual = wonBySlice(this.#history, code, period);
      const before = wonBySlice(known, code, {from: window.from - shift, to: window.to - shift});
      const lately = wonBySlice(known, code, {from: day - RUN_DAYS + 1, to: day});
      const naive = before.map((value, at) => value + slices[at]!.wonSoFar);
      const days = (window.to - window.from + 1) / RUN_DAYS;
      pasts[i]!.push({to: period.to, slices, stretch, actual, naive});
      slices.forEach(({value, wonSoFar, mean, low80, high80}, at) => {
        const about = {origin: day, kind, ...period, dimension: code.key, label: code.label, value};
        const came = actual[at]!;
        this.rows.push({...about, actual: came, method: SHOWN, mean, low80, high80});
        for (const [method, rest] of [
          [SAME_DAYS, before[at]!],
          [RUN_RATE, lately[at]! * days]
        ] as const) {
          const said = {...about, method, mean: rest, family: "naive" as const, quantiles: null};
          const band = this.#naiveBand({...said, actual: came - wonSoFar});
          this.rows.push({
            ...about,
            method,
            mean: wonSoFar + rest,
            actual: came,
            low80: band && wonSoFar + band.low80,
            high80: band && wonSoFar + band.high80
          });
        }
      });
    });
  }

  /** How far a naive method has been off in the same slice and window, of outcomes known on the day; null with fewer than three. */
  #naiveBand(said: ForecastRow & {dimension: string; value: string}): {low80: number; high80: number} | null {
    const {origin, kind, method, dimension, value} = said;
    const key = [kind, method, dimension, value].join("|");
    const all = this.#naive.get(key) ?? [];
    this.#naive.set(key, [...all, said]);
    const past = all.filter(({to}) => to <= origin);
    const band = calibrate(said, past);
    if (!band) return null;
    const {quantiles} = cautious(band, past);
    return {low80: quantiles[levelIndex(0.1)]!, high80: quantiles[levelIndex(0.9)]!};
  }
}

/** Days back to the same days of the last quarter whose same days are over. */
function shiftOf(kind: TargetKind, to: number, firstMonth: number): number {
  if (kind !== "rest of the quarter" && kind !== "the quarter after") return RUN_DAYS;
  return to - fiscalPeriod(to, "quarter", firstMonth, kind === "rest of the quarter" ? -1 : -2).to;
}
