/** Account.csv: partners first, then customers and prospects as their deals are written. */
import {isoDay, isoStamp} from "../calendar/days.ts";
import type {Account, Partner} from "../firm/cast.ts";
import {text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {partnerNumber} from "../prm/registrationFile.ts";
import type {User} from "./changeLog.ts";
import {PREFIX, salesforceId} from "./salesforceId.ts";

export const ACCOUNT_COLUMNS = [
  "Id",
  "Name",
  "Type",
  "ParentId",
  "Industry",
  "AnnualRevenue",
  "NumberOfEmployees",
  "Website",
  "BillingCity",
  "BillingCountry",
  "BillingCountryCode",
  "OwnerId",
  "IsPartner",
  "ChannelProgramName",
  "ChannelProgramLevelName",
  "CreatedDate",
  "Region__c",
  "Segment__c",
  "Partner_Number__c",
  "Partner_Kind__c",
  "Partner_Onboarded__c"
];

const DUPLICATES_FROM = 10_000_000_000;

export interface AccountFile {
  partnerId(index: number): string;
  customerId(index: number): string;
  /** The id of an account's second record, entered by somebody who did not search first. */
  duplicateId(index: number): string;
  writeCustomer(account: Account, segment: string, country: string, isDuplicate: boolean): void;
}

/** Opens the file and writes the partners. */
export function accountFile(
  folder: ExportFolder,
  partners: readonly Partner[],
  countryNames: ReadonlyMap<string, string>,
  users: readonly User[]
): AccountFile {
  const file = folder.file("Account.csv", ACCOUNT_COLUMNS);
  const partnerId = (index: number) => salesforceId(PREFIX.account, index + 1);
  const customerId = (index: number) => salesforceId(PREFIX.account, partners.length + index + 1);
  const duplicateId = (index: number) => salesforceId(PREFIX.account, DUPLICATES_FROM + index);
  for (const partner of partners) {
    const {index, name, domain, country, tier, region, manager, signedDay, kind, onboardedDay} = partner;
    file.row(
      `${partnerId(index)},${text(name)},Channel Partner / Reseller,,Technology,,,https://www.${domain},,${countryNames.get(country)},${country},${users[manager]!.id},true,Tessera Alliance,${tier},${isoStamp(signedDay * 86_400 + 36_000)},${region},,${partnerNumber(index)},${kind},${isoDay(onboardedDay)}`
    );
  }
  return {
    partnerId,
    customerId,
    duplicateId,
    writeCustomer(account, segment, country, isDuplicate) {
      const {index, name, domain, industry, revenueUsd, nEmployees, city, region, rep, createdDay} = account;
      const type = account.isCustomer ? "Customer - Direct" : "Prospect";
      const rest = `${industry},${revenueUsd}.00,${nEmployees},https://www.${domain},${text(city)},${country},${account.country},${users[rep]!.id},false,,`;
      file.row(
        `${customerId(index)},${text(name)},${type},,${rest},${isoStamp(createdDay * 86_400 + 25_200)},${region},${segment},,,`
      );
      if (isDuplicate)
        file.row(
          `${duplicateId(index)},${text(sloppy(name))},Prospect,,${rest},${isoStamp((createdDay + 30) * 86_400 + 50_400)},${region},${segment},,,`
        );
    }
  };
}

/** The name as typed in a hurry: no punctuation, one blank too many. */
export function sloppy(name: string): string {
  return name.replace(/[.,&]/g, "").replace(" ", "  ").trim();
}
