/** Opportunity.csv and OpportunityLineItem.csv. */
import {isoDay, isoStamp, monthOf} from "../calendar/days.ts";
import type {Account} from "../firm/cast.ts";
import {type Save, unitPrice} from "../firm/deal.ts";
import type {SoldDeal} from "../firm/soldDeal.ts";
import {decimal, money, text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import type {Rng} from "../random/rng.ts";
import {recurringCents} from "../software/drawDeal.ts";
import {
  COMPETITORS,
  DEAL_TYPE,
  DEAL_TYPES,
  FAMILIES,
  LOSS_REASONS,
  MESS,
  N_STAGES,
  PRODUCTS,
  SEGMENTS,
  SOURCES,
  STAGES
} from "../software/softwareFirm.ts";
import {CATEGORY_NAMES, CATEGORY_VALUES, type User} from "./changeLog.ts";
import {PREFIX, salesforceId} from "./salesforceId.ts";

export const OPPORTUNITY_COLUMNS = [
  "Id",
  "AccountId",
  "Name",
  "StageName",
  "Amount",
  "Probability",
  "ExpectedRevenue",
  "CloseDate",
  "Type",
  "NextStep",
  "LeadSource",
  "IsClosed",
  "IsWon",
  "ForecastCategory",
  "ForecastCategoryName",
  "CampaignId",
  "HasOpportunityLineItem",
  "Pricebook2Id",
  "OwnerId",
  "CreatedDate",
  "CreatedById",
  "LastModifiedDate",
  "LastModifiedById",
  "SystemModstamp",
  "LastActivityDate",
  "PushCount",
  "LastStageChangeDate",
  "FiscalQuarter",
  "FiscalYear",
  "CurrencyIsoCode",
  "PartnerAccountId",
  "IsDeleted",
  "Region__c",
  "Segment__c",
  "Product_Family__c",
  "Loss_Reason__c",
  "Competitor__c",
  "ARR__c",
  "Term_Months__c"
];

export const LINE_ITEM_COLUMNS = [
  "Id",
  "OpportunityId",
  "PricebookEntryId",
  "Product2Id",
  "ProductCode",
  "Name",
  "Quantity",
  "UnitPrice",
  "ListPrice",
  "TotalPrice",
  "Subtotal",
  "Discount",
  "ServiceDate",
  "SortOrder",
  "CreatedDate"
];

/** Other spellings that people type for a region. */
const REGION_VARIANTS: Record<string, readonly string[]> = {
  "North America": ["N. America", "NA", "north america"],
  EMEA: ["Emea", "Europe"],
  APAC: ["Apac", "Asia-Pacific"],
  LATAM: ["LatAm", "Latin America"]
};

const NEXT_STEPS = [
  "Send revised proposal",
  "Demo with security team, then pricing",
  "Call with CFO",
  "Waiting for legal review",
  "Schedule workshop",
  'Confirm scope: "phase 1" only',
  "Reference call",
  "次回打ち合わせ日程調整",
  "Relancer après le comité d'achat",
  "Angebot nachfassen"
];

const PRICEBOOK = salesforceId(PREFIX.pricebook, 1);

export interface OpportunityRow {
  id: string;
  account: Account;
  accountId: string;
  sold: SoldDeal;
  partnerAccountId: string;
  campaignId: string;
  /** Day of the last completed activity; null when there was none. */
  lastActivityDay: number | null;
}

/** Writes opportunities and their line items; `rng` (a stream of the deal) decides the mess. */
export function opportunityWriter(
  folder: ExportFolder,
  users: readonly User[]
): (row: OpportunityRow, rng: Rng) => void {
  const opportunities = folder.file("Opportunity.csv", OPPORTUNITY_COLUMNS);
  const lineItems = folder.file("OpportunityLineItem.csv", LINE_ITEM_COLUMNS);
  let nLines = 0;

  return ({id, account, accountId, sold, partnerAccountId, campaignId, lastActivityDay}, rng) => {
    const {facts, record} = sold;
    const {saves, hasLines, discount} = record;
    const created = saves[0]!;
    const last = saves[saves.length - 1]!;
    const stage = STAGES[last.stage]!;
    const isClosed = last.stage >= N_STAGES;
    const isLost = last.stage > N_STAGES;
    const expected =
      last.amountCents === null ? null : Math.round((last.amountCents * stage.probability) / 100);
    const region = messyRegion(account.region, rng);
    const reason = isLost && !rng.chance(MESS.missingLossReason) ? lossReason(sold, rng) : "";
    const competitor = rng.chance(MESS.missingCompetitor) ? "" : COMPETITORS[facts.competitor]!.name;
    const source = rng.chance(MESS.missingLeadSource) ? "" : SOURCES[facts.source]!.name;
    const arr = hasLines ? recurringCents(facts.lines, discount) : null;
    const closeMonth = monthOf(last.closeDay);
    const by = users[last.actor]!.id;
    const modified = isoStamp(last.at);
    const activity = lastActivityDay === null ? "" : isoDay(lastActivityDay);
    opportunities.row(
      `${id},${accountId},${text(facts.name)},${stage.name},${money(last.amountCents)},${stage.probability},${money(expected)},${isoDay(last.closeDay)},${DEAL_TYPES[facts.type]!.name},${isClosed ? "" : text(nextStep(rng))},${source},${isClosed},${last.stage === N_STAGES},${CATEGORY_VALUES[last.category]},${CATEGORY_NAMES[last.category]},${campaignId},${hasLines},${hasLines ? PRICEBOOK : ""},${users[last.rep]!.id},${isoStamp(created.at)},${users[created.actor]!.id},${modified},${by},${modified},${activity},${pushCount(saves)},${isoStamp(lastStageChange(saves))},${Math.floor((closeMonth % 12) / 3) + 1},${Math.floor(closeMonth / 12)},${facts.currency},${partnerAccountId},false,${region},${SEGMENTS[account.segment]!.name},${FAMILIES[facts.family]!.name},${reason},${competitor},${money(arr)},${arr ? 12 : ""}`
    );
    if (!hasLines) return;
    const linesAt = isoStamp(created.at);
    for (const [i, line] of facts.lines.entries()) {
      const product = PRODUCTS[line.product]!;
      const unit = unitPrice(line, discount);
      const total = money(unit * line.quantity);
      lineItems.row(
        `${salesforceId(PREFIX.lineItem, ++nLines)},${id},${salesforceId(PREFIX.pricebookEntry, line.product + 1)},${salesforceId(PREFIX.product, line.product + 1)},${product.code},${product.name},${line.quantity},${money(unit)},${money(line.listCents)},${total},${total},${decimal(discount * 100, 2)},${isoDay(last.closeDay)},${i + 1},${linesAt}`
      );
    }
  };
}

function nextStep(rng: Rng): string {
  if (rng.chance(MESS.missingNextStep)) return "";
  const step = rng.pick(NEXT_STEPS);
  return rng.chance(MESS.lineBreakInNextStep) ? `${step}\n(moved from last week)` : step;
}

function messyRegion(region: string, rng: Rng): string {
  const draw = rng.next();
  if (draw < MESS.missingRegion) return "";
  return draw < MESS.missingRegion + MESS.regionVariant ? rng.pick(REGION_VARIANTS[region]!) : region;
}

/** Deals that fell asleep end for want of a decision; the others for what hurt them. */
function lossReason({facts, life}: SoldDeal, rng: Rng): string {
  if (life.outcome === "stuck") return rng.chance(0.8) ? "No decision" : "Timing";
  if (facts.competitor > 0 && rng.chance(0.45)) return "Competitor";
  if (facts.type === DEAL_TYPE.renewal) return rng.chance(0.5) ? "No budget" : "Price";
  return rng.pick(LOSS_REASONS);
}

/** How often the close date moved to a later calendar month. */
export function pushCount(saves: readonly Save[]): number {
  let count = 0;
  for (let i = 1; i < saves.length; i++)
    if (monthOf(saves[i]!.closeDay) > monthOf(saves[i - 1]!.closeDay)) count++;
  return count;
}

function lastStageChange(saves: readonly Save[]): number {
  for (let i = saves.length - 1; i > 0; i--) if (saves[i]!.stage !== saves[i - 1]!.stage) return saves[i]!.at;
  return saves[0]!.at;
}
