/** What the Backlog & delivery page shows: orders, their steps, the backlog's movements, deals and orders side by side. */
import type {BacklogData, BacklogPeriod} from "../../src/slices/backlog/backlogData.ts";
import type {Engine} from "../engine/engine.ts";
import {ownHouse} from "./audienceData.ts";
import {factTable} from "./factTable.ts";

const SLICES = ["region", "segment", "product_family", "channel"];
const ORDERS = [
  ...["order_id", "deal_id", "deal_name", "account_name", "product", ...SLICES],
  ...[
    "ordered_on",
    "promised_on",
    "closed_on",
    "delivered_on",
    "state",
    "n_open",
    "amount_base",
    "backlog_amount"
  ],
  ...[
    "next_milestone",
    "next_planned_on",
    "next_late_days",
    "promise_error_days",
    "waited_days",
    "late_days",
    "assumed"
  ]
];
const CELLS = [
  ...["month_on", ...SLICES],
  ...[
    "ordered_amount",
    "shipped_amount",
    "cancelled_amount",
    "repriced_amount",
    "revalued_amount",
    "billed_amount"
  ],
  ...["n_ordered", "n_shipments", "n_cancelled", "n_repriced"]
];
const PHASES = [
  "order",
  "milestone",
  "step_number",
  "n_steps",
  "is_ended",
  "is_under_way",
  "phase_days",
  "planned_days"
];
const LEDGER = [
  ...["entry_id", "class", "deal_id", "deal_name", "order_ids", "account_name", "owner", ...SLICES],
  ...["closed_on", "ordered_on", "deal_amount", "order_amount", "gap_amount", "evidence", "mend"]
];

/** Reads the four tables; all are empty for a firm without orders. */
export async function backlogData(engine: Engine): Promise<BacklogData> {
  const [run] = await engine.rows<{as_of: string; order_within_days: number; has_invoices: boolean}>(
    `select as_of::varchar as as_of, order_within_days,
       exists (select 1 from marts.backlog_movement where billed_amount is not null) as has_invoices
     from workspace.run`
  );
  const nth =
    '(select order_id, cast(row_number() over (order by order_id) - 1 as integer) as "order" from marts.orders) as nth';
  return {
    asOf: run!.as_of,
    months: await readMonths(engine),
    hasInvoices: run!.has_invoices,
    orderWithinDays: run!.order_within_days,
    cells: await factTable(engine, "intermediate.int_backlog_cell", {
      columns: CELLS,
      orderBy: ["month_on", ...SLICES].join(", ")
    }),
    orders: await factTable(engine, "marts.orders", {
      columns: ORDERS,
      text: ["order_id", "deal_id", "deal_name"],
      orderBy: "order_id"
    }),
    phases: await factTable(
      engine,
      `(select phase.*, nth."order" from marts.order_phases as phase inner join ${nth} using (order_id)) as phases`,
      {columns: PHASES, orderBy: '"order", step_number'}
    ),
    ledger: await factTable(engine, `${ownHouse("marts.chain_ledger")} as ledger`, {
      columns: LEDGER,
      text: ["entry_id", "deal_id", "deal_name", "order_ids", "evidence"],
      orderBy: "entry_id"
    })
  };
}

/** Months with the fiscal quarter they are in; those before the firm's calendar have the year. */
function readMonths(engine: Engine): Promise<BacklogPeriod[]> {
  return engine.rows<BacklogPeriod>(`
    select strftime(month.month_on, '%b %Y') as label, month.month_on::varchar as "from", month.ends_on::varchar as "to",
      month.is_whole as "isWhole", coalesce(fiscal.quarter_label, year(month.month_on)::varchar) as quarter,
      coalesce(fiscal.quarter_ends_on, make_date(year(month.month_on), 12, 31))::varchar as "quarterTo"
    from intermediate.int_order_month as month
    left join workspace.fiscal_month as fiscal on fiscal.starts_on = month.month_on
    order by month.month_on`);
}
