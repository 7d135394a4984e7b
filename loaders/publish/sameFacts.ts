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
  /** Where it is said, the record that it is of first; the others are copies, word for word. */
  said: readonly [ColumnName, ...ColumnName[]];
  /** What it can be told from, though it says something else: the lines of a deal add up to its amount, not the other way round. */
  told?: readonly ColumnName[];
}

/**
 * No fact is said of what cannot be hidden (hideProblems.ts). Not claimed: what somebody works out from two figures that are both shown (a
 * year's money from an amount and its months), and what the slice says by which a site's rows are chosen.
 */
export const SAME_FACTS: readonly Fact[] = [
  {
    fact: "the customer's name",
    said: ["account.name", "registration.end_customer_name", "partner_event.customer_name", "lead.account"],
    // Deals are mostly named for their customer, domains nearly always.
    told: ["deal.name", "account.domain", "registration.end_customer_domain"]
  },
  {fact: "the customer's internet domain", said: ["account.domain", "registration.end_customer_domain"]},
  {fact: "the customer's country", said: ["account.country"], told: ["registration.country"]},
  {fact: "the customer's region", said: ["account.region"], told: ["account.country"]},
  {
    fact: "whose deal it is",
    said: ["deal.account_id"],
    told: [
      ...(["order.account_id", "subscription.account_id", "deal_account.account_id"] as const),
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
  {fact: "the product's name", said: ["product.name"], told: ["registration.product"]},
  {
    fact: "what is bought",
    said: ["deal_line.product_id"],
    told: ["order_line.product_id", "subscription.product_id", "registration.product"]
  },
  {fact: "how many are bought", said: ["deal_line.quantity"], told: ["order_line.quantity"]},
  {fact: "the list price", said: ["product.list_price"], told: ["deal_line.list_price"]},
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
  {fact: "what a deal brings a year", said: ["deal.recurring_amount"], told: ["subscription.arr"]},
  {
    fact: "an order's amount",
    said: ["order.amount"],
    told: ["order_line.amount", "shipment.amount", "invoice.amount"]
  },
  {fact: "how long a contract runs", said: ["deal.term_months"], told: ["subscription.ends_on"]},
  {fact: "when a deal is to close", said: ["deal.close_on"], told: ["registration.expected_close_on"]},
  {
    fact: "when somebody last worked on a deal",
    said: ["deal.last_activity_at"],
    told: ["activity.at"]
  },
  {fact: "where a deal came from", said: ["deal.lead_source"], told: ["lead.source"]},
  {
    fact: "the campaign behind a deal",
    said: ["deal.campaign_id"],
    told: ["lead.campaign_id", "touch.campaign_id"]
  },
  {fact: "a campaign's channel", said: ["campaign.channel"], told: ["touch.channel"]},
  {fact: "what a campaign cost", said: ["campaign.cost"], told: ["campaign_cost.cost"]},
  {
    fact: "how far an order is",
    said: ["order.status"],
    told: [
      ...(["order.cancelled_on", "order_milestone.actual_on", "invoice.invoiced_on"] as const),
      // That there is a shipment at all says it has left: without the day it left there is none.
      ...(["shipment.shipped_on", "shipment.delivered_on"] as const)
    ]
  },
  {fact: "when an order is promised for", said: ["order.promised_on"], told: ["order_milestone.planned_on"]}
];

type Shown = Pick<Audience, "hide" | "show">;

/** What goes with the columns that an audience hides, unless `show` names it: all that says or tells the same, and what tells that. */
export function hiddenAlong({hide, show}: Shown): ColumnName[] {
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

/** All that an audience hides: what it names, and what goes along. */
export function hiddenColumns(audience: Shown): string[] {
  return [...audience.hide, ...hiddenAlong(audience)];
}

/** Facts of which an audience hides a copy, though the record that they are of says them still, with the copies. */
export function halfHidden(audience: Shown): {column: string; fact: Fact}[] {
  return besides(audience, ({said: [, ...copies]}) => copies);
}

/** Facts of which an audience hides what tells them, not what says them: that stays hidden, and the fact is told. */
export function toldStill(audience: Shown): {column: string; fact: Fact}[] {
  return besides(audience, ({told = []}) => told);
}

function besides(
  audience: Shown,
  columnsOf: (fact: Fact) => readonly ColumnName[]
): {column: string; fact: Fact}[] {
  const hidden = hiddenColumns(audience);
  return SAME_FACTS.flatMap((fact) => {
    if (hidden.includes(fact.said[0]) || audience.show.includes(fact.said[0])) return [];
    return columnsOf(fact)
      .filter((column) => audience.hide.includes(column))
      .map((column) => ({column, fact}));
  });
}
