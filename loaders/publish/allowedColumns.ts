/**
 * Which canonical columns leave the firm's own site. The map is whole by its type: a new canonical column does not compile until
 * somebody has decided on it.
 */
import {isOutside} from "../workspace/audienceSchema.ts";
import {
  CANONICAL_TABLE_NAMES,
  type CANONICAL_TABLES,
  type CanonicalTableName,
  canonicalTable
} from "../workspace/canonicalTables.ts";
import type {Workspace} from "../workspace/schema.ts";
import type {PublishedSite} from "./publishedSites.ts";
import {hiddenColumns} from "./sameFacts.ts";

/**
 * Who gets a column: all audiences; those inside the firm; or none until `show` names it: free text, people of customers, addresses,
 * internet domains, links to the CRM's other records.
 */
type Reach = "all" | "inside" | "named";

export const REACH: {
  [Table in CanonicalTableName]: Record<keyof (typeof CANONICAL_TABLES)[Table]["columns"], Reach>;
} = {
  account: {
    account_id: "all",
    name: "all",
    domain: "named",
    industry: "all",
    segment: "all",
    region: "all",
    country: "all",
    n_employees: "inside",
    annual_revenue: "inside",
    parent_account_id: "inside",
    is_partner: "all",
    created_at: "inside"
  },
  person: {
    person_id: "all",
    // In some systems an e-mail address.
    user_id: "inside",
    name: "all",
    team: "all",
    region: "all",
    manager_id: "inside",
    role: "inside",
    starts_on: "inside",
    ends_on: "inside"
  },
  quota: {
    person_id: "inside",
    team: "inside",
    starts_on: "inside",
    ends_on: "inside",
    amount: "inside",
    currency: "inside"
  },
  deal: {
    deal_id: "all",
    name: "all",
    account_id: "all",
    owner_id: "all",
    pipeline_id: "all",
    stage_id: "all",
    amount: "all",
    currency: "all",
    recurring_amount: "all",
    term_months: "all",
    close_on: "all",
    created_at: "all",
    closed_at: "all",
    modified_at: "all",
    outcome: "all",
    deal_type: "all",
    // What the firm promises itself of a deal.
    forecast_category: "inside",
    lead_source: "inside",
    campaign_id: "inside",
    next_step: "named",
    last_activity_at: "all",
    loss_reason: "named",
    is_deleted: "all",
    deleted_at: "all"
  },
  deal_event: {
    deal_id: "all",
    at: "all",
    field: "all",
    // Only of fields whose column the audience gets.
    old_value: "all",
    new_value: "all",
    actor_id: "inside",
    is_bulk: "all",
    is_assumed: "all"
  },
  deal_line: {
    deal_id: "all",
    product_id: "all",
    quantity: "all",
    amount: "all",
    // Beside the amount it tells the discount.
    list_price: "inside"
  },
  // What the reading of exports has used up: links, merges, audit records as JSON.
  deal_account: {deal_id: "named", account_id: "named"},
  deal_merge: {deal_id: "named", merged_ids: "named"},
  deal_audit: {deal_id: "named", at: "named", changes: "named", actor_id: "named"},
  // People of the customer; an id may be an e-mail address.
  deal_contact: {
    deal_id: "named",
    contact_id: "named",
    role: "named",
    is_primary: "named",
    since_at: "named"
  },
  product: {product_id: "all", name: "all", family: "all", kind: "all", list_price: "inside"},
  activity: {deal_id: "all", at: "all", kind: "all"},
  lead: {
    lead_id: "inside",
    created_at: "inside",
    source: "inside",
    campaign_id: "inside",
    // A company's name as somebody typed it.
    account: "named",
    status: "inside",
    converted_at: "inside",
    deal_id: "inside"
  },
  campaign: {
    campaign_id: "inside",
    name: "inside",
    channel: "inside",
    kind: "inside",
    region: "inside",
    starts_on: "inside",
    ends_on: "inside",
    budget: "inside",
    cost: "inside",
    currency: "inside"
  },
  campaign_cost: {campaign_id: "inside", on: "inside", cost: "inside", currency: "inside"},
  touch: {
    touch_id: "inside",
    at: "inside",
    campaign_id: "inside",
    channel: "inside",
    person: "named",
    lead_id: "inside",
    account_id: "inside",
    deal_id: "inside"
  },
  partner: {
    partner_id: "all",
    name: "all",
    kind: "all",
    tier: "all",
    region: "all",
    signed_on: "all",
    onboarded_on: "all",
    manager_id: "inside"
  },
  partner_event: {
    partner_id: "all",
    at: "all",
    kind: "all",
    amount: "all",
    currency: "all",
    n_people: "all",
    status: "all",
    deal_id: "all",
    customer_name: "all"
  },
  registration: {
    registration_id: "all",
    partner_id: "all",
    partner_name: "all",
    partner_tier: "all",
    partner_kind: "all",
    end_customer_name: "all",
    end_customer_domain: "named",
    country: "all",
    product: "all",
    estimated_amount: "all",
    currency: "all",
    expected_close_on: "all",
    submitted_at: "all",
    decided_at: "all",
    status: "all",
    reject_reason: "named",
    expires_at: "all",
    converted_at: "all",
    deal_id: "all"
  },
  deal_partner: {deal_id: "all", partner_id: "all", role: "all", since_at: "all", evidence: "named"},
  subscription: {
    subscription_id: "all",
    account_id: "all",
    product_id: "all",
    signed_on: "all",
    starts_on: "all",
    ends_on: "all",
    arr: "all",
    currency: "all",
    status: "all",
    deal_id: "all"
  },
  order: {
    order_id: "all",
    deal_id: "all",
    account_id: "all",
    ordered_on: "all",
    promised_on: "all",
    amount: "all",
    currency: "all",
    status: "all",
    cancelled_on: "all"
  },
  order_line: {order_id: "all", line_id: "all", product_id: "all", quantity: "all", amount: "all"},
  order_milestone: {order_id: "all", milestone: "all", planned_on: "all", actual_on: "all"},
  bill_of_materials: {
    product_id: "inside",
    material_id: "inside",
    quantity: "inside",
    work_centre_id: "inside",
    hours: "inside"
  },
  material: {
    material_id: "inside",
    name: "inside",
    lead_time_days: "inside",
    unit_cost: "inside",
    currency: "inside",
    is_stocked: "inside"
  },
  stock: {material_id: "inside", site: "inside", on_hand: "inside", counted_on: "inside"},
  purchase_order: {
    purchase_order_id: "inside",
    line_id: "inside",
    material_id: "inside",
    quantity: "inside",
    ordered_on: "inside",
    due_on: "inside",
    received_quantity: "inside",
    received_on: "inside",
    status: "inside"
  },
  work_centre: {work_centre_id: "inside", name: "inside", hours_per_week: "inside"},
  shipment: {shipment_id: "all", order_id: "all", shipped_on: "all", delivered_on: "all", amount: "all"},
  invoice: {invoice_id: "all", order_id: "all", invoiced_on: "all", amount: "all", currency: "all"},
  fx_rate: {currency: "all", on: "all", rate: "all"}
};

