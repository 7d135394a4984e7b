/** deal_property_history.csv: every value a tracked property ever had, the first with the record; no old values. */
import {isoDay, isoStamp} from "../calendar/days.ts";
import type {Save} from "../firm/deal.ts";
import type {CsvFile} from "../output/csvFile.ts";
import {money} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {hubspotId} from "./hubspotId.ts";

/** Values of hs_manual_forecast_category, by CATEGORY. */
export const CATEGORY_VALUES = ["OMIT", "PIPELINE", "BEST_CASE", "COMMIT", "CLOSED"];

export class PropertyHistory {
  private readonly file: CsvFile;

  constructor(
    folder: ExportFolder,
    private readonly ownerIds: readonly string[]
  ) {
    this.file = folder.file("deal_property_history.csv", [
      "deal_id",
      "name",
      "value",
      "timestamp",
      "source",
      "source_id"
    ]);
  }

  /** All saves of a deal in order of time; `stageIds` are those of its pipeline. */
  write(dealId: string, pipelineId: string, stageIds: readonly string[], saves: readonly Save[]): void {
    for (let i = 0; i < saves.length; i++) {
      const save = saves[i]!;
      const before = i > 0 ? saves[i - 1]! : undefined;
      const source = save.isBulk ? "CRM_UI_BULK_ACTION" : "CRM_UI";
      const by = `,${isoStamp(save.at)},${source},userId:${hubspotId("user", save.actor)}`;
      if (!before) this.row(dealId, "pipeline", pipelineId, by);
      if (before?.stage !== save.stage) this.row(dealId, "dealstage", stageIds[save.stage]!, by);
      if (before ? before.amountCents !== save.amountCents : save.amountCents !== null)
        this.row(dealId, "amount", money(save.amountCents), by);
      if (before?.closeDay !== save.closeDay) this.row(dealId, "closedate", dateStamp(save.closeDay), by);
      if (before?.rep !== save.rep) this.row(dealId, "hubspot_owner_id", this.ownerIds[save.rep]!, by);
      if (before?.category !== save.category)
        this.row(dealId, "hs_manual_forecast_category", CATEGORY_VALUES[save.category]!, by);
    }
  }

  private row(dealId: string, name: string, value: string, by: string): void {
    this.file.row(`${dealId},${name},${value}${by}`);
  }
}

/** A date as HubSpot stores it: midnight UTC. */
export function dateStamp(day: number): string {
  return `${isoDay(day)}T00:00:00.000Z`;
}
