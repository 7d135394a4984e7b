/** Files that are small whatever the number of deals: users, products, stages, campaigns, rates, periods, quotas. */
import {type Day, isoDay, isoStamp, monthEnd, monthStart} from "../calendar/days.ts";
import type {Campaign, Rep} from "../firm/cast.ts";
import type {FxRate} from "../firm/fxRates.ts";
import type {QuarterQuota} from "../firm/quotas.ts";
import {money, text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {CATEGORY_NAMES, CATEGORY_VALUES, type User} from "./changeLog.ts";
import {PREFIX, salesforceId} from "./salesforceId.ts";

const ROLE_TITLES: Record<Rep["role"], string> = {
  rep: "Account Executive",
  manager: "Regional Sales Director",
  partner_manager: "Partner Manager",
  operations: "Revenue Operations Analyst"
};

/** User.csv; returns ids and names by index of the person. */
export function writeUsers(folder: ExportFolder, people: readonly Rep[], exportDay: Day): User[] {
  const file = folder.file("User.csv", [
    "Id",
    "Username",
    "Name",
    "FirstName",
    "LastName",
    "Email",
    "IsActive",
    "ManagerId",
    "UserRoleId",
    "ProfileId",
    "UserType",
    "Department",
    "Title",
    "LastLoginDate",
    "CreatedDate",
    "Region__c",
    "Start_Date__c",
    "End_Date__c"
  ]);
  const users = people.map(({index, name}) => ({id: salesforceId(PREFIX.user, index + 1), name}));
  for (const {index, first, last, name, latin, role, region, manager, startDay, endDay} of people) {
    const email = `${latin}${index + 1}@tessera.example`;
    file.row(
      `${users[index]!.id},${email},${text(name)},${text(first)},${text(last)},${email},${endDay === null},${manager >= 0 ? users[manager]!.id : ""},${salesforceId(PREFIX.role, role === "rep" ? 2 : 1)},${salesforceId(PREFIX.profile, 1)},Standard,Sales,${ROLE_TITLES[role]},${isoStamp((endDay ?? exportDay) * 86_400 + 36_000)},${isoStamp(startDay * 86_400 + 32_400)},${region},${isoDay(startDay)},${endDay === null ? "" : isoDay(endDay)}`
    );
  }
  return users;
}

export interface StageRow {
  name: string;
  probability: number;
  category: number;
}

/** OpportunityStage.csv: the last two stages are won and lost. */
export function writeStages(folder: ExportFolder, stages: readonly StageRow[]): void {
  const file = folder.file("OpportunityStage.csv", [
    "Id",
    "MasterLabel",
    "ApiName",
    "IsActive",
    "SortOrder",
    "IsClosed",
    "IsWon",
    "ForecastCategory",
    "ForecastCategoryName",
    "DefaultProbability",
    "Description"
  ]);
  for (const [i, {name, probability, category}] of stages.entries())
    file.row(
      `${salesforceId(PREFIX.stage, i + 1)},${name},${name},true,${i + 1},${i >= stages.length - 2},${i === stages.length - 2},${CATEGORY_VALUES[category]},${CATEGORY_NAMES[category]},${probability},`
    );
}

/** Product2.csv, without prices: Salesforce keeps them in price books. List_Price__c is the present US price. */
export function writeProducts(
  folder: ExportFolder,
  products: readonly {name: string; code: string; family: string; kind: string; listCents: number}[],
  createdDay: Day
): void {
  const file = folder.file("Product2.csv", [
    "Id",
    "Name",
    "ProductCode",
    "Family",
    "Description",
    "IsActive",
    "QuantityUnitOfMeasure",
    "CreatedDate",
    "Kind__c",
    "List_Price__c"
  ]);
  for (const [i, {name, code, family, kind, listCents}] of products.entries())
    file.row(
      `${salesforceId(PREFIX.product, i + 1)},${name},${code},${family},,true,${kind === "service" ? "Day" : "Seat"},${isoStamp(createdDay * 86_400 + 28_800)},${kind},${money(listCents)}`
    );
}

/** DatedConversionRate.csv: ConversionRate is units of the currency for one US dollar. */
export function writeRates(folder: ExportFolder, rates: readonly FxRate[]): void {
  const file = folder.file("DatedConversionRate.csv", [
    "Id",
    "IsoCode",
    "StartDate",
    "NextStartDate",
    "ConversionRate"
  ]);
  for (const [i, {currency, from, to, rate}] of rates.entries())
    file.row(`${salesforceId(PREFIX.rate, i + 1)},${currency},${isoDay(from)},${isoDay(to)},${rate}`);
}

/** ForecastingQuota.csv (a row a rep and quarter, US dollars) and Period.csv, which says how long a period is. */
export function writeQuotas(
  folder: ExportFolder,
  quotas: readonly QuarterQuota[],
  users: readonly User[]
): void {
  const file = folder.file("ForecastingQuota.csv", [
    "Id",
    "QuotaOwnerId",
    "StartDate",
    "PeriodId",
    "QuotaAmount",
    "QuotaQuantity",
    "IsAmount",
    "ForecastingTypeId",
    "ProductFamily",
    "Territory2Id",
    "CurrencyIsoCode"
  ]);
  const periods = folder.file("Period.csv", ["Id", "Type", "Number", "StartDate", "EndDate"]);
  const periodIds = new Map<number, string>();
  for (const [i, {rep, month, amountUsd}] of quotas.entries()) {
    if (!periodIds.has(month)) {
      const id = salesforceId(PREFIX.period, periodIds.size + 1);
      periodIds.set(month, id);
      const end = monthEnd(monthStart(month + 2));
      periods.row(`${id},Quarter,${(month % 12) / 3 + 1},${isoDay(monthStart(month))},${isoDay(end)}`);
    }
    file.row(
      `${salesforceId(PREFIX.quota, i + 1)},${users[rep]!.id},${isoDay(monthStart(month))},${periodIds.get(month)},${amountUsd}.00,,true,,,,USD`
    );
  }
}

/** What came of a campaign. */
export interface CampaignResult {
  nLeads: number;
  nConverted: number;
  nResponses: number;
  nDeals: number;
  nWon: number;
  allUsdCents: number;
  wonUsdCents: number;
}

/** Campaign.csv, with the counts that Salesforce keeps on it. Written last. */
export function writeCampaigns(
  folder: ExportFolder,
  campaigns: readonly Campaign[],
  results: readonly CampaignResult[],
  ownerId: string,
  exportDay: Day
): void {
  const file = folder.file("Campaign.csv", [
    "Id",
    "Name",
    "ParentId",
    "Type",
    "Status",
    "StartDate",
    "EndDate",
    "BudgetedCost",
    "ActualCost",
    "IsActive",
    "NumberOfLeads",
    "NumberOfConvertedLeads",
    "NumberOfResponses",
    "NumberOfOpportunities",
    "NumberOfWonOpportunities",
    "AmountAllOpportunities",
    "AmountWonOpportunities",
    "OwnerId",
    "CreatedDate",
    "CurrencyIsoCode",
    "Channel__c",
    "Region__c"
  ]);
  for (const {index, name, type, channel, regions, startDay, endDay, budgetCents, costCents} of campaigns) {
    const result = results[index]!;
    const status = endDay < exportDay ? "Completed" : startDay > exportDay ? "Planned" : "In Progress";
    file.row(
      `${salesforceId(PREFIX.campaign, index + 1)},${text(name)},,${type},${status},${isoDay(startDay)},${isoDay(endDay)},${money(budgetCents)},${money(costCents)},${status === "In Progress"},${result.nLeads},${result.nConverted},${result.nResponses},${result.nDeals},${result.nWon},${money(result.allUsdCents)},${money(result.wonUsdCents)},${ownerId},${isoStamp((startDay - 21) * 86_400 + 36_000)},USD,${channel},${regions?.join(";") ?? ""}`
    );
  }
}
