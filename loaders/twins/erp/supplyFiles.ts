/** The ERP's stock and purchase orders: stock.csv and purchase_orders.csv. */
import {type Day, isoDay} from "../calendar/days.ts";
import type {CsvFile} from "../output/csvFile.ts";
import {text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";

export interface PurchaseLine {
  material: string;
  units: number;
  orderedDay: Day;
  dueDay: Day;
  received: number;
  /** When the last of it came; null while nothing has. */
  receivedDay: Day | null;
}

export class SupplyFiles {
  private readonly stock: CsvFile;
  private readonly purchases: CsvFile;
  private nPurchases = 0;

  constructor(folder: ExportFolder) {
    this.stock = folder.file("stock.csv", ["material_id", "site", "on_hand", "stock_date"]);
    this.purchases = folder.file("purchase_orders.csv", [
      "po_number",
      "position",
      "material_id",
      "quantity",
      "order_date",
      "due_date",
      "received_quantity",
      "received_date",
      "status"
    ]);
  }

  count(material: string, site: string, units: number, day: Day): void {
    this.stock.row(`${material},${text(site)},${units},${isoDay(day)}`);
  }

  /** One order with a supplier, its lines numbered. */
  purchase(lines: readonly PurchaseLine[]): void {
    if (lines.length === 0) return;
    const number = `PO${String(++this.nPurchases).padStart(7, "0")}`;
    for (const [i, {material, units, orderedDay, dueDay, received, receivedDay}] of lines.entries()) {
      const status = received >= units ? "closed" : received > 0 ? "partially delivered" : "confirmed";
      this.purchases.row(
        `${number},${(i + 1) * 10},${material},${units},${isoDay(orderedDay)},${isoDay(dueDay)},${received},${receivedDay === null ? "" : isoDay(receivedDay)},${status}`
      );
    }
  }
}
