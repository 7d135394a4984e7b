import {always, may, must, type ObjectMap, type SourceObject, type SourceSystem} from "../sourceSystem.ts";
import {CURRENCY, OPPORTUNITY_LABELS, STATE} from "./labels.ts";

/** Option-set numbers of a standard organisation; labels stay as they are. */
const SALES_STAGE = {"0": "Qualify", "1": "Develop", "2": "Propose", "3": "Close"};
const FORECAST_CATEGORY = {
  "100000001": "pipeline",
  "100000002": "best_case",
  "100000003": "commit",
  "100000004": "omitted",
  "100000005": "closed",
  "100000006": "omitted",
  Committed: "commit",
  Won: "closed",
  Lost: "omitted"
};
/** statecode says the outcome; the stage of a closed opportunity is where it stood last, so won and lost are stages. */
function opportunitiesIn(state: keyof typeof STATE): ObjectMap {
  const isOpen = state === "open";
  return {
    table: "deal",
    columns: {
      deal_id: must("opportunityid"),
      name: may("name"),
      account_id: may("parentaccountid"),
      owner_id: may("ownerid"),
      stage_id: isOpen ? must("stepname", {recode: SALES_STAGE}) : always(state),
      amount: may(state === "won" ? "actualvalue" : "estimatedvalue", {round: true}),
      currency: may("isocurrencycode", {recode: CURRENCY}),
      close_on: may(isOpen ? "estimatedclosedate" : "actualclosedate", {date: "local"}),
      created_at: may("createdon"),
      ...(isOpen ? {} : {closed_at: may("actualclosedate")}),
      forecast_category: may("msdyn_forecastcategory", {recode: FORECAST_CATEGORY}),
      campaign_id: may("campaignid")
    },
    rows_where: {statecode: STATE[state]}
  };
}

export const opportunity: SourceObject = {
  id: "opportunity",
  tells: ["opportunityid", "name", "statecode", "estimatedvalue"],
  spellings: (header) => OPPORTUNITY_LABELS[header] ?? [],
  statuses: {header: "statecode", words: STATE},
  maps: (): ObjectMap[] => (["open", "won", "lost"] as const).map(opportunitiesIn),
  note: "Won and lost are states in Dynamics: declare stages won and lost. The currency is a reference; export its ISO code or name."
};

export const audit: SourceObject = {
  id: "audit",
  tells: ["objectid", "changedata", "createdon"],
  spellings: (header) =>
    ({objectid: ["_objectid_value"], userid: ["_userid_value"]})[header as "objectid"] ?? [],
  maps: (): ObjectMap[] => [
    {
      table: "deal_audit",
      columns: {
        deal_id: must("objectid"),
        at: must("createdon"),
        changes: must("changedata"),
        actor_id: may("userid")
      },
      rows_with: ["changedata"]
    }
  ],
  note: "changedata is JSON with old and new values; salesstage, estimatedvalue, estimatedclosedate, ownerid and statecode are read."
};

export const stageProcess: SourceObject = {
  id: "stage_process",
  tells: ["opportunityid", "stagename", "enteredon"],
  spellings: (header) =>
    ({
      opportunityid: ["bpf_opportunityid", "_bpf_opportunityid_value"],
      stagename: ["activestagename", "activestageid"],
      enteredon: ["activestagestartedon"]
    })[header as "opportunityid"] ?? [],
  maps: (): ObjectMap[] => [
    {
      table: "deal_event",
      columns: {
        deal_id: must("opportunityid"),
        at: must("enteredon"),
        field: always("stage_id"),
        new_value: must("stagename")
      }
    }
  ],
  note: "Used only without the audit log.",
  yieldsTo: ["audit"]
};

export const account: SourceObject = {
  id: "account",
  tells: ["accountid", "name"],
  tellsNot: ["opportunityid"],
  spellings: (header) =>
    ({
      accountid: ["(Do Not Modify) Account"],
      name: ["Account Name"],
      address1_country: ["Address 1: Country/Region"],
      industrycode: ["Industry"]
    })[header as "name"] ?? [],
  maps: (): ObjectMap[] => [
    {
      table: "account",
      columns: {
        account_id: must("accountid"),
        name: may("name"),
        domain: may("websiteurl"),
        industry: may("industrycode"),
        country: may("address1_country"),
        n_employees: may("numberofemployees"),
        annual_revenue: may("revenue", {round: true}),
        created_at: may("createdon")
      }
    }
  ]
};

export const systemuser: SourceObject = {
  id: "systemuser",
  tells: ["systemuserid", "fullname"],
  spellings: () => [],
  maps: (): ObjectMap[] => [
    {
      table: "person",
      columns: {
        person_id: must("systemuserid"),
        name: may("fullname"),
        team: may("businessunit"),
        role: may("title")
      }
    }
  ]
};

/** Dynamics 365 / Dataverse: logical names, labels of exports, option-set numbers. */
export const dynamics: SourceSystem = {
  id: "dynamics",
  name: "Dynamics 365",
  objects: [opportunity, audit, stageProcess, account, systemuser]
};
