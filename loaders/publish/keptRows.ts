/**
 * Which rows of the canonical tables a narrowed database holds: conditions over `source` (the whole firm's exports) and `firm` (its built
 * warehouse), which tells whose a deal is. Everything hangs on the kept deals; what belongs to no deal is the whole firm's, and goes.
 */
import type {Engine} from "../engine/engine.ts";
import {identifier, literal} from "../engine/sqlText.ts";
import {isOutside} from "../workspace/audienceSchema.ts";
import type {CanonicalTableName} from "../workspace/canonicalTables.ts";
import type {Allowed} from "./allowedColumns.ts";
import {keptSql, ownPartners, type PublishedSite} from "./publishedSites.ts";

/** Fields of a log that name another record. */
const REFERRING = {owner_id: "person", account_id: "account", campaign_id: "campaign"} as const;

/** The kept keys, each a temporary table of one column `id`. */
type Keys =
  | "deal"
  | "account"
  | "person"
  | "product"
  | "campaign"
  | "lead"
  | "partner"
  | "registration"
  | "order";

/** Whether some of the firm's deals are left out. */
export function isRestricted({filters}: Pick<PublishedSite, "filters">): boolean {
  return filters.length > 0;
}

/** Makes the tables `kept_<key>` anew. */
export async function findKept(engine: Engine, site: PublishedSite, allowed: Allowed): Promise<void> {
  const restricted = isRestricted(site);
  const outside = isOutside(site.audience);
  const own = ownPartners(site).map(literal).join(", ") || "null";
  const has = (table: CanonicalTableName, column: string) => allowed.get(table)!.has(column);
  const keep = (key: Keys, ...parts: (string | false)[]) =>
    engine.run(
      `create or replace temp table kept_${key} as select distinct id::varchar as id from (${parts.filter(Boolean).join(" union all ")}) as named(id) where id is not null`
    );
  const of = (table: CanonicalTableName, column: string, where: string) =>
    has(table, column) &&
    `select ${identifier(column)} from source.${identifier(table)} as told where ${where}`;
  const all = (table: CanonicalTableName, column: string) =>
    `select ${identifier(column)} from source.${identifier(table)}`;

  // Deals of which there is only a log are of no slice.
  await keep(
    "deal",
    restricted
      ? `select deal_id from firm.marts.deals as deal where ${keptSql(site)}`
      : `${all("deal", "deal_id")} union all ${all("deal_event", "deal_id")}`
  );
  const ofDeal = `deal_id in (from kept_deal)`;
  // A partner sees all it registered itself, also what was refused; a region's people what became of their deals.
  await keep(
    "registration",
    !restricted
      ? all("registration", "registration_id")
      : outside
        ? `select registration_id from source.registration where partner_id in (${own})`
        : "select registration_id from firm.workspace.registration_match where match_status = 'matched' and deal_id in (from kept_deal)"
  );
  await keep(
    "order",
    restricted
      ? `select order_id from firm.marts.orders where ${ofDeal} union all ${all("order", "order_id")} where ${ofDeal}`
      : all("order", "order_id")
  );
  const ofOrder = "order_id in (from kept_order)";
  await keep("lead", restricted ? `${all("lead", "lead_id")} where ${ofDeal}` : all("lead", "lead_id"));
  if (!restricted) {
    for (const key of ["account", "person", "product", "campaign", "partner"] as const)
      await keep(key, all(key, `${key}_id`));
    return;
  }
  await keep(
    "account",
    of("deal", "account_id", ofDeal) || "select null",
    // Also of deals whose customer the firm knows by another way than their column.
    has("deal", "account_id") && `select account_id from firm.intermediate.int_deal where ${ofDeal}`,
    of("order", "account_id", ofOrder),
    of("subscription", "account_id", ofDeal)
  );
  await keep(
    "partner",
    outside
      ? `select unnest([${own}])`
      : `select partner_id from source.deal_partner where ${ofDeal}
         union all select partner_id from source.registration where registration_id in (from kept_registration)
         union all select partner_id from source.partner_event where ${ofDeal}`
  );
  await keep(
    "campaign",
    of("deal", "campaign_id", ofDeal) || "select null",
    of("lead", "campaign_id", "lead_id in (from kept_lead)"),
    of("touch", "campaign_id", keptTouches)
  );
  await keep(
    "product",
    of("deal_line", "product_id", ofDeal) || "select null",
    of("order_line", "product_id", ofOrder),
    of("subscription", "product_id", ofDeal)
  );
  const event = `source.deal_event where ${ofDeal}`;
  const actors = `select actor_id from ${event}`;
  await keep(
    "person",
    of("deal", "owner_id", ofDeal) || "select null",
    has("deal", "owner_id") && `select trim(old_value) from ${event} and field = 'owner_id'`,
    has("deal", "owner_id") && `select trim(new_value) from ${event} and field = 'owner_id'`,
    has("deal_event", "actor_id") && actors,
    // Some systems log changes under a user's id, not the person's.
    has("deal_event", "actor_id") && `select person_id from source.person where user_id in (${actors})`,
    of("partner", "manager_id", "partner_id in (from kept_partner)")
  );
}

