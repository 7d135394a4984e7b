/** Partner.csv and OpportunityPartner.csv: which partner the CRM says took part in a deal. */
import {isoStamp} from "../calendar/days.ts";
import type {SoldDeal} from "../firm/soldDeal.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {PREFIX, salesforceId} from "./salesforceId.ts";

/** Salesforce keeps each relation twice, once from each side; the second carries the first as ReversePartnerId. */
export function partnerWriter(
  folder: ExportFolder
): (opportunityId: string, accountId: string, partnerAccountId: string, sold: SoldDeal) => void {
  const partners = folder.file("Partner.csv", [
    "Id",
    "OpportunityId",
    "AccountFromId",
    "AccountToId",
    "Role",
    "IsPrimary",
    "ReversePartnerId",
    "CreatedDate",
    "IsDeleted"
  ]);
  const opportunityPartners = folder.file("OpportunityPartner.csv", [
    "Id",
    "OpportunityId",
    "AccountToId",
    "Role",
    "IsPrimary",
    "ReversePartnerId",
    "CreatedDate",
    "IsDeleted"
  ]);
  let n = 0;
  return (opportunityId, accountId, partnerAccountId, {partnerRole, record}) => {
    const there = salesforceId(PREFIX.partner, ++n);
    const back = salesforceId(PREFIX.partner, ++n);
    const role = partnerRole === "sourced" ? "VAR/Reseller" : "Consultant";
    const isPrimary = partnerRole === "sourced";
    const {saves} = record;
    // Influence is noted when the deal next changes hands or stage, sourcing when the deal is entered.
    const at = isoStamp(saves[isPrimary ? 0 : Math.floor(saves.length / 2)]!.at);
    partners.row(
      `${there},${opportunityId},${accountId},${partnerAccountId},${role},${isPrimary},${back},${at},false`
    );
    partners.row(
      `${back},${opportunityId},${partnerAccountId},${accountId},Customer,false,${there},${at},false`
    );
    opportunityPartners.row(
      `${there},${opportunityId},${partnerAccountId},${role},${isPrimary},${back},${at},false`
    );
  };
}
