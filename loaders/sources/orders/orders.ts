import {CANONICAL_TABLES, type CanonicalTableName} from "../../workspace/canonicalTables.ts";
import {labelsIn} from "../labelsIn.ts";
import {may, must, type ObjectMap, type SourceObject, type SourceSystem} from "../sourceSystem.ts";
import {deals} from "../spreadsheet/spreadsheet.ts";
import {IS_ELSE, TOLD_BY} from "./boughtOrSold.ts";
import {doubtfulLabels} from "./doubtfulLabels.ts";
import {GERMAN} from "./germanLabels.ts";

/** ERP exports differ in every house: the columns asked for are those of the canonical table, by their own names. */
function asIs(id: string, table: CanonicalTableName, tells: readonly string[], note?: string): SourceObject {
  const {columns, required} = CANONICAL_TABLES[table];
  return {
    id,
    tells,
    tellsNot: TELLS_NOT[table] ?? [],
    isElse: IS_ELSE[table] ?? (() => false),
    spellings: (header) => LABELS[header] ?? [],
    asks: doubtfulLabels,
    maps: (): ObjectMap[] => [
      {
        table,
        columns: Object.fromEntries(
          Object.entries(columns).map(([name, type]) => {
            const more = type === "money" ? {round: true} : type === "id" ? {short_id: true} : {};
            return [name, required.includes(name) ? must(name, more) : may(name, more)];
          })
        )
      }
    ],
    ...(note ? {note} : {})
  };
}

const TELLS_NOT: Partial<Record<CanonicalTableName, readonly string[]>> = {
  order: ["milestone", "shipment_id", "invoice_id", "line_id"],
  order_line: ["shipment_id", "invoice_id"],
  // What was sold, shipped or billed may name a part number; a bill names no order.
  bill_of_materials: ["order_id", "deal_id", "shipment_id", "invoice_id"],
  // A table of deals that names a product and a quantity is one of deals.
  deal_line: [...deals.spellings("Stage"), "order_id"]
};

const SPELLINGS: Record<string, readonly string[]> = {
  order_id: ["order_number", "Order Number", "sales_order"],
  deal_id: ["crm_opportunity_id", "opportunity_id", "crm_deal_id", "Opportunity ID", "Deal ID"],
  account_id: ["customer_id", "crm_company_id"],
  ordered_on: ["order_date", "po_date", "Order Date", "PO Date"],
  line_id: ["position", "order_line_id", "line_number", "line_no", "item_number", "Item"],
  cancelled_on: ["cancelled_date", "cancellation_date", "cancelled_at", "canceled_on"],
  promised_on: ["promised_date", "requested_delivery_date", "promised_delivery"],
  planned_on: ["planned_date"],
  actual_on: ["actual_date"],
  quantity: ["Quantity", "order_quantity", "ordered_quantity", "Order Quantity"],
  amount: ["net_amount", "value", "Amount", "Total Price"],
  name: ["description"],
  material_id: [
    "component_id",
    "material_number",
    "part_number",
    "Material",
    "Material Number",
    "Part Number"
  ],
  purchase_order_id: [
    ...["po_number", "purchase_order", "purchase_order_number", "purchasing_document", "po_id"],
    ...["PO Number", "Purchase Order", "Purchasing Document"]
  ],
  due_on: [
    ...[
      "due_date",
      "expected_date",
      "expected_receipt_date",
      "confirmed_date",
      "delivery_date",
      "promised_date"
    ],
    ...["Due Date", "Delivery Date", "Expected Receipt Date"]
  ],
  received_quantity: [
    "received_qty",
    "quantity_received",
    "qty_received",
    "delivered_quantity",
    "Quantity Received"
  ],
  received_on: ["received_date", "receipt_date", "goods_receipt_date", "Receipt Date"],
  ...TOLD_BY,
  on_hand: [
    ...["on_hand_quantity", "quantity_on_hand", "qty_on_hand", "stock_quantity", "unrestricted_stock"],
    ...["On Hand", "Qty On Hand", "Quantity On Hand", "Unrestricted"]
  ],
  site: ["plant", "warehouse", "location", "storage_location", "Plant", "Warehouse", "Location"],
  counted_on: ["as_of", "as_of_date", "stock_date", "snapshot_date", "count_date", "inventory_date"],
  lead_time_days: ["planned_delivery_days"],
  unit_cost: ["standard_price"],
  work_centre_id: ["work_center_id", "work_centre"],
  shipment_id: ["shipment_number"],
  invoice_id: ["invoice_number"],
  invoiced_on: ["invoice_date"],
  shipped_on: ["ship_date", "shipped_date"],
  delivered_on: ["delivery_date", "delivered_date"],
  starts_on: ["start_date"],
  ends_on: ["end_date"],
  subscription_id: ["contract_id", "contract_number", "subscription_number"],
  arr: ["annual_recurring_revenue", "ARR", "annual_amount"],
  signed_on: ["signed_date", "signature_date", "contract_date"],
  product_id: ["product", "item_id", "product_number", "Product ID", "Product"],
  currency: ["from_currency"],
  on: ["effective_date", "rate_date"],
  rate: ["conversion_rate"]
};

const LABELS = labelsIn(SPELLINGS, GERMAN);

/** Orders, their milestones planned and actual, what they are made of, and subscriptions. */
export const orders: SourceSystem = {
  id: "orders",
  name: "ERP and billing",
  objects: [
    asIs("orders", "order", ["order_id", "ordered_on"]),
    asIs("order_lines", "order_line", ["order_id", "product_id", "quantity"]),
    asIs("order_milestones", "order_milestone", ["order_id", "milestone", "planned_on"]),
    asIs("bill_of_materials", "bill_of_materials", ["product_id", "material_id", "quantity"]),
    asIs("materials", "material", ["material_id", "lead_time_days"]),
    asIs("stock", "stock", ["material_id", "on_hand"]),
    asIs("purchase_orders", "purchase_order", ["purchase_order_id", "material_id", "quantity"]),
    asIs("work_centres", "work_centre", ["work_centre_id", "hours_per_week"]),
    asIs("shipments", "shipment", ["shipment_id", "order_id"]),
    asIs("deal_lines", "deal_line", ["deal_id", "product_id", "quantity"]),
    asIs("invoices", "invoice", ["invoice_id", "invoiced_on"]),
    asIs("exchange_rates", "fx_rate", ["currency", "on", "rate"]),
    asIs("subscriptions", "subscription", ["account_id", "arr", "starts_on"])
  ]
};
