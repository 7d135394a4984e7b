/** engagements.csv: completed calls, mails, meetings and notes. */
import {type Day, isoStamp} from "../calendar/days.ts";
import type {CsvFile} from "../output/csvFile.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import type {Rng} from "../random/rng.ts";
import {hubspotId} from "./hubspotId.ts";

const KINDS = ["CALL", "EMAIL", "MEETING", "NOTE"];

export class EngagementFile {
  private readonly file: CsvFile;
  private n = 0;

  constructor(folder: ExportFolder) {
    this.file = folder.file("engagements.csv", [
      "engagement_id",
      "deal_id",
      "owner_id",
      "type",
      "hs_timestamp"
    ]);
  }

  /** One row for each day. Two draws a row. */
  write(dealId: string, ownerId: string, days: readonly Day[], rng: Rng): void {
    for (const day of days) {
      const kind = KINDS[Math.floor(rng.next() * KINDS.length)];
      const at = isoStamp(day * 86_400 + 28_800 + Math.floor(rng.next() * 32_400));
      this.file.row(`${hubspotId("engagement", this.n++)},${dealId},${ownerId},${kind},${at}`);
    }
  }
}
