/** dealers.csv: the partner portal's dealers, with their company in the CRM. */
import {isoDay} from "../calendar/days.ts";
import type {Partner} from "../firm/cast.ts";
import {text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {partnerNumber} from "./registrationFile.ts";

/** All dealers; `managerId` names a person by the CRM's id. */
export function writeDealers(
  folder: ExportFolder,
  dealers: readonly Partner[],
  crmId: (index: number) => string,
  managerId: (person: number) => string
): void {
  const file = folder.file("dealers.csv", [
    "partner_id",
    "partner_crm_id",
    "partner_name",
    "partner_type",
    "partner_tier",
    "region",
    "country",
    "signed_on",
    "onboarded_on",
    "manager_owner_id"
  ]);
  for (const {index, name, kind, tier, region, country, signedDay, onboardedDay, manager} of dealers)
    file.row(
      `${partnerNumber(index)},${crmId(index)},${text(name)},${kind},${tier},${region},${country},${isoDay(signedDay)},${isoDay(onboardedDay)},${managerId(manager)}`
    );
}
