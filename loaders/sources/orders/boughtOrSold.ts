/** What was sold and what was bought name the same things: a customer's line the customer's PO and a part, a supplier's the order it buys for. */
import type {CanonicalTableName} from "../../workspace/canonicalTables.ts";

type Has = (header: string) => boolean;

const namesPurchase = (has: Has) => has("purchase_order_id") && has("material_id");

/** Nothing is received of what was sold. A reseller's line names the maker and the day it came in, and so does a shipment of it. */
const isSuppliers = (has: Has) =>
  namesPurchase(has) &&
  (has("receipt") ||
    (has("supplier") && !(has("product_id") && has("amount")) && !(has("shipment_id") && has("order_id"))));

/** Who buys from the firm, or the CRM's deal beside the order. */
const namesCustomer = (has: Has) => has("customer") || (has("order_id") && has("deal_id"));

/** Of a line that names an order, a deal or an invoice: what only those to customers say. */
const isCustomers = (has: Has) =>
  namesCustomer(has) || ["product_id", "amount", "shipment_id", "invoiced_on"].some(has);

/** A purchase says when it was placed, or when it is due. */
const saysWhen = (has: Has) => has("ordered_on") || has("due_on");

/** Whether a file that has what tells a table is one of another; what could be either is neither. */
export const IS_ELSE: Partial<Record<CanonicalTableName, (has: Has) => boolean>> = {
  order: (has) => namesPurchase(has) && (isSuppliers(has) || !namesCustomer(has)),
  order_line: isSuppliers,
  // A bill may say by which order its material is bought, but not when that was placed, is due or came.
  bill_of_materials: (has) =>
    has("purchase_order_id") && (saysWhen(has) || has("receipt") || has("supplier")),
  purchase_order: (has) =>
    !isSuppliers(has) &&
    // A shop calls its customers' orders by the same word.
    (has("customer") ||
      (["order_id", "deal_id", "shipment_id", "invoice_id"].some(has) &&
        (isCustomers(has) || !saysWhen(has))))
};

/** Headers by which the two are told apart; no table has columns of these names. */
export const TOLD_BY: Record<"supplier" | "receipt" | "customer", readonly string[]> = {
  supplier: [
    ...["supplier_id", "supplier_name", "vendor", "vendor_id", "vendor_name"],
    ...["Supplier", "Supplier Name", "Vendor", "Vendor Name"],
    // The day on which a customer's order came in is called so too.
    ...["received_on", "received_date", "receipt_date", "goods_receipt_date", "Receipt Date"]
  ],
  // "Delivered quantity" is said of customers' lines as well.
  receipt: ["received_quantity", "received_qty", "quantity_received", "qty_received", "Quantity Received"],
  customer: [
    ...["account_id", "customer_id", "customer_name", "crm_company_id", "sold_to", "sold_to_party"],
    ...["Customer", "Customer ID", "Customer Name", "Customer Number", "Sold-to Party", "Sold-To Party"]
  ]
};
