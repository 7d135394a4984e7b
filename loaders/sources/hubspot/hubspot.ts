import type {SourceSystem} from "../sourceSystem.ts";
import * as deals from "./deals.ts";
import * as people from "./people.ts";

/** HubSpot: internal names, labels of CSV exports, and the property_ columns of warehouse copies. */
export const hubspot: SourceSystem = {
  id: "hubspot",
  name: "HubSpot",
  objects: [
    deals.deals,
    deals.dealPropertyHistory,
    deals.dealStage,
    deals.dealCompany,
    deals.dealContact,
    deals.mergedDeals,
    deals.lineItems,
    deals.products,
    deals.engagements,
    deals.pipelineStages,
    people.companies,
    people.contacts,
    people.owners,
    people.goals,
    people.campaigns
  ]
};
