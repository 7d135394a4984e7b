/** Deals and their history as a data loader exports them: every field quoted, ISO times, line breaks in some texts. */
import {closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pick, type Random, randomFrom} from "../test/sources/crmExport.ts";

const STAGES = ["Prospecting", "Qualification", "Proposal", "Negotiation", "Closed Won", "Closed Lost"];
const BATCH = 1 << 20;

export const READING_WORKSPACE = `
company: Bench
base_currency: USD
pipelines:
  - id: sales
    stages:
${STAGES.map((id) => `      - {id: ${id}, kind: ${id === "Closed Won" ? "won" : id === "Closed Lost" ? "lost" : "open"}}`).join("\n")}
custom_attributes:
  - {name: region, type: text}
  - {name: description, type: text}
files:
  - path: deals.csv
    maps:
      - table: deal
        columns: {deal_id: Id, name: Name, account_id: AccountId, owner_id: OwnerId, pipeline_id: RecordTypeId, stage_id: StageName, amount: Amount, currency: CurrencyIsoCode, close_on: CloseDate, created_at: CreatedDate, last_activity_at: LastActivityDate, deal_type: Type, lead_source: LeadSource, campaign_id: CampaignId, forecast_category: ForecastCategoryName, next_step: NextStep, term_months: Term__c, recurring_amount: Recurring__c, region: Region__c, description: Description}
  - path: history.csv
    maps:
      - table: deal_event
        columns: {deal_id: OpportunityId, at: CreatedDate, field: Field, old_value: OldValue, new_value: NewValue, actor_id: CreatedById}
`;

/** Header names of the two files, for a reader that is told the columns. */
export const READING_HEADERS = {
  "deals.csv":
    "Id,Name,AccountId,OwnerId,RecordTypeId,StageName,Amount,CurrencyIsoCode,CloseDate,CreatedDate,LastActivityDate,Type,LeadSource,CampaignId,ForecastCategoryName,NextStep,Term__c,Recurring__c,Region__c,Description",
  "history.csv": "Id,OpportunityId,CreatedDate,Field,OldValue,NewValue,CreatedById"
} as const;

/** The folder with deals.csv and history.csv, made unless it is there. */
export function readingData(nDeals: number, nEvents: number): string {
  const dir = join(tmpdir(), `weir-bench-reading-${nDeals}-${nEvents}-1`);
  mkdirSync(dir, {recursive: true});
  write(join(dir, "deals.csv"), READING_HEADERS["deals.csv"], nDeals, deal);
  write(join(dir, "history.csv"), READING_HEADERS["history.csv"], nEvents, event(nDeals));
  return dir;
}

function write(
  path: string,
  header: string,
  n: number,
  row: (random: Random, index: number) => string[]
): void {
  if (existsSync(path)) return;
  const file = openSync(`${path}.tmp`, "w");
  const random = randomFrom(n);
  let batch = `${header
    .split(",")
    .map((name) => `"${name}"`)
    .join(",")}\n`;
  for (let index = 0; index < n; index++) {
    batch += `"${row(random, index).join('","')}"\n`;
    if (batch.length > BATCH) {
      writeSync(file, batch);
      batch = "";
    }
  }
  writeSync(file, batch);
  closeSync(file);
  renameSync(`${path}.tmp`, path);
}

function deal(random: Random, index: number): string[] {
  const created = time(random);
  return [
    id("006", index),
    `${pick(random, ["Acme", "Globex", "Initech", "Müller GmbH"])} - deal ${index}`,
    id("001", Math.floor(random() * 200_000)),
    id("005", Math.floor(random() * 500)),
    "012000000000001AAA",
    pick(random, STAGES),
    (random() * 1e6).toFixed(2),
    "USD",
    iso(created + 8e9).slice(0, 10),
    iso(created),
    iso(created + 4e9),
    pick(random, ["New Business", "Renewal", "Expansion"]),
    pick(random, ["Web", "Partner", "Event", "Referral"]),
    random() < 0.3 ? id("701", Math.floor(random() * 900)) : "",
    pick(random, ["Pipeline", "Best Case", "Commit", "Omitted"]),
    random() < 0.3 ? 'Call, then send ""the offer""' : "",
    "12",
    (random() * 1e5).toFixed(2),
    pick(random, ["EMEA", "Americas", "APAC"]),
    random() < 0.2
      ? 'First line\nsecond line, with ""quotes""'
      : "What the customer said about the project so far"
  ];
}

function event(nDeals: number): (random: Random, index: number) => string[] {
  return (random, index) => {
    const at = time(random);
    const [field, before, after] = change(random, index % 4, at);
    return [
      id("017", index),
      id("006", Math.floor(random() * nDeals)),
      iso(at),
      field,
      before,
      after,
      id("005", Math.floor(random() * 500))
    ];
  };
}

function change(random: Random, kind: number, at: number): [string, string, string] {
  if (kind === 0) return ["StageName", pick(random, STAGES), pick(random, STAGES)];
  if (kind === 1) return ["Amount", (random() * 1e6).toFixed(2), (random() * 1e6).toFixed(2)];
  if (kind === 2) return ["CloseDate", iso(at).slice(0, 10), iso(at + 1e9).slice(0, 10)];
  return ["NextStep", random() < 0.1 ? 'Call\nthen ""mail""' : "Call", "Send the offer, wait"];
}

function time(random: Random): number {
  return 1.6e12 + Math.floor(random() * 1e11);
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function id(prefix: string, n: number): string {
  return `${prefix}${String(n).padStart(12, "0")}AAA`;
}
