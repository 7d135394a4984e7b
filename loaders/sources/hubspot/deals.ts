import {always, may, must, type ObjectMap} from "../sourceSystem.ts";
import {DEAL_LABELS} from "./dealLabels.ts";
import {CATEGORY, hubspotObject, LIVE, V2_ENTERED} from "./fields.ts";

export const deals = hubspotObject({
  id: "deals",
  tells: ["hs_object_id", "dealstage", "dealname"],
  labels: DEAL_LABELS,
  maps: ({pipelines}): ObjectMap[] => [
    {
      table: "deal",
      columns: {
        deal_id: must("hs_object_id"),
        name: may("dealname"),
        account_id: may("associated_company"),
        owner_id: may("hubspot_owner_id"),
        pipeline_id: may("pipeline"),
        stage_id: must("dealstage"),
        amount: may("amount", {round: true}),
        currency: may("deal_currency_code"),
        recurring_amount: may("hs_arr", {round: true}),
        close_on: may("closedate", {date: "local"}),
        created_at: may("createdate"),
        closed_at: may("closedate"),
        modified_at: may("hs_lastmodifieddate"),
        deal_type: may("dealtype"),
        forecast_category: may("hs_manual_forecast_category", {recode: CATEGORY}),
        lead_source: may("hs_analytics_source"),
        campaign_id: may("hs_campaign"),
        next_step: may("hs_next_step"),
        last_activity_at: may("notes_last_contacted"),
        loss_reason: may("closed_lost_reason"),
        is_deleted: may("is_deleted")
      },
      rows_unless: {_fivetran_deleted: LIVE._fivetran_deleted}
    },
    {
      table: "deal_merge",
      columns: {deal_id: must("hs_object_id"), merged_ids: may("hs_merged_object_ids")},
      rows_with: ["hs_merged_object_ids"]
    },
    ...pipelines.flatMap(({stages}) => stages.map(({id}) => stageClock(id)))
  ],
  note: "Stage clocks give each stage's latest entry; with a property history they only repeat it."
});

/** hs_v2_date_entered_<stage>: when the deal last entered the stage. */
function stageClock(stage: string): ObjectMap {
  const header = `${V2_ENTERED}${stage}`;
  return {
    table: "deal_event",
    columns: {
      deal_id: must("hs_object_id"),
      at: may(header),
      field: always("stage_id"),
      new_value: always(stage)
    },
    rows_with: [header]
  };
}

const PROPERTIES = {
  dealstage: "stage_id",
  pipeline: "pipeline_id",
  amount: "amount",
  deal_currency_code: "currency",
  hubspot_owner_id: "owner_id",
  hs_next_step: "next_step"
};

const HISTORY_LABELS = {
  name: ["property", "Property", "property_name"],
  value: ["Value", "property_value"],
  timestamp: ["Timestamp", "timestamp_instant", "Date"],
  deal_id: ["dealId", "Record ID", "hs_object_id"],
  source_id: ["sourceId", "updatedByUserId"]
};

export const dealPropertyHistory = hubspotObject({
  id: "deal_property_history",
  tells: ["deal_id", "name", "value", "timestamp"],
  tellsNot: ["dealname", "company_id", "contact_id", "ticket_id"],
  labels: HISTORY_LABELS,
  maps: (): ObjectMap[] => {
    const logged = {deal_id: must("deal_id"), at: must("timestamp"), actor_id: may("source_id")};
    return [
      {
        table: "deal_event",
        columns: {...logged, field: must("name", {recode: PROPERTIES}), new_value: may("value")},
        rows_where: {name: Object.keys(PROPERTIES)}
      },
      {
        table: "deal_event",
        columns: {...logged, field: always("close_on"), new_value: may("value", {date: "local"})},
        rows_where: {name: ["closedate"]}
      },
      {
        table: "deal_event",
        columns: {...logged, field: always("forecast_category"), new_value: may("value", {recode: CATEGORY})},
        rows_where: {name: ["hs_manual_forecast_category"]}
      }
    ];
  },
  note: "Other properties are not tracked."
});

