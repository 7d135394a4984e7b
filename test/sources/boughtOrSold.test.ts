/** What was sold and what was bought name the same things: which of them an ERP's export is, by its header alone. */
import {expect, test} from "vitest";
import {recognise} from "../../loaders/sources/recognise.ts";

const objects = (header: string) => recognise(header.split(",")).map(({object}) => object.id);

test.each([
  // Placed with suppliers.
  ["Purchasing Document,Item,Material,Order Quantity,Delivery Date", "purchase_orders"],
  ["po_number,line_no,part_number,quantity,order_date,due_date,received_qty,status", "purchase_orders"],
  ["purchase_order_id,product_id,material_id,quantity,due_on", "purchase_orders"],
  // Bought for an order, a deal or by an invoice that they name.
  ["po_number,sales_order,material_id,quantity,due_on,ordered_on", "purchase_orders"],
  ["po_number,po_date,sales_order,material_id,quantity,due_date", "purchase_orders"],
  ["po_number,position,sales_order,material_id,quantity,po_date,due_date,status", "purchase_orders"],
  ["po_number,invoice_id,material_id,quantity,due_date", "purchase_orders"],
  ["po_number,deal_id,material_id,quantity,due_date", "purchase_orders"],
  ["po_number,order_number,product_id,material_id,quantity,due_date,vendor", "purchase_orders"],
  ["po_number,sales_order,material_id,quantity,net_amount,due_date,vendor", "purchase_orders"],
  ["po_number,sales_order,product_id,material_id,quantity,amount,vendor,received_qty", "purchase_orders"],
  ["shipment_id,po_number,material_id,quantity,vendor", "purchase_orders"],
  ["shipment_id,order_id,po_number,material_id,quantity,vendor,received_qty", "purchase_orders"],
  // Sold, with the customer's PO, a part number, and the maker where a reseller sold it.
  ["order_number,line_no,product_id,quantity,amount,PO Number", "order_lines"],
  ["order_id,line_id,product_id,quantity,amount,part_number", "order_lines"],
  ["Order Number,Item,Material,Product,Quantity,Amount", "order_lines"],
  ["Order Number,Position,Product,Quantity,Amount,Material Number", "order_lines"],
  ["Order Number,Item,Material,Product,Quantity,PO Number,Delivery Date,delivered_quantity", "order_lines"],
  ["order_number,line_no,product_id,quantity,amount,po_number,part_number,vendor", "order_lines"],
  ["order_number,line_no,product_id,quantity,amount,po_number,part_number,Vendor Name", "order_lines"],
  ["order_number,line_no,product_id,quantity,amount,po_number,part_number,received_date", "order_lines"],
  ["Deal ID,Product,Quantity,Part Number", "deal_lines"],
  ["Deal ID,Product,Quantity,Amount,PO Number,Part Number", "deal_lines"],
  ["shipment_id,order_id,po_number,material_id,quantity,shipped_on,vendor", "shipments"],
  ["order_id,ordered_on,customer_id,po_number,part_number,quantity", "orders"],
  ["order_id,ordered_on,deal_id,po_number,part_number,quantity", "orders"],
  ["Order Number,Order Date,Customer,PO Number,Material,Quantity,Delivery Date", "orders"],
  // As German ERPs head their lists.
  ["Auftragsnummer,Verkaufschance,Kunde,Auftragsdatum,Wunschlieferdatum,Nettowert,Status", "orders"],
  ["Auftragsnummer,Position,Artikel,Menge,Nettowert", "order_lines"],
  [
    "Einkaufsbeleg,Position,Material,Bestellmenge,Bestelldatum,Lieferdatum,Gelieferte Menge",
    "purchase_orders"
  ],
  ["Bestellnummer,Lieferant,Materialnummer,Menge,Lieferdatum", "purchase_orders"],
  ["Material,Werk,Frei verwendbar,Stichtag", "stock"],
  ["Rechnungsnummer,Rechnungsdatum,Auftragsnummer,Rechnungsbetrag,Währung", "invoices"],
  ["Vertragsnummer,Kunde,Vertragsbeginn,Vertragsende,Jahresbetrag,Währung", "subscriptions"],
  ["Materialnummer,Bezeichnung,Planlieferzeit,Standardpreis", "materials"],
  ["product_id,material_id,quantity,po_number", "bill_of_materials"],
  ["product_id,material_id,quantity,po_number,hours", "bill_of_materials"]
])("%s: %s", (header, object) => {
  expect(objects(header)[0]).toBe(object);
});

test("what is bought for an order is in no way the customer's order", () => {
  for (const header of [
    "po_number,sales_order,material_id,quantity,due_on,ordered_on",
    "po_number,po_date,sales_order,material_id,quantity,due_date",
    "po_number,po_date,sales_order,material_id,quantity,customer_id,vendor"
  ])
    expect(objects(header), header).toEqual(["purchase_orders"]);
});

test("what could be either is not taken for what is to come, nor for an order", () => {
  for (const header of [
    "Order Number,Item,Material,Quantity,PO Number",
    "Order Number,Item,Material,Quantity,Amount,PO Number,Delivery Date",
    "po_number,po_date,sales_order,material_id,quantity,net_amount,due_date"
  ])
    expect(objects(header), header).toEqual([]);
  expect(objects("invoice_number,invoice_date,PO Number,Part Number,Quantity,Due Date")[0]).toBe("invoices");
});
