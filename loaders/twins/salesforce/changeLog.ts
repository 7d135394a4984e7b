/** The change log of opportunities as Salesforce keeps it: field history (tracked fields) and opportunity history. */
import {isoDay, isoStamp} from "../calendar/days.ts";
import type {Save} from "../firm/deal.ts";
import type {CsvFile} from "../output/csvFile.ts";
import {money, text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {PREFIX, salesforceId} from "./salesforceId.ts";

export const FIELD_HISTORY_COLUMNS = [
  "Id",
  "OpportunityId",
  "Field",
  "OldValue",
  "NewValue",
  "CreatedById",
  "CreatedDate",
  "IsDeleted",
  "DataType"
];

export const OPPORTUNITY_HISTORY_COLUMNS = [
  "Id",
  "OpportunityId",
  "CreatedById",
  "CreatedDate",
  "StageName",
  "Amount",
  "ExpectedRevenue",
  "CloseDate",
  "Probability",
  "ForecastCategory",
  "PrevAmount",
  "PrevCloseDate",
  "SystemModstamp",
  "IsDeleted",
  "CurrencyIsoCode"
];

/** API values of ForecastCategory and the labels in ForecastCategoryName, by CATEGORY. */
export const CATEGORY_VALUES = ["Omitted", "Pipeline", "BestCase", "Forecast", "Closed"];
export const CATEGORY_NAMES = ["Omitted", "Pipeline", "Best Case", "Commit", "Closed"];

export interface ChangeLogStage {
  name: string;
  probability: number;
}

export interface User {
  id: string;
  name: string;
}

/** Writes the log of one deal after another. Stages are the open ones, then won, then lost. */
export class ChangeLog {
  private readonly fields: CsvFile;
  private readonly history: CsvFile;
  private readonly stages: readonly ChangeLogStage[];
  private readonly userIds: readonly string[];
  private readonly userNames: readonly string[];
  private nField = 0;
  private nHistory = 0;

  constructor(folder: ExportFolder, stages: readonly ChangeLogStage[], users: readonly User[]) {
    this.fields = folder.file("OpportunityFieldHistory.csv", FIELD_HISTORY_COLUMNS);
    this.history = folder.file("OpportunityHistory.csv", OPPORTUNITY_HISTORY_COLUMNS);
    this.stages = stages;
    this.userIds = users.map((user) => user.id);
    this.userNames = users.map((user) => text(user.name));
  }

  /** All saves of a deal in order of time. */
  write(opportunityId: string, currency: string, saves: readonly Save[]): void {
    for (let i = 0; i < saves.length; i++) {
      const save = saves[i]!;
      const by = `,${this.userIds[save.actor]},${isoStamp(save.at)}`;
      if (i === 0) this.field(opportunityId, "created", "", "", by, "");
      else this.fieldRows(opportunityId, saves[i - 1]!, save, by);
      if (i === 0 || isHistorySave(saves[i - 1]!, save))
        this.historyRow(opportunityId, currency, saves, i, by);
    }
  }

  private historyRow(id: string, currency: string, saves: readonly Save[], i: number, by: string): void {
    const save = saves[i]!;
    const before = i > 0 ? saves[i - 1]! : undefined;
    const {name, probability} = this.stages[save.stage]!;
    const expected = save.amountCents === null ? null : Math.round((save.amountCents * probability) / 100);
    this.history.row(
      `${salesforceId(PREFIX.opportunityHistory, ++this.nHistory)},${id}${by},${name},${money(save.amountCents)},${money(expected)},${isoDay(save.closeDay)},${probability},${CATEGORY_VALUES[save.category]},${before ? money(before.amountCents) : ""},${before ? isoDay(before.closeDay) : ""},${isoStamp(supersededAt(saves, i))},false,${currency}`
    );
  }

  private fieldRows(id: string, before: Save, save: Save, by: string): void {
    const {stages} = this;
    if (before.stage !== save.stage)
      this.field(id, "StageName", stages[before.stage]!.name, stages[save.stage]!.name, by, "DynamicEnum");
    if (before.amountCents !== save.amountCents)
      this.field(id, "Amount", money(before.amountCents), money(save.amountCents), by, "Currency");
    if (before.closeDay !== save.closeDay)
      this.field(id, "CloseDate", isoDay(before.closeDay), isoDay(save.closeDay), by, "DateOnly");
    if (before.category !== save.category)
      this.field(
        id,
        "ForecastCategoryName",
        CATEGORY_NAMES[before.category]!,
        CATEGORY_NAMES[save.category]!,
        by,
        "DynamicEnum"
      );
    if (before.rep !== save.rep) {
      // A lookup is logged twice: once with the names, once with the ids.
      this.field(id, "Owner", this.userNames[before.rep]!, this.userNames[save.rep]!, by, "Text");
      this.field(id, "Owner", this.userIds[before.rep]!, this.userIds[save.rep]!, by, "EntityId");
    }
  }

  private field(id: string, field: string, from: string, to: string, by: string, type: string): void {
    this.fields.row(
      `${salesforceId(PREFIX.fieldHistory, ++this.nField)},${id},${field},${from},${to}${by},false,${type}`
    );
  }
}

function isHistorySave(before: Save, save: Save): boolean {
  return (
    before.stage !== save.stage ||
    before.amountCents !== save.amountCents ||
    before.closeDay !== save.closeDay ||
    before.category !== save.category
  );
}

/** A row's SystemModstamp is the moment at which the next row replaced it; the last row's is its own. */
function supersededAt(saves: readonly Save[], i: number): number {
  for (let next = i + 1; next < saves.length; next++)
    if (isHistorySave(saves[next - 1]!, saves[next]!)) return saves[next]!.at;
  return saves[i]!.at;
}
