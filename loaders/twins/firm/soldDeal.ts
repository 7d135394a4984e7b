/** A deal as it was lived and as it was written down. */
import type {DealFacts, DealLife} from "./deal.ts";
import type {Multipliers} from "./dealWalk.ts";
import type {DealRecord} from "./recordDeal.ts";

/** How a partner is part of a deal; what the CRM knows of it is another matter. */
export type PartnerRole = "none" | "sourced" | "influenced";

export interface SoldDeal {
  facts: DealFacts;
  life: DealLife;
  record: DealRecord;
  multipliers: Multipliers;
  partnerRole: PartnerRole;
  /** Whether the CRM names the partner. */
  partnerIsInCrm: boolean;
}
