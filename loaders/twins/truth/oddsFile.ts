/** truth/deal_odds.csv: the true chances of open deals, at their creation and at each month's end. */
import {type Day, isoDay, monthEnd} from "../calendar/days.ts";
import type {DealLife} from "../firm/deal.ts";
import type {Multipliers, SalesProcess} from "../firm/dealWalk.ts";
import type {Rhythm} from "../firm/rhythm.ts";
import type {CsvFile} from "../output/csvFile.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {dealOdds} from "./odds.ts";

const WITHIN_DAYS = 90;

export class OddsFile {
  private readonly file: CsvFile;

  constructor(
    folder: ExportFolder,
    private readonly rhythm: Rhythm
  ) {
    this.file = folder.file("truth/deal_odds.csv", [
      "deal_id",
      "as_of",
      "is_at_creation",
      "stage",
      "p_won",
      "p_won_90d",
      "p_lost_90d"
    ]);
  }

  /**
   * Rows at the end of `createdDay` (of the CRM record), of each month and of the day of the exports while the deal truly lives; none for a deal
   * that was over on the day it was entered.
   */
  write(
    id: string,
    {hazards, stageNames}: SalesProcess,
    life: DealLife,
    multipliers: Multipliers,
    createdDay: Day
  ): void {
    const {rhythm} = this;
    const end = life.outcome === "open" ? rhythm.exportDay + 1 : life.outcomeDay;
    let move = 0;
    let stage = 0;
    const {exportDay} = rhythm;
    for (let day = createdDay; day < end; day = Math.min(monthEnd(day + 1), exportDay)) {
      while (move < life.moves.length && life.moves[move]!.day <= day) stage = life.moves[move++]!.stage;
      const odds = dealOdds(hazards, rhythm, multipliers, stage, day, WITHIN_DAYS);
      this.file.row(
        `${id},${isoDay(day)},${day === createdDay},${stageNames[stage]},${odds.won.toFixed(5)},${odds.wonWithin.toFixed(5)},${odds.lostWithin.toFixed(5)}`
      );
      if (day === exportDay) break;
    }
  }
}
