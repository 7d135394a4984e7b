import type {SourceSystem} from "../sourceSystem.ts";
import * as deals from "./deals.ts";
import * as people from "./people.ts";

/** Salesforce: API names, report labels, and the snake_case of warehouse copies. */
export const salesforce: SourceSystem = {
  id: "salesforce",
  name: "Salesforce",
  objects: [
    deals.opportunity,
    deals.opportunityFieldHistory,
    deals.opportunityHistory,
    deals.opportunityLineItem,
    deals.opportunityContactRole,
    deals.opportunityPartner,
    deals.partner,
    deals.product2,
    deals.task,
    deals.event,
    deals.order,
    people.account,
    people.user,
    people.contact,
    people.lead,
    people.campaign,
    people.campaignMember,
    people.forecastingQuota,
    people.datedConversionRate,
    people.opportunityStage
  ]
};
