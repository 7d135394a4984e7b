/** The pipeline as the CRM showed it at the end of each day: truth that the change log must rebuild. */
import {type Day, isoDay} from "../calendar/days.ts";
import type {Save} from "../firm/deal.ts";
import {money} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";

/** Counts and cents by day, currency and stage; memory does not depend on the number of deals. */
export class DailyPipeline {
  private readonly nStages: number;
  private readonly currencies: readonly string[];
  private readonly counts: Float64Array;
  private readonly cents: Float64Array;

  /** `nStages` counts those of all processes, with won and lost, which are cumulative. */
  constructor(
    private readonly first: Day,
    private readonly last: Day,
    nStages: number,
    currencies: readonly string[]
  ) {
    this.nStages = nStages;
    this.currencies = currencies;
    const size = (last - first + 1) * nStages * currencies.length;
    this.counts = new Float64Array(size);
    this.cents = new Float64Array(size);
  }

  /** Adds a deal's saves, in order of time; the first stage of its process has number `offset`. */
  add(currency: string, saves: readonly Save[], offset: number): void {
    const c = this.currencies.indexOf(currency);
    for (let i = 0; i < saves.length; i++) {
      const save = saves[i]!;
      const day = Math.max(this.first, Math.floor(save.at / 86_400));
      if (i > 0) this.change(day, c, offset, saves[i - 1]!, -1);
      this.change(day, c, offset, save, 1);
    }
  }

  /** Writes `truth/pipeline_daily.csv`: a row for each day, stage and currency that holds a deal. */
  write(folder: ExportFolder, stageNames: readonly string[]): void {
    const file = folder.file("truth/pipeline_daily.csv", ["day", "stage", "currency", "n_deals", "amount"]);
    const width = this.nStages * this.currencies.length;
    const counts = new Float64Array(width);
    const cents = new Float64Array(width);
    for (let day = this.first; day <= this.last; day++)
      for (let i = 0; i < width; i++) {
        const at = (day - this.first) * width + i;
        counts[i]! += this.counts[at]!;
        cents[i]! += this.cents[at]!;
        if (counts[i] === 0) continue;
        const stage = stageNames[Math.floor(i / this.currencies.length)];
        const currency = this.currencies[i % this.currencies.length];
        file.row(`${isoDay(day)},${stage},${currency},${counts[i]},${money(cents[i]!)}`);
      }
  }

  private change(day: Day, currency: number, offset: number, {stage, amountCents}: Save, sign: 1 | -1): void {
    const at = ((day - this.first) * this.nStages + offset + stage) * this.currencies.length + currency;
    this.counts[at]! += sign;
    this.cents[at]! += sign * (amountCents ?? 0);
  }
}
