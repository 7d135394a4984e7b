/** What the partner pages add up: origins of deals, the ledger of CRM and portal, registrations. */
import type {PartnerData} from "../../src/slices/partnerData.ts";
import type {Engine} from "../engine/engine.ts";
import {ownHouse} from "./audienceData.ts";
import {factTable} from "./factTable.ts";

const ORIGINS = ["deal", "origin", "origin_partner", "tier", "partner_kind", "since_on", "failed_tests"];
const LEDGER = [
  ...[
    "deal",
    "side",
    "class",
    "registration_id",
    "partner",
    "tier",
    "customer",
    "deal_name",
    "outcome",
    "state"
  ],
  ...["since_on", "portal_amount", "crm_amount", "crm_amount_counted", "evidence", "mend"]
];
const REGISTRATIONS = [
  ...["deal", "partner", "tier", "partner_kind", "partner_region", "product", "state", "reject_reason"],
  ...[
    "submitted_on",
    "decided_on",
    "is_approved",
    "decision_days",
    "has_rival",
    "estimated_amount_base",
    "outcome"
  ]
];
/** What a partner asks of each of its registrations. */
const OWN = [
  ...["registration_id", "customer", "state", "estimated_amount_base", "submitted_on", "decided_on"],
  ...["expires_on", "deal", "deal_name", "outcome"]
];

/** Reads the tables; all are empty for a workspace without partners. */
export async function partnersData(engine: Engine): Promise<PartnerData> {
  // The deal's row in deals.json, which is ordered by deal_id too.
  const nth =
    "(select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as deal from marts.deals) as nth";
  const origins = `(select origin.*, nth.deal from marts.deal_origins as origin inner join ${nth} using (deal_id)) as origins`;
  const ledger = `(select entry.*, nth.deal, coalesce(entry.account_name, registration.end_customer_name) as customer
    from ${ownHouse("marts.partner_ledger")} as entry
    left join ${nth} using (deal_id)
    left join marts.registrations as registration on registration.registration_id = entry.registration_id) as ledger`;
  // Two partners who registered the same deal are each other's rivals; a firm under two ids is not its own.
  const registrations = `(select registration.*, nth.deal, floor(registration.decision_hours / 24)::integer as decision_days,
      case when registration.deal_id is not null
        and count(distinct registration.firm_id) over (partition by registration.deal_id) > 1 then 1 else 0 end as has_rival
    from marts.registrations as registration left join ${nth} using (deal_id)) as registrations`;
  return {
    origins: await factTable(engine, origins, {columns: ORIGINS, orderBy: "deal"}),
    ledger: await factTable(engine, ledger, {
      columns: LEDGER,
      text: ["registration_id", "customer", "deal_name", "evidence"],
      orderBy: "entry_id"
    }),
    registrations: await factTable(engine, registrations, {
      columns: REGISTRATIONS,
      orderBy: "registration_id"
    }),
    own: await factTable(
      engine,
      `(select registration.* exclude (deal_name, outcome), nth.deal, registration.end_customer_name as customer,
          case when nth.deal is not null then registration.deal_name end as deal_name,
          case when nth.deal is not null then registration.outcome end as outcome
        from marts.registrations as registration left join ${nth} using (deal_id)
        where exists (select 1 from workspace.audience where is_restricted)) as own`,
      {columns: OWN, text: ["registration_id", "customer", "deal_name"], orderBy: "registration_id"}
    )
  };
}
