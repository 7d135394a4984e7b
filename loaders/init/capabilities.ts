/** What can be computed from what was found, and what it would take for the rest. */

export interface Capability {
  what: string;
  isPossible: boolean;
  /** Why, or what to export. */
  why: string;
}

interface Need {
  what: string;
  /** Canonical columns, `table.column`; in a change log the field that changes. All are needed. */
  needs: readonly string[];
  /** What is missing and where to get it. */
  advice: string;
}

const NEEDS: readonly Need[] = [
  {
    what: "open pipeline, won and lost by month",
    needs: ["deal.stage_id", "deal.amount"],
    advice: "no amounts: export the deals with their amounts"
  },
  {
    what: "pipeline by expected close",
    needs: ["deal.close_on"],
    advice: "no close dates: export the expected close date"
  },
  {
    what: "sales cycle and age",
    needs: ["deal.created_at"],
    advice: "no creation dates: export when each deal was created"
  },
  {
    what: "conversion by stage, time in stage",
    needs: ["deal_event.stage_id"],
    advice: "no stage history: turn on field history for the stage, or export the stage history"
  },
  {
    what: "the pipeline of any past day, movement",
    needs: ["deal_event.stage_id", "deal_event.amount", "deal_event.close_on"],
    advice:
      "no history of amounts and close dates: turn on field history for both; until then today's values are assumed"
  },
  {
    what: "quota attainment and coverage",
    needs: ["quota.amount"],
    advice:
      "no quotas: a table with the columns owner, start, end and quota, one row a person and quarter, or in workspace.yaml quotas: [{person: <as deals name their owner>, starts_on: 2026-01-01, ends_on: 2026-03-31, amount: 75000}]"
  },
  {
    what: "products and their mix",
    needs: ["deal_line.product_id"],
    advice: "no product lines: export the deals' line items and the products"
  },
  {
    what: "direct against partner",
    needs: ["deal_partner.partner_id"],
    advice: "no partners on deals: export the partner relations of the deals"
  },
  {
    what: "CRM and partner portal reconciled",
    needs: ["registration.partner_id"],
    advice: "no deal registrations: export them from the partner portal"
  },
  {
    what: "campaign cost and return",
    needs: ["campaign_cost.cost", "touch.at"],
    advice: "no spend or no responses: export campaign costs by day and campaign members"
  },
  {
    what: "backlog, delivery and lead times",
    needs: ["order.ordered_on", "order.amount"],
    advice: "no orders: export them from the ERP with their deal, promised day, milestones and shipments"
  },
  {
    what: "material to order and load of the works",
    needs: ["bill_of_materials.quantity", "order_line.quantity", "order_milestone.actual_on"],
    advice:
      "no bill of materials or no orders: export the bill (product, material, quantity, work centre, hours), materials with lead time and cost, work centres, orders with lines and milestones"
  },
  {
    what: "what runs short, and by when to order it",
    needs: [
      "stock.on_hand",
      "bill_of_materials.quantity",
      "order_line.quantity",
      "order_milestone.actual_on"
    ],
    advice:
      "no stock: export it from the ERP (material, site, on hand, day of the count), and the lines of purchase orders (material, quantity, due day, ordered day, received)"
  },
  {
    what: "recurring revenue: ARR, retention, renewals due",
    needs: ["subscription.arr", "subscription.starts_on"],
    advice:
      "no contracts: export subscriptions from the billing system, one row a contract, with account, first and last day and what a year of it brings"
  },
  {
    what: "activity and neglect",
    needs: ["activity.at"],
    advice: "no activities: export tasks, calls and meetings with their deal"
  }
];

/** @param filled `table.column` of everything that has at least one value. */
export function capabilities(filled: ReadonlySet<string>): Capability[] {
  return NEEDS.map(({what, needs, advice}) => {
    const isPossible = needs.every((need) => filled.has(need));
    return {what, isPossible, why: isPossible ? `from ${needs.join(", ")}` : advice};
  });
}
