/**
 * truth/expected_bookings.csv: what a perfect forecaster would have said at each month's end, and on the day of the
 * exports, about the bookings of the months to come, by simulating forward from the true state of every deal.
 */
import {type Day, isoDay, isoMonth, monthEnd, monthOf, monthStart} from "../calendar/days.ts";
import type {DealLife} from "../firm/deal.ts";
import {CAUSE, type DealWalk, type Multipliers} from "../firm/dealWalk.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import type {Rng} from "../random/rng.ts";

export interface ForwardOptions {
  first: Day;
  exportDay: Day;
  /** Months ahead. */
  horizon: number;
  /** Simulated futures of each deal. */
  nFutures: number;
  /** Of the firm's deals one in so many is simulated, and stands for that many. */
  every: number;
  /** Deals of the firm for one of the rehearsal. */
  scale: number;
}

/** From so many futures on, quantiles are those of the futures; below, of a normal with the summed variance. */
const ENOUGH_FUTURES = 100;
const Z_80 = 1.2815515655446004;

/** Sums of won US dollars by as-of month, month ahead and future, and what is needed to know how sure they are. */
export class ExpectedBookings {
  private readonly firstMonth: number;
  private readonly nMonths: number;
  private readonly open: Float64Array;
  private readonly fresh: Float64Array;
  private readonly openVariance: Float64Array;
  /** Variance of the simulated mean: of the futures, and of which deals were simulated. */
  private readonly openError: Float64Array;
  /** Sums of dollars, and of their squares, of the rehearsal. */
  private readonly freshSum: Float64Array;
  private readonly freshSquares: Float64Array;
  private readonly wins: Int32Array;

  constructor(private readonly options: ForwardOptions) {
    this.firstMonth = monthOf(options.first);
    this.nMonths = monthOf(options.exportDay) - this.firstMonth + 1;
    const cells = this.nMonths * (options.horizon + 1);
    this.open = new Float64Array(cells * options.nFutures);
    this.fresh = new Float64Array(cells * options.nFutures);
    this.openVariance = new Float64Array(cells);
    this.openError = new Float64Array(cells);
    this.freshSum = new Float64Array(cells);
    this.freshSquares = new Float64Array(cells);
    this.wins = new Int32Array(options.horizon + 1);
  }

  /**
   * Simulates a deal (of those chosen) from each month's end at which it truly lives and the CRM knows it. `usd` is what it is signed
   * for when it is won.
   */
  addOpen(
    walk: DealWalk,
    life: DealLife,
    multipliers: Multipliers,
    createdDay: Day,
    usd: number,
    rng: Rng
  ): void {
    const {exportDay, nFutures, horizon, every} = this.options;
    const end = life.outcome === "open" ? exportDay + 1 : life.outcomeDay;
    let move = 0;
    let stage = 0;
    for (let month = monthOf(createdDay); month <= monthOf(exportDay); month++) {
      const asOf = this.asOfDay(month);
      if (asOf >= end) break;
      while (move < life.moves.length && life.moves[move]!.day <= asOf) stage = life.moves[move++]!.stage;
      const until = monthEnd(monthStart(month + horizon));
      this.wins.fill(0);
      for (let future = 0; future < nFutures; future++) {
        const wonDay = walkToWin(walk, stage, asOf, until, multipliers, rng);
        if (wonDay < 0) continue;
        const ahead = monthOf(wonDay) - month;
        this.wins[ahead]!++;
        this.open[this.cell(month, ahead) * nFutures + future]! += usd * every;
      }
      for (let ahead = 0; ahead <= horizon; ahead++) {
        const p = this.wins[ahead]! / nFutures;
        if (p === 0) continue;
        const variance = (usd * usd * p * (1 - p) * nFutures) / (nFutures - 1);
        const cell = this.cell(month, ahead);
        this.openVariance[cell]! += variance * every;
        this.openError[cell]! += (variance / nFutures) * every + (usd * p) ** 2 * every * (every - 1);
      }
    }
  }

  /** Adds a deal of the rehearsal to the futures of all months in which it was not yet known. */
  addFresh(createdDay: Day, wonDay: Day, usd: number, copies: Float64Array): void {
    const {nFutures, horizon} = this.options;
    const wonMonth = monthOf(wonDay);
    const from = Math.max(this.firstMonth, wonMonth - horizon);
    const to = Math.min(monthOf(createdDay), this.firstMonth + this.nMonths - 1);
    for (let month = from; month <= to && this.asOfDay(month) < createdDay; month++) {
      const cell = this.cell(month, wonMonth - month);
      this.freshSum[cell]! += usd;
      this.freshSquares[cell]! += usd * usd;
      for (let future = 0; future < nFutures; future++)
        this.fresh[cell * nFutures + future]! += usd * copies[future]!;
    }
  }

