/** What the Backlog & delivery page is worked out of; made by loaders/pages/backlogData.ts. */
import type {FactTable} from "../facts.js";

/** A calendar month of the backlog; the last one ends on the as-of day. Days are ISO. */
export interface BacklogPeriod {
  label: string;
  from: string;
  to: string;
  /** It is over. */
  isWhole: boolean;
  /** The fiscal quarter it is in. */
  quarter: string;
  /** That quarter's last day. */
  quarterTo: string;
}

export interface BacklogData {
  asOf: string;
  /** Every month from the first order on; none without orders. */
  months: BacklogPeriod[];
  hasInvoices: boolean;
  /** Days within which a won deal should have its order. */
  orderWithinDays: number;
  /** Movements and invoices by month, of orders alike in all that they are cut by. */
  cells: FactTable;
  /** One row an order. */
  orders: FactTable;
  /** One row a step of an order; `order` is a row of `orders`. */
  phases: FactTable;
  /** One row an entry of deals and orders side by side. */
  ledger: FactTable;
}

/** What orders are cut by, as deals are on the other pages. */
export const BACKLOG_SLICES = [
  {key: "region", label: "Region"},
  {key: "segment", label: "Segment"},
  {key: "product_family", label: "Product family"},
  {key: "channel", label: "Channel"}
] as const;
