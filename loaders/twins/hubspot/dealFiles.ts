/** deals.csv with HubSpot's property names, deal_company.csv and line_items.csv. */
import {isoStamp} from "../calendar/days.ts";
import {type Save, unitPrice} from "../firm/deal.ts";
import type {SoldDeal} from "../firm/soldDeal.ts";
import type {CsvFile} from "../output/csvFile.ts";
import {money, text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {hubspotId} from "./hubspotId.ts";
import {CATEGORY_VALUES, dateStamp} from "./propertyHistory.ts";

export interface HubspotStage {
  id: string;
  label: string;
  probability: number;
}

export interface HubspotPipeline {
  id: string;
  label: string;
  /** Open stages, then won, then lost. */
  stages: readonly HubspotStage[];
}

/** What is on the deal beside its saves; empty text where there is none. */
export interface DealProperties {
  id: string;
  companyId: string;
  /** The dealer's company, when the CRM names it. */
  dealerId: string;
  dealType: "newbusiness" | "existingbusiness";
  origin: string;
  campaignId: string;
  nextStep: string;
  lostReason: string;
  competitor: string;
  family: string;
  lastContactDay: number | null;
  nNotes: number;
  nRegistrations: number;
}

/** Association types of deal_company: HubSpot's own for the primary company, the firm's own for dealers. */
export const ASSOCIATION = {primary: 5, sellingDealer: 27, supportingDealer: 29} as const;

const FIXED_COLUMNS = [
  "hs_object_id",
  "dealname",
  "pipeline",
  "dealstage",
  "amount",
  "amount_in_home_currency",
  "deal_currency_code",
  "closedate",
  "createdate",
  "hs_lastmodifieddate",
  "hubspot_owner_id",
  "dealtype",
  "hs_deal_stage_probability",
  "hs_projected_amount",
  "hs_manual_forecast_category",
  "hs_is_closed",
  "hs_is_closed_won",
  "closed_lost_reason",
  "hs_next_step",
  "notes_last_contacted",
  "num_notes",
  "days_to_close",
  "hs_primary_associated_company",
  "hs_campaign",
  "hs_num_associated_deal_registrations",
  "lead_origin",
  "main_competitor",
  "machine_line"
];

export class DealFiles {
  private readonly deals: CsvFile;
  private readonly companies: CsvFile;
  private readonly lineItems: CsvFile;
  private readonly stageIds: readonly string[];
  /** Of the deal at hand, by stage of any pipeline: seconds, -1 for never. */
  private readonly entered: Float64Array;
  private readonly exited: Float64Array;
  private nLines = 0;

  constructor(
    folder: ExportFolder,
    pipelines: readonly HubspotPipeline[],
    private readonly ownerIds: readonly string[],
    private readonly products: readonly {sku: string; name: string}[]
  ) {
    this.stageIds = pipelines.flatMap(({stages}) => stages.map(({id}) => id));
    this.entered = new Float64Array(this.stageIds.length);
    this.exited = new Float64Array(this.stageIds.length);
    const clocks = this.stageIds.flatMap((id) => [`hs_v2_date_entered_${id}`, `hs_v2_date_exited_${id}`]);
    this.deals = folder.file("deals.csv", [...FIXED_COLUMNS, ...clocks]);
    this.companies = folder.file("deal_company.csv", ["deal_id", "company_id", "type_id", "category"]);
    this.lineItems = folder.file("line_items.csv", [
      "hs_object_id",
      "deal_id",
      "hs_sku",
      "name",
      "quantity",
      "price",
      "hs_discount_percentage",
      "amount",
      "hs_line_item_currency_code"
    ]);
  }

  /** One deal; `usdRate` is the currency's units for one US dollar on its close date. */
  write(deal: DealProperties, pipeline: HubspotPipeline, sold: SoldDeal, usdRate: number): void {
    const {facts, record, partnerRole} = sold;
    const {saves} = record;
    const first = saves[0]!;
    const last = saves[saves.length - 1]!;
    const stage = pipeline.stages[last.stage]!;
    const nOpen = pipeline.stages.length - 2;
    const isClosed = last.stage >= nOpen;
    const amount = last.amountCents;
    const projected = amount === null ? null : Math.round(amount * stage.probability);
    const createdDay = Math.floor(first.at / 86_400);
    this.deals.row(
      `${deal.id},${text(facts.name)},${pipeline.id},${stage.id},${money(amount)},${money(amount === null ? null : Math.round(amount / usdRate))},${facts.currency},${dateStamp(last.closeDay)},${isoStamp(first.at)},${isoStamp(last.at)},${this.ownerIds[last.rep]},${deal.dealType},${stage.probability},${money(projected)},${CATEGORY_VALUES[last.category]},${isClosed},${last.stage === nOpen},${deal.lostReason},${text(deal.nextStep)},${deal.lastContactDay === null ? "" : isoStamp(deal.lastContactDay * 86_400 + 43_200)},${deal.nNotes},${isClosed ? last.closeDay - createdDay : ""},${deal.companyId},${deal.campaignId},${deal.nRegistrations},${text(deal.origin)},${text(deal.competitor)},${deal.family},${this.clocks(pipeline, saves)}`
    );
    this.companies.row(`${deal.id},${deal.companyId},${ASSOCIATION.primary},HUBSPOT_DEFINED`);
    if (deal.dealerId) {
      const type = partnerRole === "sourced" ? ASSOCIATION.sellingDealer : ASSOCIATION.supportingDealer;
      this.companies.row(`${deal.id},${deal.dealerId},${type},USER_DEFINED`);
    }
    if (record.hasLines) this.writeLines(deal.id, sold);
  }

  private writeLines(dealId: string, {facts, record}: SoldDeal): void {
    const percent = Math.round(record.discount * 10_000) / 100;
    for (const line of facts.lines) {
      const {sku, name} = this.products[line.product]!;
      const total = unitPrice(line, record.discount) * line.quantity;
      this.lineItems.row(
        `${hubspotId("lineItem", this.nLines++)},${dealId},${sku},${text(name)},${line.quantity},${money(line.listCents)},${percent},${money(total)},${facts.currency}`
      );
    }
  }

  /** When each stage of any pipeline was last entered and left. */
  private clocks(pipeline: HubspotPipeline, saves: readonly Save[]): string {
    const {entered, exited, stageIds} = this;
    const offset = stageIds.indexOf(pipeline.stages[0]!.id);
    entered.fill(-1);
    exited.fill(-1);
    let before = -1;
    for (const {stage, at} of saves) {
      if (stage === before) continue;
      if (before >= 0) exited[offset + before] = at;
      entered[offset + stage] = at;
      exited[offset + stage] = -1;
      before = stage;
    }
    let clocks = "";
    for (let i = 0; i < stageIds.length; i++)
      clocks += `${i > 0 ? "," : ""}${stamp(entered[i]!)},${stamp(exited[i]!)}`;
    return clocks;
  }
}

function stamp(at: number): string {
  return at < 0 ? "" : isoStamp(at);
}
