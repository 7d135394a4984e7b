/** Task.csv: completed calls, mails and meetings. */
import {type Day, isoDay, isoStamp} from "../calendar/days.ts";
import type {CsvFile} from "../output/csvFile.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import type {Rng} from "../random/rng.ts";
import {PREFIX, salesforceId} from "./salesforceId.ts";

/** Subject, Type, TaskSubtype. */
const KINDS = ["Call,Call,Call", "Email: follow-up,Email,Email", "Meeting,Meeting,Task", "Demo,Meeting,Task"];

export class TaskFile {
  private readonly file: CsvFile;
  private n = 0;

  constructor(folder: ExportFolder) {
    this.file = folder.file("Task.csv", [
      "Id",
      "WhatId",
      "AccountId",
      "OwnerId",
      "Subject",
      "Type",
      "TaskSubtype",
      "Status",
      "Priority",
      "ActivityDate",
      "CompletedDateTime",
      "CreatedDate",
      "IsClosed"
    ]);
  }

  /** One row for each day. Two draws a row. */
  write(opportunityId: string, accountId: string, ownerId: string, days: readonly Day[], rng: Rng): void {
    for (const day of days) {
      const kind = KINDS[Math.floor(rng.next() * KINDS.length)];
      const at = isoStamp(day * 86_400 + 28_800 + Math.floor(rng.next() * 32_400));
      this.file.row(
        `${salesforceId(PREFIX.task, ++this.n)},${opportunityId},${accountId},${ownerId},${kind},Completed,Normal,${isoDay(day)},${at},${at},true`
      );
    }
  }
}
