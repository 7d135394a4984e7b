/** subscriptions.csv: contracts of the billing system, one a product and term. */
import {type Day, isoDay} from "../calendar/days.ts";
import type {CsvFile} from "../output/csvFile.ts";
import {money} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {PREFIX, salesforceId} from "../salesforce/salesforceId.ts";
import type {AccountStory} from "./accountStory.ts";

export class SubscriptionFile {
  private readonly file: CsvFile;
  private n = 0;

  constructor(
    folder: ExportFolder,
    private readonly exportDay: Day
  ) {
    this.file = folder.file("subscriptions.csv", [
      "subscription_id",
      "account_id",
      "product_id",
      "start_date",
      "end_date",
      "arr",
      "currency",
      "opportunity_id",
      "status",
      "replaces_subscription_id"
    ]);
  }

  /** All contracts of an account; `opportunityId` by position of the deal in the story. */
  write({account, subscriptions}: AccountStory, accountId: string, opportunityIds: readonly string[]): void {
    const latest = new Map<string, string>();
    for (const {product, startDay, endDay, arrCents, deal} of subscriptions) {
      const id = `SUB-${String(++this.n).padStart(8, "0")}`;
      const replaces = latest.get(`${product} ${startDay}`) ?? "";
      latest.set(`${product} ${endDay + 1}`, id);
      const status = endDay < this.exportDay ? "ended" : startDay > this.exportDay ? "signed" : "active";
      this.file.row(
        `${id},${accountId},${salesforceId(PREFIX.product, product + 1)},${isoDay(startDay)},${isoDay(endDay)},${money(arrCents)},${account.currency},${deal < 0 ? "" : opportunityIds[deal]},${status},${replaces}`
      );
    }
  }
}
