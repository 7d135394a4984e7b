/**
 * Which columns say one thing twice: the name of a partner stands in the list of partners and in each of its registrations. One table of
 * it, read by the narrowing, by the refusal of what only seems hidden, and by what is said of a publication.
 */
import type {Audience} from "../workspace/audienceSchema.ts";
import type {CANONICAL_TABLES, CanonicalTableName} from "../workspace/canonicalTables.ts";

/** `table.column` of a canonical column. */
export type ColumnName = {
  [Table in CanonicalTableName]: `${Table}.${keyof (typeof CANONICAL_TABLES)[Table]["columns"] & string}`;
}[CanonicalTableName];

export interface Fact {
  /** What is said, in words. */
  fact: string;
  /** Where it is said, the record that it is of first; the others are copies. */
  said: readonly [ColumnName, ...ColumnName[]];
  /** What it can be told from, though it says something else: the lines of a deal add up to its amount, not the other way round. */
  told?: readonly ColumnName[];
}

/** No fact is said of `deal.stage_id`, without which a site has no deals. */
export const SAME_FACTS: readonly Fact[] = [
  {
    fact: "the customer's name",
    said: ["account.name", "registration.end_customer_name", "partner_event.customer_name", "lead.account"],
    // Deals are mostly named for their customer, domains nearly always.
    told: ["deal.name", "account.domain", "registration.end_customer_domain"]
  },
  {fact: "the customer's internet domain", said: ["account.domain", "registration.end_customer_domain"]},
  {fact: "the customer's country", said: ["account.country", "registration.country"]},
  {fact: "the customer's region", said: ["account.region"], told: ["account.country"]},
  {
    fact: "whose deal it is",
    said: ["deal.account_id", "order.account_id", "subscription.account_id", "deal_account.account_id"],
    told: [
      ...(["deal.name", "registration.end_customer_name", "registration.end_customer_domain"] as const),
      ...(["partner_event.customer_name", "lead.account", "touch.account_id"] as const)
    ]
  },
  {fact: "the partner's name", said: ["partner.name", "registration.partner_name"]},
  {fact: "the partner's kind", said: ["partner.kind", "registration.partner_kind"]},
  {fact: "the partner's tier", said: ["partner.tier", "registration.partner_tier"]},
  {
    fact: "which partner has a part in a deal",
    said: ["deal_partner.partner_id"],
    told: ["registration.partner_id", "partner_event.partner_id"]
  },
  // In some systems an e-mail address.
  {fact: "a person's name", said: ["person.name"], told: ["person.user_id"]},
  {
    fact: "who works on a deal",
    said: ["deal.owner_id"],
    told: ["deal_event.actor_id", "deal_audit.actor_id"]
  },
  {fact: "the product's name", said: ["product.name", "registration.product"]},
  {
    fact: "what is bought",
    said: ["deal_line.product_id", "order_line.product_id", "subscription.product_id"],
    told: ["registration.product"]
  },
  {fact: "how many are bought", said: ["deal_line.quantity", "order_line.quantity"]},
  {fact: "the list price", said: ["product.list_price", "deal_line.list_price"]},
  {
    fact: "a deal's amount",
    said: ["deal.amount"],
    told: [
      ...(["deal.recurring_amount", "deal_line.amount", "deal_line.list_price"] as const),
      ...(["registration.estimated_amount", "order.amount", "subscription.arr"] as const),
      // A payout by the programme's rate.
      "partner_event.amount"
    ]
  },
  {fact: "what a deal brings a year", said: ["deal.recurring_amount", "subscription.arr"]},
  {
    fact: "an order's amount",
    said: ["order.amount"],
    told: ["order_line.amount", "shipment.amount", "invoice.amount"]
  },
  {fact: "how long a contract runs", said: ["deal.term_months"], told: ["subscription.ends_on"]},
  {fact: "when a deal is to close", said: ["deal.close_on"], told: ["registration.expected_close_on"]},
  // The log has the day of each stage.
  {fact: "when a deal began", said: ["deal.created_at"], told: ["deal_event.at", "activity.at"]},
  {
    fact: "when a deal was closed",
    said: ["deal.closed_at"],
    told: ["deal_event.at", "deal.modified_at", "order.ordered_on", "subscription.signed_on"]
  },
  {
    fact: "when somebody last worked on a deal",
    said: ["deal.last_activity_at"],
    told: ["activity.at"]
  },
  {fact: "where a deal came from", said: ["deal.lead_source", "lead.source"]},
  {
    fact: "the campaign behind a deal",
    said: ["deal.campaign_id"],
    told: ["lead.campaign_id", "touch.campaign_id"]
  },
  {fact: "a campaign's channel", said: ["campaign.channel", "touch.channel"]},
  {fact: "what a campaign cost", said: ["campaign.cost", "campaign_cost.cost"]},
  {
    fact: "how far an order is",
    said: ["order.status"],
    told: [
      ...(["order.cancelled_on", "order_milestone.actual_on"] as const),
      ...(["shipment.shipped_on", "shipment.delivered_on"] as const)
    ]
  },
  {fact: "when an order is promised for", said: ["order.promised_on"], told: ["order_milestone.planned_on"]}
];

/** What goes with the columns that an audience hides, unless `show` names it: all that says or tells the same, and what tells that. */
export function hiddenAlong({hide, show}: Pick<Audience, "hide" | "show">): ColumnName[] {
  const along = new Set<ColumnName>();
  const found = [...hide];
  for (let column = found.pop(); column !== undefined; column = found.pop())
    for (const {said, told = []} of SAME_FACTS.filter((fact) => fact.said[0] === column))
      for (const other of [...said.slice(1), ...told])
        if (!along.has(other) && !hide.includes(other) && !show.includes(other)) {
          along.add(other);
          found.push(other);
        }
  return [...along];
}

/** Facts of which an audience hides a copy, though the record that they are of says them still, with the copies. */
export function halfHidden({hide, show}: Pick<Audience, "hide" | "show">): {column: string; fact: Fact}[] {
  const hidden = [...hide, ...hiddenAlong({hide, show})];
  return SAME_FACTS.flatMap((fact) => {
    const [first, ...copies] = fact.said;
    if (hidden.includes(first) || show.includes(first)) return [];
    return copies.filter((column) => hide.includes(column)).map((column) => ({column, fact}));
  });
}
