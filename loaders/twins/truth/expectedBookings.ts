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
  /** Simulated futures. */
  nFutures: number;
  /** Only one open deal in so many is simulated; sums are scaled up and their spread by its root. */
  every: number;
}

/** Sums of won US dollars by as-of month, future and month ahead. */
export class ExpectedBookings {
  private readonly firstMonth: number;
  private readonly nMonths: number;
  private readonly open: Float64Array;
  private readonly fresh: Float64Array;

  constructor(private readonly options: ForwardOptions) {
    this.firstMonth = monthOf(options.first);
    this.nMonths = monthOf(options.exportDay) - this.firstMonth + 1;
    const size = this.nMonths * options.nFutures * (options.horizon + 1);
    this.open = new Float64Array(size);
    this.fresh = new Float64Array(size);
  }

  /**
   * Simulates a deal from each month's end at which it truly lives and the CRM knows it. `usd` is what it is signed
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
    const {exportDay, nFutures, horizon} = this.options;
    const end = life.outcome === "open" ? exportDay + 1 : life.outcomeDay;
    let move = 0;
    let stage = 0;
    for (let month = monthOf(createdDay); month <= monthOf(exportDay); month++) {
      const asOf = this.asOfDay(month);
      if (asOf >= end) break;
      while (move < life.moves.length && life.moves[move]!.day <= asOf) stage = life.moves[move++]!.stage;
      const until = monthEnd(monthStart(month + horizon));
      for (let future = 0; future < nFutures; future++) {
        const wonDay = walkToWin(walk, stage, asOf, until, multipliers, rng);
        if (wonDay >= 0) this.open[this.at(month, future, monthOf(wonDay) - month)]! += usd;
      }
    }
  }

  /** Adds a deal of the rehearsal to the futures of all months in which it was not yet known. */
  addFresh(createdDay: Day, wonDay: Day, usd: number, copies: Float64Array): void {
    const {nFutures, horizon} = this.options;
    const wonMonth = monthOf(wonDay);
    const from = Math.max(this.firstMonth, wonMonth - horizon);
    const to = Math.min(monthOf(createdDay), this.firstMonth + this.nMonths - 1);
    for (let month = from; month <= to && this.asOfDay(month) < createdDay; month++)
      for (let future = 0; future < nFutures; future++)
        this.fresh[this.at(month, future, wonMonth - month)]! += usd * copies[future]!;
  }

  /** Rows: as_of, month, part (open, new, total), mean and quantiles in US dollars, number of futures. */
  write(folder: ExportFolder): void {
    const {nFutures, horizon, every} = this.options;
    const file = folder.file("truth/expected_bookings.csv", [
      "as_of",
      "month",
      "part",
      "mean_usd",
      "p10_usd",
      "p50_usd",
      "p90_usd",
      "n_futures",
      "deals_simulated_one_in"
    ]);
    const parts = {
      open: new Float64Array(nFutures),
      new: new Float64Array(nFutures),
      total: new Float64Array(nFutures)
    };
    for (let asOf = this.firstMonth; asOf < this.firstMonth + this.nMonths; asOf++)
      for (let ahead = this.isMonthEnd(asOf) ? 1 : 0; ahead <= horizon; ahead++) {
        for (let future = 0; future < nFutures; future++) {
          parts.open[future] = this.open[this.at(asOf, future, ahead)]! * every;
          parts.new[future] = this.fresh[this.at(asOf, future, ahead)]!;
        }
        shrinkSpread(parts.open, Math.sqrt(every));
        for (let future = 0; future < nFutures; future++)
          parts.total[future] = parts.open[future]! + parts.new[future]!;
        for (const [part, sums] of Object.entries(parts)) {
          const mean = sums.reduce((sum, value) => sum + value, 0) / nFutures;
          const sorted = sums.slice().sort();
          const q = (p: number) => sorted[Math.min(nFutures - 1, Math.floor(p * nFutures))]!.toFixed(2);
          file.row(
            `${isoDay(this.asOfDay(asOf))},${isoMonth(asOf + ahead)},${part},${mean.toFixed(2)},${q(0.1)},${q(0.5)},${q(0.9)},${nFutures},${part === "new" ? 1 : every}`
          );
        }
      }
  }

  private at(asOfMonth: number, future: number, ahead: number): number {
    const {nFutures, horizon} = this.options;
    return ((asOfMonth - this.firstMonth) * nFutures + future) * (horizon + 1) + ahead;
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

/** A sample's sum times n has n times the variance of the whole: distances from the mean shrink by the root of n. */
function shrinkSpread(sums: Float64Array, root: number): void {
  if (root === 1) return;
  const mean = sums.reduce((sum, value) => sum + value, 0) / sums.length;
  for (let i = 0; i < sums.length; i++) sums[i] = mean + (sums[i]! - mean) / root;
}