/** Touches count for the deal that the firm's warehouse found for them. */
const keptTouches = `told.source_file || ':' || told.source_record in (
  select touch_key from firm.intermediate.int_touch where deal_id in (from kept_deal))`;

/** The condition for a table's rows; null when it is no condition. `false` where nothing of it is published. */
export function keptWhere(table: CanonicalTableName, site: PublishedSite): string | null {
  if (!isRestricted(site)) return null;
  const outside = isOutside(site.audience);
  const within = (column: string, key: Keys) => `${identifier(column)} in (from kept_${key})`;
  const rules: Record<CanonicalTableName, string> = {
    account: within("account_id", "account"),
    person: within("person_id", "person"),
    // Of everybody, or of teams: they say what the others are to bring.
    quota: "false",
    deal: within("deal_id", "deal"),
    deal_event: within("deal_id", "deal"),
    deal_line: within("deal_id", "deal"),
    deal_account: "false",
    deal_contact: within("deal_id", "deal"),
    deal_merge: "false",
    deal_audit: "false",
    product: within("product_id", "product"),
    activity: within("deal_id", "deal"),
    lead: within("lead_id", "lead"),
    campaign: within("campaign_id", "campaign"),
    // What a campaign cost was spent on everybody's deals.
    campaign_cost: "false",
    touch: keptTouches,
    partner: within("partner_id", "partner"),
    partner_event: outside
      ? within("partner_id", "partner")
      : `told.source_file || ':' || told.source_record in (
           select event_key from firm.intermediate.int_partner_event where deal_id in (from kept_deal))`,
    registration: within("registration_id", "registration"),
    deal_partner: `${within("deal_id", "deal")}${outside ? ` and ${within("partner_id", "partner")}` : ""}`,
    subscription: within("deal_id", "deal"),
    order: within("order_id", "order"),
    order_line: within("order_id", "order"),
    order_milestone: within("order_id", "order"),
    bill_of_materials: "false",
    material: "false",
    stock: "false",
    purchase_order: "false",
    work_centre: "false",
    shipment: within("order_id", "order"),
    invoice: within("order_id", "order"),
    fx_rate: "true"
  };
  return rules[table];
}

/** Columns of kept rows that may name a record which is not kept: they are empty then. */
const NAMES_OTHERS: Partial<Record<CanonicalTableName, Record<string, Keys>>> = {
  account: {parent_account_id: "account"},
  person: {manager_id: "person"},
  deal: {account_id: "account", owner_id: "person", campaign_id: "campaign"},
  deal_event: {actor_id: "person"},
  lead: {campaign_id: "campaign"},
  touch: {deal_id: "deal", lead_id: "lead", account_id: "account", campaign_id: "campaign"},
  partner: {manager_id: "person"},
  partner_event: {deal_id: "deal"},
  registration: {deal_id: "deal"},
  subscription: {account_id: "account"},
  order: {deal_id: "deal", account_id: "account"}
};

/** How a column of a kept row is copied: as it is, or empty where it names what is left out. */
export function keptCell(table: CanonicalTableName, column: string, site: PublishedSite): string {
  const cell = `told.${identifier(column)}`;
  if (!isRestricted(site)) return cell;
  // What all deals cost or were planned to is no figure of these deals.
  if (table === "campaign" && (column === "budget" || column === "cost")) return "null";
  const key = NAMES_OTHERS[table]?.[column];
  // An actor may be known by the user's id.
  if (table === "deal_event" && column === "actor_id")
    return `case when ${cell} in (from kept_person) or ${cell} in (select user_id from source.person where person_id in (from kept_person)) then ${cell} end`;
  if (key) return `case when ${cell} in (from kept_${key}) then ${cell} end`;
  if (table === "deal_event" && (column === "old_value" || column === "new_value")) {
    const cases = Object.entries(REFERRING).map(
      ([field, kind]) =>
        `when ${literal(field)} then case when trim(${cell}) in (from kept_${kind}) then ${cell} end`
    );
    return `case told.field ${cases.join(" ")} else ${cell} end`;
  }
  return cell;
}
