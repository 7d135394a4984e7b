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
  labels: {owner_id: ["ownerId"], first_name: ["firstName"], last_name: ["lastName"]},
  maps: (): ObjectMap[] => [
    {
      table: "person",
      columns: {person_id: must("owner_id"), name: may("first_name", {and: "last_name"}), team: may("team")}
    }
  ]
});
