import {always, may, must, type ObjectMap, type SourceObject, type SourceSystem} from "../sourceSystem.ts";

const spelled =
  (spellings: Record<string, readonly string[]>): SourceObject["spellings"] =>
  (header) =>
    spellings[header] ?? [];

/** A partner by its id, else by its name, as people write it over a column. */
const PARTNER = [
  "Partner ID",
  "Partner Account ID",
  "Partner Account Name",
  "Partner Account",
  "Partner Name",
  "Partner Company",
  "Partner"
];

/** The table to ask any portal for; also what synthetic data is written in. */
export const registrations: SourceObject = {
  id: "registrations",
  tells: ["registration_id", "partner_id", "end_customer_name"],
  spellings: spelled({
    registration_id: [
      "Registration ID",
      "Deal Registration ID",
      "Deal Registration Number",
      "Registration Number"
    ],
    partner_id: PARTNER,
    partner_crm_id: ["partner_id", ...PARTNER],
    partner_name: ["Partner Name", "Partner Account Name", "Partner Company"],
    partner_tier: ["Partner Tier", "Partner Level"],
    partner_type: ["Partner Type"],
    end_customer_name: [
      "End Customer Name",
      "End Customer",
      "Customer Company Name",
      "Customer Company",
      "Customer Name",
      "Customer",
      "Company Name",
      "Account Name"
    ],
    end_customer_domain: ["End Customer Website", "Customer Website", "Company Website", "Website"],
    country: ["Customer Country", "Country"],
    product_line: ["product", "Product Line", "Product Interest", "Product"],
    estimated_amount: ["Estimated Amount", "Estimated Deal Value", "Estimated Value", "Deal Value", "Amount"],
    currency: ["Currency"],
    expected_close_date: ["expected_close_on", "Expected Close Date", "Estimated Close Date", "Close Date"],
    submitted_at: [
      "Submitted Date",
      "Submission Date",
      "Date Submitted",
      "Registration Date",
      "Created Date"
    ],
    decided_at: ["Decision Date", "Approval Date", "Approved Date"],
    status: ["Status", "Registration Status", "Approval Status"],
    reject_reason: ["Rejection Reason", "Reject Reason"],
    expires_at: ["Expiration Date", "Expiry Date"],
    crm_opportunity_id: ["deal_id", "opportunity_id", "CRM Opportunity ID", "Opportunity ID", "CRM ID"]
  }),
  maps: (): ObjectMap[] => [
    {
      table: "registration",
      columns: {
        registration_id: must("registration_id"),
        partner_id: must("partner_crm_id", {short_id: true}),
        partner_name: may("partner_name"),
        partner_tier: may("partner_tier"),
        partner_kind: may("partner_type"),
        end_customer_name: may("end_customer_name"),
        end_customer_domain: may("end_customer_domain"),
        country: may("country"),
        product: may("product_line"),
        estimated_amount: may("estimated_amount", {round: true}),
        currency: may("currency"),
        expected_close_on: may("expected_close_date"),
        submitted_at: may("submitted_at"),
        decided_at: may("decided_at"),
        status: may("status"),
        reject_reason: may("reject_reason"),
        expires_at: may("expires_at"),
        converted_at: may("converted_at"),
        deal_id: may("crm_opportunity_id", {short_id: true})
      }
    }
  ],
  note: "Partners that no other export lists are known by the name here. partner_crm_id, the partner's account in the CRM, is taken before partner_id."
};

export const partnerStackDeals: SourceObject = {
  id: "partnerstack_deals",
  tells: ["key", "partner_key", "account_name", "amount", "stage_key"],
  spellings: spelled({account_name: ["company_name"]}),
  maps: (): ObjectMap[] => [
    {
      table: "registration",
      columns: {
        registration_id: must("key"),
        partner_id: must("partner_key"),
        end_customer_name: may("account_name"),
        estimated_amount: may("amount", {divide_by: 100}),
        currency: may("currency"),
        expected_close_on: may("close_date"),
        submitted_at: may("created_at"),
        status: may("stage_key"),
        reject_reason: may("lost_reason"),
        deal_id: may("external_key", {short_id: true})
      }
    }
  ],
  note: "Amounts are in cents."
};

export const channeltivity: SourceObject = {
  id: "channeltivity_registrations",
  tells: ["Deal Registration ID", "Registration Status", "Expiration Date"],
  spellings: spelled({
    "Deal Registration ID": ["Deal ID", "ID"],
    "Partner ID": ["Partner Organization", "Partner", "Deal Owner"],
    "Company Name": ["End User", "Customer", "Account Name"],
    "Estimated Value": ["Amount", "Deal Value"],
    "Expected Close Date": ["Close Date"],
    "Created Date": ["Date Created", "Submitted Date"]
  }),
  maps: (): ObjectMap[] => [
    {
      table: "registration",
      columns: {
        registration_id: must("Deal Registration ID"),
        partner_id: must("Partner ID"),
        end_customer_name: may("Company Name"),
        country: may("Country"),
        product: may("Product"),
        estimated_amount: may("Estimated Value", {round: true}),
        currency: may("Currency"),
        expected_close_on: may("Expected Close Date"),
        submitted_at: may("Created Date"),
        decided_at: may("Approved Date"),
        status: may("Registration Status", {
          recode: {open: "pending", "pre-approved": "pending", denied: "rejected"}
        }),
        expires_at: may("Expiration Date"),
        deal_id: may("CRM ID", {short_id: true})
      }
    }
  ],
  note: "Channeltivity publishes no list of columns; names other than the statuses are what exports are known to carry."
};

