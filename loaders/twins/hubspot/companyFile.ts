/** companies.csv: dealers first, then customers and prospects as their deals are written. */
import {isoStamp} from "../calendar/days.ts";
import type {Account, Partner} from "../firm/cast.ts";
import type {CsvFile} from "../output/csvFile.ts";
import {text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {hubspotId} from "./hubspotId.ts";

export class CompanyFile {
  private readonly file: CsvFile;

  constructor(
    folder: ExportFolder,
    private readonly dealers: readonly Partner[],
    private readonly countryNames: ReadonlyMap<string, string>,
    private readonly ownerIds: readonly string[]
  ) {
    this.file = folder.file("companies.csv", [
      "hs_object_id",
      "name",
      "domain",
      "industry",
      "numberofemployees",
      "annualrevenue",
      "city",
      "country",
      "lifecyclestage",
      "type",
      "createdate",
      "hubspot_owner_id",
      "sales_region",
      "customer_group"
    ]);
    for (const {index, name, domain, country, manager, signedDay, region} of dealers)
      this.file.row(
        `${this.dealerId(index)},${text(name)},${domain},Machinery,,,,${countryNames.get(country)},other,RESELLER,${isoStamp(signedDay * 86_400 + 32_400)},${ownerIds[manager]},${region},`
      );
  }

  readonly dealerId = (index: number): string => hubspotId("company", index);
  readonly customerId = (index: number): string => hubspotId("company", this.dealers.length + index);

  /** A customer or prospect; a region that nobody filled in is empty. */
  writeCustomer(account: Account, segment: string, isRegionMissing: boolean): void {
    const {index, name, domain, industry, revenueUsd, nEmployees, city, country, region, rep, createdDay} =
      account;
    const stage = account.isCustomer ? "customer" : "opportunity";
    this.file.row(
      `${this.customerId(index)},${text(name)},${domain},${text(industry)},${nEmployees},${revenueUsd}.00,${text(city)},${this.countryNames.get(country)},${stage},${account.isCustomer ? "CUSTOMER" : "PROSPECT"},${isoStamp(createdDay * 86_400 + 28_800)},${this.ownerIds[rep]},${isRegionMissing ? "" : region},${segment}`
    );
  }
}
