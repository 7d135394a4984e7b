/**
 * The canonical tables that every source maps to (DESIGN.md, section 3), and the type of each column.
 * A source fills what it has; a column nobody maps is null.
 */
export const COLUMN_TYPES = [
  "id",
  "text",
  "money",
  "number",
  "integer",
  "ratio",
  "date",
  "timestamp",
  "boolean",
  "stage",
  "outcome",
  "category"
] as const;

export type ColumnType = (typeof COLUMN_TYPES)[number];

export interface CanonicalTable {
  /** The columns that identify a row; empty for logs, where equal rows are legal. */
  key: readonly string[];
  /** Columns a mapping must give. */
  required: readonly string[];
  columns: Readonly<Record<string, ColumnType>>;
}

export const CANONICAL_TABLES = {
  account: table(["account_id"], ["account_id"], {
    account_id: "id",
    name: "text",
    domain: "text",
    industry: "text",
    segment: "text",
    region: "text",
    country: "text",
    n_employees: "integer",
    annual_revenue: "money",
    parent_account_id: "id",
    is_partner: "boolean",
    created_at: "timestamp"
  }),
  person: table(["person_id"], ["person_id"], {
    person_id: "id",
    user_id: "id",
    name: "text",
    team: "text",
    region: "text",
    manager_id: "id",
    role: "text",
    starts_on: "date",
    ends_on: "date"
  }),
  quota: table(["person_id", "team", "starts_on", "ends_on"], ["starts_on", "ends_on", "amount"], {
    person_id: "id",
    team: "text",
    starts_on: "date",
    ends_on: "date",
    amount: "money",
    currency: "text"
  }),
  deal: table(["deal_id"], ["deal_id", "stage_id"], {
    deal_id: "id",
    name: "text",
    account_id: "id",
    owner_id: "id",
    pipeline_id: "id",
    stage_id: "stage",
    amount: "money",
    currency: "text",
    recurring_amount: "money",
    term_months: "integer",
    close_on: "date",
    created_at: "timestamp",
    closed_at: "timestamp",
    modified_at: "timestamp",
    outcome: "outcome",
    deal_type: "text",
    forecast_category: "category",
    lead_source: "text",
    campaign_id: "id",
    next_step: "text",
    last_activity_at: "timestamp",
    loss_reason: "text",
    is_deleted: "boolean",
    deleted_at: "timestamp"
  }),
  deal_event: table([], ["deal_id", "at", "field"], {
    deal_id: "id",
    at: "timestamp",
    field: "text",
    old_value: "text",
    new_value: "text",
    actor_id: "id",
    is_bulk: "boolean",
    is_assumed: "boolean"
  }),
  deal_line: table([], ["deal_id", "product_id"], {
    deal_id: "id",
    product_id: "id",
    quantity: "number",
    amount: "money",
    // Of one piece, before discounts, in the deal's currency.
    list_price: "money"
  }),
  deal_account: table(["deal_id", "account_id"], ["deal_id", "account_id"], {
    deal_id: "id",
    account_id: "id"
  }),
  deal_contact: table([], ["deal_id", "contact_id"], {
    deal_id: "id",
    contact_id: "id",
    role: "text",
    is_primary: "boolean",
    since_at: "timestamp"
  }),
  deal_merge: table([], ["deal_id", "merged_ids"], {deal_id: "id", merged_ids: "text"}),
  deal_audit: table([], ["deal_id", "at", "changes"], {
    deal_id: "id",
    at: "timestamp",
    changes: "text",
    actor_id: "id"
  }),
  product: table(["product_id"], ["product_id"], {
    product_id: "id",
    name: "text",
    family: "text",
    kind: "text",
    list_price: "money"
  }),
  activity: table([], ["deal_id", "at"], {deal_id: "id", at: "timestamp", kind: "text"}),
  lead: table(["lead_id"], ["lead_id"], {
    lead_id: "id",
    created_at: "timestamp",
    source: "text",
    campaign_id: "id",
    account: "text",
    status: "text",
    converted_at: "timestamp",
    deal_id: "id"
  }),
  campaign: table(["campaign_id"], ["campaign_id"], {
    campaign_id: "id",
    name: "text",
    channel: "text",
    kind: "text",
    // Of the accounts it is for, several apart by semicolons; empty for all.
    region: "text",
    starts_on: "date",
    ends_on: "date",
    budget: "money",
    cost: "money",
    currency: "text"
  }),
  campaign_cost: table([], ["campaign_id", "on", "cost"], {
    campaign_id: "id",
    on: "date",
    cost: "money",
    currency: "text"
  }),
  touch: table(["touch_id"], ["at"], {
    touch_id: "id",
    at: "timestamp",
    campaign_id: "id",
    channel: "text",
    person: "text",
    lead_id: "id",
    account_id: "id",
    deal_id: "id"
  }),
  partner: table(["partner_id"], ["partner_id"], {
    partner_id: "id",
    name: "text",
    kind: "text",
    tier: "text",
    region: "text",
    signed_on: "date",
    onboarded_on: "date",
    manager_id: "id"
  }),
  partner_event: table([], ["partner_id", "at", "kind"], {
    partner_id: "id",
    at: "timestamp",
    kind: "text",
    amount: "money",
    currency: "text",
    n_people: "integer",
    status: "text",
    deal_id: "id",
    customer_name: "text"
  }),
  registration: table(["registration_id"], ["registration_id", "partner_id"], {
    registration_id: "id",
    partner_id: "id",
    partner_name: "text",
    partner_tier: "text",
    partner_kind: "text",
    end_customer_name: "text",
    end_customer_domain: "text",
    country: "text",
    product: "text",
    estimated_amount: "money",
    currency: "text",
    expected_close_on: "date",
    submitted_at: "timestamp",
    decided_at: "timestamp",
    status: "text",
    reject_reason: "text",
    expires_at: "timestamp",
    converted_at: "timestamp",
    deal_id: "id"
  }),
  deal_partner: table(["deal_id", "partner_id", "role"], ["deal_id", "partner_id"], {
    deal_id: "id",
    partner_id: "id",
    role: "text",
    since_at: "timestamp",
    evidence: "text"
  }),
  subscription: table([], ["account_id", "starts_on", "arr"], {
    subscription_id: "id",
    account_id: "id",
    product_id: "id",
    signed_on: "date",
    starts_on: "date",
    // The last day it runs; empty where it runs until somebody ends it.
    ends_on: "date",
    // What a year of it brings.
    arr: "money",
    currency: "text",
    status: "text",
    deal_id: "id"
  }),
  order: table(["order_id"], ["order_id"], {
    order_id: "id",
    deal_id: "id",
    account_id: "id",
    ordered_on: "date",
    promised_on: "date",
    amount: "money",
    currency: "text",
    status: "text",
    // The day on which it was cancelled; of an order that stands, none.
    cancelled_on: "date"
  }),
  order_line: table([], ["order_id", "product_id"], {
    order_id: "id",
    line_id: "id",
    product_id: "id",
    quantity: "number",
    amount: "money"
  }),
  order_milestone: table(["order_id", "milestone"], ["order_id", "milestone"], {
    order_id: "id",
    milestone: "text",
    planned_on: "date",
    actual_on: "date"
  }),
  bill_of_materials: table(["product_id", "material_id"], ["product_id", "material_id", "quantity"], {
    product_id: "id",
    material_id: "id",
    quantity: "number",
    work_centre_id: "id",
    hours: "number"
  }),
  material: table(["material_id"], ["material_id"], {
    material_id: "id",
    name: "text",
    lead_time_days: "integer",
    // Not money in whole cents: a screw may cost a tenth of one.
    unit_cost: "number",
    // Of the unit cost; the base currency where none is said.
    currency: "text",
    is_stocked: "boolean"
  }),
  // What a count found: a row a material, site and day, more where batches or bins are counted apart (they add up).
  stock: table([], ["material_id", "on_hand"], {
    material_id: "id",
    site: "text",
    on_hand: "number",
    counted_on: "date"
  }),
  // Lines of orders placed with suppliers; no row has to be numbered, and a line in several deliveries is several rows.
  purchase_order: table([], ["material_id", "quantity"], {
    purchase_order_id: "id",
    line_id: "id",
    material_id: "id",
    quantity: "number",
    ordered_on: "date",
    due_on: "date",
    // Of the quantity, what has come so far; where only the day is told, all of it came then.
    received_quantity: "number",
    received_on: "date",
    status: "text"
  }),
  work_centre: table(["work_centre_id"], ["work_centre_id"], {
    work_centre_id: "id",
    name: "text",
    hours_per_week: "number"
  }),
  shipment: table(["shipment_id"], ["shipment_id", "order_id"], {
    shipment_id: "id",
    order_id: "id",
    shipped_on: "date",
    delivered_on: "date",
    amount: "money"
  }),
  invoice: table(["invoice_id"], ["invoice_id"], {
    invoice_id: "id",
    order_id: "id",
    invoiced_on: "date",
    amount: "money",
    currency: "text"
  }),
  fx_rate: table(["currency", "on"], ["currency", "on", "rate"], {
    currency: "text",
    on: "date",
    rate: "number"
  })
} as const satisfies Record<string, CanonicalTable>;

export type CanonicalTableName = keyof typeof CANONICAL_TABLES;

export const CANONICAL_TABLE_NAMES = Object.keys(CANONICAL_TABLES) as CanonicalTableName[];

/** One canonical table, widened so that its columns can be looked up by any name. */
export function canonicalTable(name: CanonicalTableName): CanonicalTable {
  return CANONICAL_TABLES[name];
}

function table<const Columns extends Readonly<Record<string, ColumnType>>>(
  key: readonly (keyof Columns & string)[],
  required: readonly (keyof Columns & string)[],
  columns: Columns
): CanonicalTable & {columns: Columns} {
  return {key, required, columns};
}