export const awsAce: SourceObject = {
  id: "aws_ace_opportunities",
  tells: ["Id", "LifeCycle.Stage", "LifeCycle.ReviewStatus"],
  spellings: spelled({
    Id: ["Opportunity ID", "PartnerOpportunityIdentifier"],
    "Customer.Account.CompanyName": ["Customer Company Name", "Customer company name"],
    "LifeCycle.TargetCloseDate": ["TargetCloseDate", "Target Close Date"],
    "LifeCycle.Stage": ["Stage"],
    "LifeCycle.ReviewStatus": ["ReviewStatus", "Status"]
  }),
  maps: (): ObjectMap[] => [
    {
      table: "registration",
      columns: {
        registration_id: must("Id"),
        // The export is one partner's own: every row is theirs.
        partner_id: always("us"),
        end_customer_name: may("Customer.Account.CompanyName"),
        end_customer_domain: may("Customer.Account.WebsiteUrl"),
        country: may("Customer.Account.Address.CountryCode"),
        product: may("Project.Title"),
        estimated_amount: may("Project.ExpectedCustomerSpend.Amount", {round: true}),
        currency: may("Project.ExpectedCustomerSpend.CurrencyCode"),
        expected_close_on: may("LifeCycle.TargetCloseDate"),
        submitted_at: may("CreatedDate"),
        status: may("LifeCycle.ReviewStatus", {
          recode: {
            "Pending Submission": "draft",
            Submitted: "pending",
            "In review": "pending",
            "Action Required": "pending",
            Approved: "approved",
            Rejected: "rejected"
          }
        }),
        reject_reason: may("LifeCycle.ReviewStatusReason"),
        deal_id: may("PartnerOpportunityIdentifier", {short_id: true})
      }
    }
  ],
  note: "An export of one partner: set partner_id in columns. Review by AWS stands for the approval of a registration."
};

export const serviceNow: SourceObject = {
  id: "servicenow_registrations",
  tells: ["number", "channel_partner", "state", "estimated_deal_size"],
  spellings: spelled({
    number: ["Number"],
    channel_partner: ["Channel partner", "Channel Partner"],
    state: ["State"],
    account: ["Account"],
    estimated_deal_size: ["Estimated deal size"],
    estimated_close_date: ["Estimated close date"],
    sys_created_on: ["Created"]
  }),
  maps: (): ObjectMap[] => [
    {
      table: "registration",
      columns: {
        registration_id: must("number"),
        partner_id: must("channel_partner"),
        end_customer_name: may("account"),
        estimated_amount: may("estimated_deal_size", {round: true}),
        expected_close_on: may("estimated_close_date"),
        submitted_at: may("sys_created_on"),
        status: may("state", {
          recode: {
            "Pending approval": "pending",
            Submitted: "pending",
            "Under-review": "pending",
            Approved: "approved",
            Closed: "converted",
            Canceled: "withdrawn"
          }
        }),
        deal_id: may("opportunity", {short_id: true})
      }
    }
  ]
};

export const partnerList: SourceObject = {
  id: "partners",
  tells: ["partner_id", "partner_name", "partner_tier"],
  tellsNot: ["registration_id", "event_at", "kind"],
  spellings: spelled({partner_crm_id: ["partner_id"], manager_id: ["manager_owner_id"]}),
  maps: (): ObjectMap[] => [
    {
      table: "partner",
      columns: {
        partner_id: must("partner_crm_id", {short_id: true}),
        name: may("partner_name"),
        kind: may("partner_type"),
        tier: may("partner_tier"),
        region: may("region"),
        signed_on: may("signed_on"),
        onboarded_on: may("onboarded_on"),
        manager_id: may("manager_id")
      }
    }
  ]
};

export const partnerEvents: SourceObject = {
  id: "partner_events",
  tells: ["partner_id", "kind", "event_at"],
  spellings: spelled({event_at: ["at", "occurred_at"], partner_crm_id: ["partner_id"]}),
  maps: (): ObjectMap[] => [
    {
      table: "partner_event",
      columns: {
        partner_id: must("partner_crm_id", {short_id: true}),
        at: must("event_at"),
        kind: must("kind"),
        amount: may("amount", {round: true}),
        currency: may("currency"),
        n_people: may("n_people"),
        status: may("status"),
        deal_id: may("crm_opportunity_id", {short_id: true}),
        customer_name: may("end_customer_name")
      }
    }
  ],
  note: "Training, certification, market fund, co-sell meeting, payout."
};

/** Partner portals and co-sell systems; what other portals export is mapped like the generic registrations. */
export const partners: SourceSystem = {
  id: "partners",
  name: "Partner portal",
  objects: [registrations, partnerStackDeals, channeltivity, awsAce, serviceNow, partnerList, partnerEvents]
};
