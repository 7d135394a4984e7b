/** The ERP's orders: heads, lines, milestones planned and actual, shipments and invoices. */
import {type Day, isoDay} from "../calendar/days.ts";
import {type DealLine, unitPrice} from "../firm/deal.ts";
import type {CsvFile} from "../output/csvFile.ts";
import {money} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";

export interface ErpOrder {
  companyId: string;
  /** Empty where sales forgot to name the deal. */
  dealId: string;
  currency: string;
  lines: readonly DealLine[];
  discount: number;
  orderedDay: Day;
  promisedDay: Day;
  cancelledDay: Day | null;
  milestones: readonly {kind: string; plannedDay: Day; actualDay: Day | null}[];
}

/** Shares of the price that are invoiced with the order, the shipment and the delivery. */
const INVOICED = {order: 0.3, shipped: 0.6} as const;
const SENT_AFTER_DAYS = 3;

export class OrderFiles {
  private readonly orders: CsvFile;
  private readonly lines: CsvFile;
  private readonly milestones: CsvFile;
  private readonly shipments: CsvFile;
  private readonly invoices: CsvFile;
  private nOrders = 0;
  private nInvoices = 0;

  constructor(
    folder: ExportFolder,
    private readonly skus: readonly string[],
    private readonly exportDay: Day
  ) {
    this.orders = folder.file("erp_orders.csv", [
      "order_number",
      "customer_id",
      "crm_opportunity_id",
      "order_date",
      "promised_date",
      "amount",
      "currency",
      "status",
      "cancelled_date"
    ]);
    this.lines = folder.file("erp_order_lines.csv", [
      "order_number",
      "position",
      "product_id",
      "quantity",
      "net_price",
      "net_amount"
    ]);
    this.milestones = folder.file("erp_order_milestones.csv", [
      "order_number",
      "milestone",
      "planned_date",
      "actual_date"
    ]);
    this.shipments = folder.file("shipments.csv", [
      "shipment_id",
      "order_number",
      "ship_date",
      "delivery_date",
      "amount",
      "currency"
    ]);
    this.invoices = folder.file("invoices.csv", [
      "invoice_id",
      "order_number",
      "invoice_date",
      "amount",
      "currency",
      "kind"
    ]);
  }

  /** Writes what is known of the order on the day of the exports; returns its number. */
  write(order: ErpOrder): string {
    const number = `SO${String(++this.nOrders).padStart(7, "0")}`;
    const total = order.lines.reduce((sum, line) => sum + unitPrice(line, order.discount) * line.quantity, 0);
    const {companyId, dealId, orderedDay, promisedDay, currency} = order;
    this.orders.row(
      `${number},${companyId},${dealId},${isoDay(orderedDay)},${isoDay(promisedDay)},${money(total)},${currency},${this.status(order)},${this.known(order.cancelledDay)}`
    );
    for (const [i, line] of order.lines.entries()) {
      const price = unitPrice(line, order.discount);
      this.lines.row(
        `${number},${(i + 1) * 10},${this.skus[line.product]},${line.quantity},${money(price)},${money(price * line.quantity)}`
      );
    }
    for (const {kind, plannedDay, actualDay} of order.milestones)
      this.milestones.row(`${number},${kind},${isoDay(plannedDay)},${this.known(actualDay)}`);
    this.writeMoney(number, order, total);
    return number;
  }

  private writeMoney(number: string, order: ErpOrder, total: number): void {
    const {exportDay} = this;
    const delivered = dayOfMilestone(order, "delivered");
    const shipped = dayOfMilestone(order, "shipped") ?? delivered;
    if (shipped !== null && shipped <= exportDay)
      this.shipments.row(
        `SH${number.slice(2)},${number},${isoDay(shipped)},${this.known(delivered)},${money(total)},${order.currency}`
      );
    const first = Math.round(total * INVOICED.order);
    const second = Math.round(total * INVOICED.shipped);
    this.invoice(number, order, order.orderedDay, first, "down payment");
    this.invoice(number, order, shipped, second, "shipment");
    this.invoice(number, order, delivered, total - first - second, "final");
  }

  private invoice(number: string, {currency}: ErpOrder, day: Day | null, cents: number, kind: string): void {
    if (day === null || day + SENT_AFTER_DAYS > this.exportDay) return;
    const id = `INV${String(++this.nInvoices).padStart(7, "0")}`;
    this.invoices.row(`${id},${number},${isoDay(day + SENT_AFTER_DAYS)},${money(cents)},${currency},${kind}`);
  }

  private status(order: ErpOrder): string {
    const {exportDay} = this;
    if (order.cancelledDay !== null && order.cancelledDay <= exportDay) return "cancelled";
    const reached = (kind: string) => (dayOfMilestone(order, kind) ?? exportDay + 1) <= exportDay;
    if (reached("delivered")) return "delivered";
    if (reached("shipped")) return "shipped";
    if (reached("material")) return "in production";
    return reached("engineering") ? "awaiting material" : "in engineering";
  }

  private known(day: Day | null): string {
    return day === null || day > this.exportDay ? "" : isoDay(day);
  }
}

function dayOfMilestone({milestones}: ErpOrder, kind: string): Day | null {
  return milestones.find((milestone) => milestone.kind === kind)?.actualDay ?? null;
}