export const dealStage = hubspotObject({
  id: "deal_stage",
  tells: ["deal_id", "date_entered", "value"],
  maps: (): ObjectMap[] => [
    {
      table: "deal_event",
      columns: {
        deal_id: must("deal_id"),
        at: must("date_entered"),
        field: always("stage_id"),
        new_value: must("value")
      },
      rows_with: ["value"]
    }
  ],
  note: "With a property history of dealstage it repeats it, which changes nothing."
});

export const dealCompany = hubspotObject({
  id: "deal_company",
  tells: ["deal_id", "company_id"],
  tellsNot: ["engagement_id", "dealname", "name"],
  maps: (): ObjectMap[] => [
    {
      table: "deal_account",
      columns: {deal_id: must("deal_id"), account_id: must("company_id")},
      distinct: true,
      // Associations that the account has named itself are of partners, consultants, sites; not of the customer.
      rows_unless: {...LIVE, category: ["USER_DEFINED", "INTEGRATOR_DEFINED"]}
    }
  ],
  note: "The customer's association only; for partners map the types the account has named, as csv."
});

export const dealContact = hubspotObject({
  id: "deal_contact",
  tells: ["deal_id", "contact_id"],
  tellsNot: ["engagement_id", "dealname", "name"],
  maps: (): ObjectMap[] => [
    {
      table: "deal_contact",
      columns: {deal_id: must("deal_id"), contact_id: must("contact_id"), role: may("category")},
      distinct: true,
      rows_unless: LIVE
    }
  ]
});

export const mergedDeals = hubspotObject({
  id: "merged_deal",
  tells: ["deal_id", "merged_deal_id"],
  maps: (): ObjectMap[] => [
    {table: "deal_merge", columns: {deal_id: must("deal_id"), merged_ids: must("merged_deal_id")}}
  ],
  note: "A merged deal is its survivor's double and counts nowhere."
});

/** Read by `weir init` for the stages of workspace.yaml; it fills no table. */
export const pipelineStages = hubspotObject({
  id: "deal_pipeline_stage",
  tells: ["stage_id", "pipeline_id", "label", "closed_won"],
  lists: "stages",
  maps: (): ObjectMap[] => [],
  note: "Stages are declared in workspace.yaml; this is where they came from."
});

export const lineItems = hubspotObject({
  id: "line_items",
  tells: ["deal_id", "quantity", "price", "amount"],
  labels: {hs_sku: ["SKU", "hs_product_id", "product_id"], deal_id: ["Associated Deal IDs"]},
  maps: (): ObjectMap[] => [
    {
      table: "deal_line",
      columns: {
        deal_id: must("deal_id"),
        product_id: must("hs_sku"),
        quantity: may("quantity"),
        amount: may("amount", {round: true}),
        list_price: may("price", {round: true})
      },
      rows_unless: LIVE
    }
  ]
});

export const products = hubspotObject({
  id: "products",
  tells: ["hs_sku", "name", "price"],
  tellsNot: ["deal_id", "quantity"],
  labels: {hs_sku: ["SKU"], name: ["Name"], price: ["Unit price"], hs_product_type: ["Product Type", "kind"]},
  maps: (): ObjectMap[] => [
    {
      table: "product",
      columns: {
        product_id: must("hs_sku"),
        name: may("name"),
        family: may("hs_folder_name"),
        kind: may("hs_product_type"),
        list_price: may("price", {round: true})
      },
      rows_unless: LIVE
    }
  ]
});

export const engagements = hubspotObject({
  id: "engagements",
  tells: ["engagement_id", "deal_id", "hs_timestamp"],
  maps: (): ObjectMap[] => [
    {
      table: "activity",
      columns: {deal_id: must("deal_id"), at: must("hs_timestamp"), kind: may("type")},
      rows_with: ["deal_id", "hs_timestamp"],
      rows_unless: LIVE
    }
  ]
});