export type Allowed = ReadonlyMap<CanonicalTableName, ReadonlySet<string>>;

/**
 * The columns of each table that a site gets, custom attributes (x_<name>) only where named. A table of which it may not have a required
 * column has none: its rows would mean nothing.
 */
export function allowedColumns(
  {audience}: Pick<PublishedSite, "audience">,
  {custom_attributes}: Pick<Workspace, "custom_attributes">
): Allowed {
  const hide = hiddenColumns(audience);
  return columnsFor({show: audience.show, hide, outside: isOutside(audience)}, custom_attributes);
}

/** The same of readers who are told what `show` names and not what `hide` does, which takes nothing along. */
export function columnsFor(
  {show, hide, outside}: {show: readonly string[]; hide: readonly string[]; outside: boolean},
  custom_attributes: Workspace["custom_attributes"]
): Allowed {
  return new Map(
    CANONICAL_TABLE_NAMES.map((table) => {
      const own = custom_attributes.filter((each) => each.table === table).map(({name}) => `x_${name}`);
      const isAllowed = (column: string) => {
        const name = `${table}.${column}`;
        if (hide.includes(name)) return false;
        const reach = (REACH[table] as Record<string, Reach>)[column] ?? "named";
        return show.includes(name) || reach === "all" || (reach === "inside" && !outside);
      };
      const allowed = [...Object.keys(canonicalTable(table).columns), ...own].filter(isAllowed);
      const isWhole = canonicalTable(table).required.every((column) => allowed.includes(column));
      return [table, new Set(isWhole ? allowed : [])];
    })
  );
}