  /**
   * Rows: as_of, month, part (open, new, total), mean and quantiles in US dollars, and the standard error of the mean,
   * which is simulated. It is large beside the quantiles' distance only for firms of many thousand deals.
   */
  write(folder: ExportFolder): void {
    const {horizon, nFutures} = this.options;
    const file = folder.file("truth/expected_bookings.csv", [
      "as_of",
      "month",
      "part",
      "mean_usd",
      "p10_usd",
      "p50_usd",
      "p90_usd",
      "mean_se_usd",
      "n_futures"
    ]);
    for (let asOf = this.firstMonth; asOf < this.firstMonth + this.nMonths; asOf++)
      for (let ahead = this.isMonthEnd(asOf) ? 1 : 0; ahead <= horizon; ahead++) {
        const when = `${isoDay(this.asOfDay(asOf))},${isoMonth(asOf + ahead)}`;
        for (const [part, {mean, error, quantiles}] of Object.entries(this.parts(this.cell(asOf, ahead)))) {
          const q = quantiles.map((value) => value.toFixed(2)).join(",");
          file.row(`${when},${part},${mean.toFixed(2)},${q},${error.toFixed(2)},${nFutures}`);
        }
      }
  }

  private parts(cell: number): Record<"open" | "new" | "total", Prospect> {
    const {nFutures, scale} = this.options;
    const open = this.open.subarray(cell * nFutures, (cell + 1) * nFutures);
    const fresh = this.fresh.subarray(cell * nFutures, (cell + 1) * nFutures);
    const openMean = open.reduce((sum, value) => sum + value, 0) / nFutures;
    const openVariance = this.openVariance[cell]!;
    const freshMean = this.freshSum[cell]! * scale;
    const freshVariance = this.freshSquares[cell]! * scale;
    const openError = this.openError[cell]!;
    const freshError = freshVariance * scale;
    const total = open.map((value, future) => value + fresh[future]!);
    return {
      open: prospect(openMean, openVariance, openError, open),
      new: prospect(freshMean, freshVariance, freshError, fresh),
      total: prospect(openMean + freshMean, openVariance + freshVariance, openError + freshError, total)
    };
  }

  private cell(asOfMonth: number, ahead: number): number {
    return (asOfMonth - this.firstMonth) * (this.options.horizon + 1) + ahead;
  }

  /** The month's end, or the day of the exports within the last month: of that, the rest of the month is ahead. */
  private asOfDay(month: number): Day {
    return Math.min(monthEnd(monthStart(month)), this.options.exportDay);
  }

  private isMonthEnd(month: number): boolean {
    return this.asOfDay(month) === monthEnd(monthStart(month));
  }
}

/** The day on which a deal is won that stands in `stage` at the end of `asOf`; -1 when it is not won by `until`. */
function walkToWin(
  walk: DealWalk,
  stage: number,
  asOf: Day,
  until: Day,
  multipliers: Multipliers,
  rng: Rng
): Day {
  walk.stage = stage;
  walk.day = asOf;
  for (;;) {
    const cause = walk.next(multipliers, until, rng);
    if (cause === CAUSE.won) return walk.day;
    if (cause !== CAUSE.advance && cause !== CAUSE.back) return -1;
  }
}

interface Prospect {
  mean: number;
  /** Standard error of the mean. */
  error: number;
  /** At 10, 50 and 90 %. */
  quantiles: [number, number, number];
}

/** Variances in; a sum of dollars is never below zero. */
function prospect(mean: number, variance: number, errorVariance: number, futures: Float64Array): Prospect {
  const n = futures.length;
  const error = Math.sqrt(errorVariance);
  if (n < ENOUGH_FUTURES) {
    const reach = Z_80 * Math.sqrt(variance);
    return {mean, error, quantiles: [Math.max(0, mean - reach), mean, mean + reach]};
  }
  const sorted = futures.slice().sort();
  const at = (p: number) => sorted[Math.min(n - 1, Math.floor(p * n))]!;
  return {mean, error, quantiles: [at(0.1), at(0.5), at(0.9)]};
}
