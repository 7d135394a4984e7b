/** OpportunityContactRole.csv: who at the customer takes part in a deal, as far as the rep has said so. */
import {type Day, isoStamp} from "../calendar/days.ts";
import type {CsvFile} from "../output/csvFile.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import type {Rng} from "../random/rng.ts";
import {PREFIX, salesforceId} from "./salesforceId.ts";

const ROLES = [
  "Business User",
  "Decision Maker",
  "Economic Buyer",
  "Evaluator",
  "Executive Sponsor",
  "Technical Buyer"
];
/** Most people that one account has. */
const MOST = 8;
/** Chances that the first activity names somebody, and that a later one names somebody new. */
const FIRST = 0.93;
const ANOTHER = 0.35;

export class ContactRoleFile {
  private readonly file: CsvFile;
  private n = 0;

  constructor(folder: ExportFolder) {
    this.file = folder.file("OpportunityContactRole.csv", [
      "Id",
      "OpportunityId",
      "ContactId",
      "Role",
      "IsPrimary",
      "CreatedDate",
      "IsDeleted"
    ]);
  }

  /**
   * People of the account (`account` is its number) met on the days of the deal's activities, each named once, the
   * first one being the primary contact. They are drawn after the deal's fate and say nothing of it.
   */
  write(opportunityId: string, account: number, days: readonly Day[], rng: Rng): void {
    let nNamed = 0;
    const first = rng.int(MOST);
    for (const [nth, day] of days.entries()) {
      if (nNamed === MOST || !rng.chance(nth === 0 ? FIRST : ANOTHER)) continue;
      const contact = salesforceId(PREFIX.contact, account * MOST + ((first + nNamed) % MOST) + 1);
      const at = isoStamp(day * 86_400 + 32_400 + rng.int(28_800));
      this.file.row(
        `${salesforceId(PREFIX.contactRole, ++this.n)},${opportunityId},${contact},${rng.pick(ROLES)},${nNamed === 0},${at},false`
      );
      nNamed++;
    }
  }
}
