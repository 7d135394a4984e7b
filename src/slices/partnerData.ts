/** What the partner pages draw from: who brought each deal, CRM and portal side by side, and the registrations. */
import type {FactTable} from "./facts.js";

export interface PartnerData {
  /** One row a deal: deal, origin, origin_partner, tier, partner_kind, since_on, failed_tests. */
  origins: FactTable;
  /** One row an entry of the ledger; `deal` is null where the CRM has none. */
  ledger: FactTable;
  /** One row a registration; `deal` is null unless matched. */
  registrations: FactTable;
  /** The same with names, for the partner who made them; empty in the whole firm's site, which has the ledger. */
  own: FactTable;
}
