/** truth/deals.csv: what really became of each deal, and why. */
import {isoDay} from "../calendar/days.ts";
import {type DealFacts, type DealLife, linesTotal} from "../firm/deal.ts";
import type {CsvFile} from "../output/csvFile.ts";
import {money} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";

export const DEAL_TRUTH_COLUMNS = [
  "deal_id",
  "started_on",
  "outcome",
  "outcome_on",
  "stage",
  "final_amount",
  "currency",
  "deal_type",
  "segment",
  "region",
  "source",
  "family",
  "competitor",
  "partner_id",
  "partner_role",
  "partner_in_crm",
  "campaign_id",
  "caused_by_campaign_id",
  "pull",
  "loss",
  "pull_amount",
  "pull_partner",
  "pull_rep",
  "pull_campaign",
  "pull_fit"
];

/** Names for the numbers in the facts. */
export interface DealTruthRow {
  id: string;
  facts: DealFacts;
  life: DealLife;
  dealType: string;
  segment: string;
  region: string;
  source: string;
  family: string;
  competitor: string;
  stage: string;
  partnerId: string;
  partnerRole: string;
  partnerIsInCrm: boolean;
  campaignId: string;
  /** The campaign without which it would not have come; empty for none. */
  causedByCampaignId: string;
}

export class DealTruthFile {
  private readonly file: CsvFile;

  constructor(folder: ExportFolder) {
    this.file = folder.file("truth/deals.csv", DEAL_TRUTH_COLUMNS);
  }

  /** `pull` and `loss` are sums of log hazard ratios over all factors; the five that follow are those of no table. */
  write(row: DealTruthRow): void {
    const {facts, life} = row;
    const {effects, total} = facts;
    this.file.row(
      `${row.id},${isoDay(facts.startDay)},${life.outcome},${life.outcome === "open" ? "" : isoDay(life.outcomeDay)},${row.stage},${money(linesTotal(facts.lines, facts.finalDiscount))},${facts.currency},${row.dealType},${row.segment},${row.region},${row.source},${row.family},${row.competitor},${row.partnerId},${row.partnerRole},${row.partnerIsInCrm},${row.campaignId},${row.causedByCampaignId},${four(total.pull)},${four(total.loss)},${four(effects.amount.pull)},${four(effects.partner.pull)},${four(effects.rep.pull)},${four(effects.campaign.pull)},${four(effects.fit.pull)}`
    );
  }
}

/** At most four decimals. */
function four(value: number): number {
  return Math.round(value * 10_000) / 10_000 || 0;
}
