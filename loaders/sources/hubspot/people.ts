import {may, must, type ObjectMap} from "../sourceSystem.ts";
import {hubspotObject, LIVE} from "./fields.ts";

export const companies = hubspotObject({
  id: "companies",
  tells: ["hs_object_id", "name", "industry"],
  tellsNot: ["dealname", "email", "StageName", "owner_id", "deal_id"],
  labels: {
    hs_object_id: ["Record ID", "company_id", "id"],
    name: ["Company name", "Name"],
    domain: ["Company Domain Name"],
    industry: ["Industry"],
    country: ["Country/Region", "Country"],
    numberofemployees: ["Number of Employees"],
    annualrevenue: ["Annual Revenue"],
    hs_parent_company_id: ["Parent Company ID"],
    createdate: ["Create Date"]
  },
  maps: (): ObjectMap[] => [
    {
      table: "account",
      columns: {
        account_id: must("hs_object_id"),
        name: may("name"),
        domain: may("domain"),
        industry: may("industry"),
        country: may("country"),
        n_employees: may("numberofemployees"),
        annual_revenue: may("annualrevenue", {round: true}),
        parent_account_id: may("hs_parent_company_id"),
        created_at: may("createdate")
      },
      rows_unless: LIVE
    }
  ]
});

export const contacts = hubspotObject({
  id: "contacts",
  tells: ["hs_object_id", "email", "firstname", "lastname"],
  tellsNot: ["dealname"],
  labels: {
    hs_object_id: ["Record ID", "contact_id", "id"],
    email: ["Email"],
    firstname: ["First Name"],
    lastname: ["Last Name"],
    company: ["Company Name", "Associated Company"],
    hs_analytics_source: ["Original Source Type", "Original Traffic Source"],
    hs_lead_status: ["Lead Status"],
    createdate: ["Create Date"]
  },
  maps: (): ObjectMap[] => [
    {
      table: "lead",
      columns: {
        lead_id: must("hs_object_id"),
        created_at: may("createdate"),
        source: may("hs_analytics_source"),
        account: may("company"),
        status: may("hs_lead_status")
      },
      rows_unless: LIVE
    }
  ],
  note: "HubSpot has contacts where others have leads."
});

export const owners = hubspotObject({
  id: "owners",
  tells: ["owner_id", "email", "last_name"],
  labels: {
    owner_id: ["ownerId"],
    user_id: ["userId", "active_user_id"],
    first_name: ["firstName"],
    last_name: ["lastName"]
  },
  maps: (): ObjectMap[] => [
    {
      table: "person",
      columns: {
        person_id: must("owner_id"),
        user_id: may("user_id"),
        name: may("first_name", {and: "last_name"}),
        team: may("team"),
        region: may("region"),
        role: may("role"),
        manager_id: may("manager_owner_id")
      }
    }
  ]
});

export const goals = hubspotObject({
  id: "goals",
  tells: ["hs_assignee_owner_id", "hs_start_date", "hs_end_date", "hs_target_amount"],
  maps: (): ObjectMap[] => [
    {
      table: "quota",
      columns: {
        person_id: must("hs_assignee_owner_id"),
        starts_on: must("hs_start_date", {date: "local"}),
        ends_on: must("hs_end_date", {date: "local"}),
        amount: must("hs_target_amount", {round: true}),
        currency: may("currency")
      }
    }
  ]
});

export const campaigns = hubspotObject({
  id: "campaigns",
  tells: ["hs_campaign_id", "hs_name"],
  labels: {hs_campaign_id: ["hs_object_id", "Campaign ID"], hs_name: ["Campaign name"]},
  maps: (): ObjectMap[] => [
    {
      table: "campaign",
      columns: {
        campaign_id: must("hs_campaign_id"),
        name: may("hs_name"),
        channel: may("channel"),
        kind: may("campaign_type"),
        region: may("region"),
        starts_on: may("hs_start_date", {date: "local"}),
        ends_on: may("hs_end_date", {date: "local"}),
        budget: may("hs_budget_items_sum_amount", {round: true}),
        cost: may("hs_spend_items_sum_amount", {round: true}),
        currency: may("hs_currency_code")
      }
    }
  ]
});
