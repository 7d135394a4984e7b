/** HubSpot files that are small whatever the number of deals: owners, pipelines, products, goals, rates, campaigns. */
import {isoDay, isoStamp, monthEnd, monthStart} from "../calendar/days.ts";
import type {Campaign, Rep} from "../firm/cast.ts";
import type {FxRate} from "../firm/fxRates.ts";
import type {QuarterQuota} from "../firm/quotas.ts";
import {money, text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import type {HubspotPipeline} from "./dealFiles.ts";
import {hubspotId} from "./hubspotId.ts";

/** owners.csv; returns the ids by index of the person. */
export function writeOwners(folder: ExportFolder, people: readonly Rep[]): string[] {
  const file = folder.file("owners.csv", [
    "owner_id",
    "user_id",
    "email",
    "name",
    "first_name",
    "last_name",
    "type",
    "team",
    "role",
    "region",
    "manager_owner_id",
    "is_archived",
    "started_on",
    "left_on"
  ]);
  const ids = people.map(({index}) => hubspotId("owner", index));
  for (const {index, name, first, last, latin, role, region, manager, startDay, endDay} of people)
    file.row(
      `${ids[index]},${hubspotId("user", index)},${latin}${index + 1}@kettlebeck.example,${text(name)},${text(first)},${text(last)},PERSON,${role === "operations" ? "Operations" : `Sales ${region}`},${role},${region},${manager >= 0 ? ids[manager] : ""},${endDay !== null},${isoDay(startDay)},${endDay === null ? "" : isoDay(endDay)}`
    );
  return ids;
}

/** deal_pipelines.csv and deal_pipeline_stages.csv. */
export function writePipelines(folder: ExportFolder, pipelines: readonly HubspotPipeline[]): void {
  const file = folder.file("deal_pipelines.csv", ["pipeline_id", "label", "active", "display_order"]);
  const stageFile = folder.file("deal_pipeline_stages.csv", [
    "stage_id",
    "pipeline_id",
    "label",
    "probability",
    "is_closed",
    "closed_won",
    "display_order",
    "active"
  ]);
  for (const [i, {id, label, stages}] of pipelines.entries()) {
    file.row(`${id},${text(label)},true,${i}`);
    for (const [order, stage] of stages.entries()) {
      const fromEnd = stages.length - order;
      stageFile.row(
        `${stage.id},${id},${text(stage.label)},${stage.probability},${fromEnd <= 2},${fromEnd === 2},${order},true`
      );
    }
  }
}

/** products.csv; prices are the present list prices in US dollars. */
export function writeProducts(
  folder: ExportFolder,
  products: readonly {sku: string; name: string; family: string; kind: string; listCents: number}[]
): void {
  const file = folder.file("products.csv", ["hs_sku", "name", "machine_line", "kind", "price"]);
  for (const {sku, name, family, kind, listCents} of products)
    file.row(`${sku},${text(name)},${family},${kind},${money(listCents)}`);
}

/** goals.csv: a revenue goal an owner and quarter, US dollars. */
export function writeGoals(
  folder: ExportFolder,
  quotas: readonly QuarterQuota[],
  ownerIds: readonly string[]
): void {
  const file = folder.file("goals.csv", [
    "hs_goal_name",
    "hs_assignee_owner_id",
    "hs_start_date",
    "hs_end_date",
    "hs_target_amount",
    "currency"
  ]);
  for (const {rep, month, amountUsd} of quotas)
    file.row(
      `Revenue,${ownerIds[rep]},${isoDay(monthStart(month))},${isoDay(monthEnd(monthStart(month + 2)))},${amountUsd}.00,USD`
    );
}

/** exchange_rates.csv: US dollars for one unit of the currency, from a day on. */
export function writeExchangeRates(folder: ExportFolder, rates: readonly FxRate[]): void {
  const file = folder.file("exchange_rates.csv", [
    "from_currency",
    "to_currency",
    "effective_date",
    "conversion_rate"
  ]);
  for (const {currency, from, rate} of rates)
    if (currency !== "USD") file.row(`${currency},USD,${isoDay(from)},${(1 / rate).toFixed(10)}`);
}

/** campaigns.csv: HubSpot's marketing campaigns with budget and spend. */
export function writeHubspotCampaigns(
  folder: ExportFolder,
  campaigns: readonly Campaign[],
  id: (index: number) => string
): void {
  const file = folder.file("campaigns.csv", [
    "hs_campaign_id",
    "hs_name",
    "campaign_type",
    "channel",
    "hs_start_date",
    "hs_end_date",
    "hs_budget_items_sum_amount",
    "hs_spend_items_sum_amount",
    "hs_currency_code",
    "createdate",
    "region"
  ]);
  for (const {index, name, type, channel, regions, startDay, endDay, budgetCents, costCents} of campaigns)
    file.row(
      `${id(index)},${text(name)},${type},${channel},${isoDay(startDay)},${isoDay(endDay)},${money(budgetCents)},${money(costCents)},USD,${isoStamp((startDay - 20) * 86_400 + 30_000)},${regions?.join(";") ?? ""}`
    );
}
