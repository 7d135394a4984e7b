import {may, must, type ObjectMap} from "../sourceSystem.ts";
import {id, LIVE, mayId, salesforceObject} from "./fields.ts";

export const account = salesforceObject({
  id: "Account",
  tells: ["Id", "Name", "Industry"],
  tellsNot: ["Company", "StageName", "IsConverted", "LastName"],
  labels: {
    Id: ["Account ID", "Account Id"],
    Name: ["Account Name"],
    NumberOfEmployees: ["Employees", "number_of_employees"],
    AnnualRevenue: ["Annual Revenue"],
    BillingCountry: ["Billing Country", "BillingCountryCode", "billing_country_code"],
    ParentId: ["Parent Account ID"],
    CreatedDate: ["Created Date"]
  },
  maps: (): ObjectMap[] => [
    {
      table: "account",
      columns: {
        account_id: id("Id"),
        name: may("Name"),
        domain: may("Website"),
        industry: may("Industry"),
        country: may("BillingCountry"),
        n_employees: may("NumberOfEmployees"),
        annual_revenue: may("AnnualRevenue", {round: true}),
        parent_account_id: mayId("ParentId"),
        is_partner: may("IsPartner"),
        created_at: may("CreatedDate")
      },
      rows_unless: LIVE
    },
    {
      table: "partner",
      columns: {
        partner_id: id("Id"),
        name: may("Name"),
        kind: may("Type"),
        tier: may("ChannelProgramLevelName"),
        manager_id: mayId("OwnerId")
      },
      rows_with: ["IsPartner"],
      rows_unless: {...LIVE, IsPartner: ["false", "FALSE", "False", "0"]}
    }
  ],
  note: "Accounts with IsPartner are partners too."
});

export const user = salesforceObject({
  id: "User",
  tells: ["Id", "Username"],
  labels: {Id: ["User ID"], ManagerId: ["Manager ID"], UserRoleId: ["Role"]},
  maps: (): ObjectMap[] => [
    {
      table: "person",
      columns: {
        person_id: id("Id"),
        name: may("Name"),
        team: may("Department"),
        manager_id: mayId("ManagerId"),
        role: may("Title")
      },
      rows_unless: {_fivetran_deleted: LIVE._fivetran_deleted, _fivetran_active: LIVE._fivetran_active}
    }
  ],
  note: "People who left stay: their deals are theirs."
});

export const campaign = salesforceObject({
  id: "Campaign",
  tells: ["Id", "Name", "ActualCost"],
  labels: {
    Id: ["Campaign ID"],
    Name: ["Campaign Name"],
    StartDate: ["Start Date"],
    EndDate: ["End Date"],
    BudgetedCost: ["Budgeted Cost in Campaign", "Budgeted Cost"],
    ActualCost: ["Actual Cost in Campaign", "Actual Cost"]
  },
  maps: (): ObjectMap[] => [
    {
      table: "campaign",
      columns: {
        campaign_id: id("Id"),
        name: may("Name"),
        kind: may("Type"),
        region: may("Region__c"),
        starts_on: may("StartDate"),
        ends_on: may("EndDate"),
        budget: may("BudgetedCost", {round: true}),
        cost: may("ActualCost", {round: true}),
        currency: may("CurrencyIsoCode")
      },
      rows_unless: LIVE
    }
  ]
});

export const campaignMember = salesforceObject({
  id: "CampaignMember",
  tells: ["Id", "CampaignId", "Status"],
  tellsNot: ["StageName", "Company"],
  maps: (): ObjectMap[] => [
    {
      table: "touch",
      columns: {
        touch_id: id("Id"),
        at: must("FirstRespondedDate"),
        campaign_id: mayId("CampaignId"),
        person: mayId("ContactId"),
        lead_id: mayId("LeadId"),
        account_id: mayId("AccountId")
      },
      rows_with: ["FirstRespondedDate"],
      rows_unless: LIVE
    }
  ],
  note: "A member who never responded was sent something; that is no touch."
});

export const lead = salesforceObject({
  id: "Lead",
  tells: ["Id", "Company", "IsConverted"],
  labels: {
    Id: ["Lead ID"],
    LeadSource: ["Lead Source"],
    CreatedDate: ["Created Date"],
    ConvertedDate: ["Converted Date"]
  },
  maps: (): ObjectMap[] => [
    {
      table: "lead",
      columns: {
        lead_id: id("Id"),
        created_at: may("CreatedDate"),
        source: may("LeadSource"),
        account: may("Company"),
        status: may("Status"),
        converted_at: may("ConvertedDate"),
        deal_id: mayId("ConvertedOpportunityId")
      },
      rows_unless: LIVE
    }
  ]
});

export const forecastingQuota = salesforceObject({
  id: "ForecastingQuota",
  tells: ["QuotaOwnerId", "QuotaAmount", "StartDate"],
  maps: (): ObjectMap[] => [
    {
      table: "quota",
      columns: {
        person_id: id("QuotaOwnerId"),
        starts_on: must("StartDate"),
        ends_on: must("EndDate"),
        amount: must("QuotaAmount", {round: true}),
        currency: may("CurrencyIsoCode")
      },
      rows_with: ["QuotaAmount"]
    }
  ],
  note: "A quota names only its first day: export the period's EndDate too, or declare ends_on with last_of_months."
});

export const datedConversionRate = salesforceObject({
  id: "DatedConversionRate",
  tells: ["IsoCode", "StartDate", "ConversionRate"],
  maps: (): ObjectMap[] => [
    {
      table: "fx_rate",
      columns: {
        currency: must("IsoCode"),
        on: must("StartDate"),
        rate: must("ConversionRate", {invert: true})
      }
    }
  ],
  note: "Salesforce quotes units of the currency for one of the corporate currency; the rate is its inverse."
});

/** Read by `weir init` for the stages of workspace.yaml; it fills no table. */
export const opportunityStage = salesforceObject({
  id: "OpportunityStage",
  tells: ["MasterLabel", "SortOrder", "IsClosed", "IsWon"],
  lists: "stages",
  maps: (): ObjectMap[] => [],
  note: "Stages are declared in workspace.yaml; this is where they came from."
});

export const contact = salesforceObject({
  id: "Contact",
  tells: ["Id", "LastName", "AccountId", "Email"],
  tellsNot: ["Company", "Username", "StageName"],
  maps: (): ObjectMap[] => [],
  note: "persons at customers are not loaded; what they did comes from campaign members and contact roles"
});
