import {always, may, must, type ObjectMap} from "../sourceSystem.ts";
import {CATEGORY, id, LIVE, mayId, salesforceObject} from "./fields.ts";
import {OPPORTUNITY_LABELS} from "./opportunityLabels.ts";

export const opportunity = salesforceObject({
  id: "Opportunity",
  tells: ["Id", "StageName", "CloseDate"],
  tellsNot: ["OpportunityId", "PrevAmount", "SortOrder"],
  labels: OPPORTUNITY_LABELS,
  maps: (): ObjectMap[] => [
    {
      table: "deal",
      columns: {
        deal_id: id("Id"),
        name: may("Name"),
        account_id: may("AccountId", {short_id: true}),
        owner_id: may("OwnerId", {short_id: true}),
        stage_id: must("StageName"),
        amount: may("Amount", {round: true}),
        currency: may("CurrencyIsoCode"),
        close_on: may("CloseDate"),
        created_at: may("CreatedDate"),
        closed_at: may("LastStageChangeDate"),
        modified_at: may("LastModifiedDate"),
        deal_type: may("Type"),
        forecast_category: may("ForecastCategoryName", {recode: CATEGORY}),
        lead_source: may("LeadSource"),
        campaign_id: may("CampaignId", {short_id: true}),
        next_step: may("NextStep"),
        last_activity_at: may("LastActivityDate"),
        is_deleted: may("IsDeleted")
      },
      rows_unless: {_fivetran_active: LIVE._fivetran_active}
    }
  ],
  note: "Deleted deals are kept: the past has them until the day they were deleted."
});

export const opportunityLineItem = salesforceObject({
  id: "OpportunityLineItem",
  tells: ["OpportunityId", "Product2Id"],
  labels: {
    OpportunityId: ["Opportunity ID"],
    Product2Id: ["Product ID"],
    TotalPrice: ["Total Price"],
    ListPrice: ["List Price"]
  },
  maps: (): ObjectMap[] => [
    {
      table: "deal_line",
      columns: {
        deal_id: id("OpportunityId"),
        product_id: id("Product2Id"),
        quantity: may("Quantity"),
        amount: may("TotalPrice", {round: true}),
        list_price: may("ListPrice", {round: true})
      },
      rows_with: ["Product2Id", "OpportunityId"],
      rows_unless: LIVE
    }
  ]
});

export const product2 = salesforceObject({
  id: "Product2",
  tells: ["Id", "Name", "ProductCode", "Family"],
  tellsNot: ["OpportunityId", "PricebookEntryId"],
  labels: {
    Id: ["Product ID"],
    Name: ["Product Name"],
    ProductCode: ["Product Code"],
    Family: ["Product Family"]
  },
  maps: (): ObjectMap[] => [
    {
      table: "product",
      columns: {product_id: id("Id"), name: may("Name"), family: may("Family")},
      rows_unless: LIVE
    }
  ]
});

/** Tasks and events: what was done about a deal. */
const activity = (objectId: string, when: string, labels: readonly string[], tells: readonly string[]) =>
  salesforceObject({
    id: objectId,
    tells: ["WhatId", ...tells],
    labels: {[when]: labels},
    maps: (): ObjectMap[] => [
      {
        table: "activity",
        columns: {
          deal_id: id("WhatId"),
          at: must(when),
          kind: objectId === "Event" ? always("event") : may("Type")
        },
        // WhatId names accounts and cases too; 006 is the prefix of opportunities.
        rows_with: [when],
        rows_starting: {WhatId: ["006"]},
        rows_unless: LIVE
      }
    ]
  });

export const task = activity(
  "Task",
  "CompletedDateTime",
  ["ActivityDate", "activity_date", "Date"],
  ["Subject", "Status"]
);
export const event = activity(
  "Event",
  "StartDateTime",
  ["ActivityDate", "activity_date", "ActivityDateTime"],
  ["Subject", "EndDateTime"]
);

export const opportunityContactRole = salesforceObject({
  id: "OpportunityContactRole",
  tells: ["OpportunityId", "ContactId", "Role"],
  maps: (): ObjectMap[] => [
    {
      table: "deal_contact",
      columns: {
        deal_id: id("OpportunityId"),
        contact_id: id("ContactId"),
        role: may("Role"),
        is_primary: may("IsPrimary"),
        since_at: may("CreatedDate")
      },
      rows_unless: LIVE
    }
  ]
});

export const opportunityPartner = salesforceObject({
  id: "OpportunityPartner",
  tells: ["OpportunityId", "AccountToId", "Role"],
  tellsNot: ["AccountFromId"],
  maps: (): ObjectMap[] => [
    {
      table: "deal_partner",
      columns: {
        deal_id: id("OpportunityId"),
        partner_id: id("AccountToId"),
        role: may("Role", {recode: ROLES}),
        since_at: may("CreatedDate")
      },
      rows_with: ["OpportunityId"],
      rows_unless: LIVE
    }
  ]
});

