/** truth/orders.csv: what truly happens to each order, to its end, be it after the exports. */
import {isoDay} from "../calendar/days.ts";
import type {CsvFile} from "../output/csvFile.ts";
import {text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import {CONGESTION, LEAD_SPREAD, MATERIALS, STOCK_SHARE, SUPPLY_SHOCK} from "./machines.ts";
import type {OrderStory} from "./orderStory.ts";

export class OrderTruth {
  private readonly file: CsvFile;

  constructor(folder: ExportFolder) {
    this.file = folder.file("truth/orders.csv", [
      "order_number",
      "deal_id",
      "critical_material",
      "planned_material_days",
      "material_days",
      "congestion",
      "is_cancelled",
      "promised_on",
      "delivered_on"
    ]);
    const materials = folder.file("truth/materials.csv", [
      "material_id",
      "lead_days_stated",
      "lead_factor",
      "lead_spread",
      "stock_share",
      "shock_factor"
    ]);
    for (const {number, leadDays, leadFactor, isStocked, isElectronic} of MATERIALS)
      materials.row(
        `${text(number)},${leadDays},${leadFactor},${LEAD_SPREAD},${isStocked ? STOCK_SHARE : 0},${isElectronic ? SUPPLY_SHOCK.factor : 1}`
      );
    const congestion = folder.file("truth/congestion.csv", ["month", "production_time_factor"]);
    for (const [i, factor] of CONGESTION.entries()) congestion.row(`${i + 1},${factor}`);
  }

  add(orderNumber: string, dealId: string, order: OrderStory): void {
    const delivered = order.milestones.find(({kind}) => kind === "delivered")?.actualDay ?? null;
    const material = order.criticalMaterial < 0 ? "" : MATERIALS[order.criticalMaterial]!.number;
    this.file.row(
      `${orderNumber},${dealId},${material},${order.plannedMaterialDays},${order.materialDays},${order.congestion},${order.cancelledDay !== null},${isoDay(order.promisedDay)},${delivered === null ? "" : isoDay(delivered)}`
    );
  }
}