/** Each relation stands twice in Partner, once from each side; the side with the deal's partner is kept. */
export const partner = salesforceObject({
  id: "Partner",
  tells: ["OpportunityId", "AccountFromId", "AccountToId"],
  maps: (): ObjectMap[] => [
    {
      table: "deal_partner",
      columns: {
        deal_id: id("OpportunityId"),
        partner_id: id("AccountToId"),
        role: may("Role", {recode: ROLES}),
        since_at: may("CreatedDate")
      },
      rows_with: ["OpportunityId", "AccountFromId"],
      rows_unless: LIVE
    }
  ],
  note: "Used only without OpportunityPartner, which holds the same from the deal's side.",
  yieldsTo: ["OpportunityPartner"]
});

/** Roles of a standard org, as parts in a deal; other words stay as they are. */
const ROLES = {
  "VAR/Reseller": "sourced",
  Reseller: "resell",
  Distributor: "fulfil",
  Consultant: "influenced",
  "Implementation Partner": "influenced",
  "Sales Rep": "influenced"
};

/** How the values in logs are read. */
const AMOUNT = {read_as: "money", round: true} as const;
const DAY = {read_as: "date"} as const;
const FORECAST = {read_as: "category", recode: CATEGORY} as const;

export const opportunityHistory = salesforceObject({
  id: "OpportunityHistory",
  tells: ["OpportunityId", "CreatedDate", "StageName"],
  tellsNot: ["Field", "NewValue"],
  labels: {OpportunityId: ["OppID", "Opportunity ID", "opportunity_id"]},
  maps: (): ObjectMap[] => [
    ...(
      [
        ["stage_id", "StageName", {}],
        ["amount", "Amount", AMOUNT],
        ["close_on", "CloseDate", DAY],
        ["forecast_category", "ForecastCategory", FORECAST]
      ] as const
    ).map(([field, header, reading]) => ({
      table: "deal_event" as const,
      columns: {
        deal_id: id("OpportunityId"),
        at: must("CreatedDate"),
        field: always(field),
        new_value: may(header, reading),
        actor_id: mayId("CreatedById")
      },
      rows_with: [header],
      rows_unless: {IsDeleted: LIVE.IsDeleted}
    }))
  ],
  note: "The whole state after each save; the first row is the deal's birth."
});

/** Field names to ours; NextStep and others that no model follows are not loaded. */
const TRACKED = [
  ["stage_id", ["StageName", "Stage"], {}],
  ["amount", ["Amount"], AMOUNT],
  ["close_on", ["CloseDate", "Close Date"], DAY],
  ["forecast_category", ["ForecastCategoryName", "ForecastCategory", "Forecast Category"], FORECAST],
  ["currency", ["CurrencyIsoCode", "Opportunity Currency"], {}],
  ["owner_id", ["Owner", "OwnerId"], {short_id: true}]
] as const;

export const opportunityFieldHistory = salesforceObject({
  id: "OpportunityFieldHistory",
  tells: ["OpportunityId", "Field", "OldValue", "NewValue"],
  labels: {
    OpportunityId: ["Opportunity ID"],
    Field: ["Field / Event"],
    CreatedDate: ["Edit Date"],
    OldValue: ["Old Value"],
    NewValue: ["New Value"]
  },
  maps: (): ObjectMap[] =>
    TRACKED.map(([field, names, reading]) => ({
      table: "deal_event",
      columns: {
        deal_id: id("OpportunityId"),
        at: must("CreatedDate"),
        field: always(field),
        old_value: may("OldValue", reading),
        new_value: may("NewValue", reading),
        actor_id: mayId("CreatedById")
      },
      rows_where: {Field: [...names]},
      // A change of owner is two rows, one with the names and one with the ids; 005 is the prefix of users.
      ...(field === "owner_id" ? {rows_starting: {NewValue: ["005"]}} : {}),
      rows_unless: {IsDeleted: LIVE.IsDeleted}
    }))
});

export const order = salesforceObject({
  id: "Order",
  tells: ["Id", "EffectiveDate", "OrderNumber"],
  labels: {EffectiveDate: ["Order Start Date"], TotalAmount: ["Order Amount"]},
  maps: (): ObjectMap[] => [
    {
      table: "order",
      columns: {
        order_id: id("Id"),
        deal_id: mayId("OpportunityId"),
        account_id: mayId("AccountId"),
        ordered_on: may("EffectiveDate"),
        amount: may("TotalAmount", {round: true}),
        currency: may("CurrencyIsoCode"),
        status: may("Status")
      },
      rows_unless: LIVE
    }
  ]
});
