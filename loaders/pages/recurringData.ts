/** What the Recurring revenue page works with: customers, what they gained and lost, contracts, the ledger, open deals and their chances. */
import type {ArrDoubt, RecurringData} from "../../src/slices/recurring/recurringData.ts";
import type {FiscalPeriod} from "../../src/slices/site.ts";
import type {Engine} from "../engine/engine.ts";
import {factTable} from "./factTable.ts";
import {type OpenChances, openChances} from "./openChances.ts";

const SLICES = ["region", "segment", "industry", "product_family", "channel"];
const MOST_RECORDS = 5;
/** Coming quarters that are told. */
const QUARTERS_AHEAD = 5;

// A customer's row, by which the other tables name it.
const NTH =
  "(select account_id, cast(row_number() over (order by account_id) - 1 as integer) as account from marts.arr_accounts) as nth";

/** Reads the marts; everything is empty for a firm without contracts. */
export async function recurringData(engine: Engine): Promise<RecurringData> {
  const [run] = await engine.rows<{as_of: string; grace: number; n: number; told: boolean}>(`
    select run.as_of::varchar as as_of, grace_days as grace,
      (select count(*) from marts.arr_contracts)::integer as n,
      (select count(*) > 0 from marts.deals where lower(deal_type) like '%renew%') as told
    from workspace.run cross join workspace.subscription_rule`);
  const {as_of: asOf, grace, n, told} = run!;
  const quarters = await readQuarters(engine);
  const known = n > 0 ? openChances(quarters.some(({to}) => to > asOf)) : null;
  return {
    reason: n > 0 ? null : "The exports hold no contracts of recurring revenue.",
    ...{asOf, graceDays: grace, hasRenewalDeals: told, quarters},
    accounts: await factTable(engine, "marts.arr_accounts", {
      columns: ["account_name", "region", "segment", "first_on", "next_end_on"],
      text: ["account_name"],
      orderBy: "account_id"
    }),
    changes: await factTable(
      engine,
      `(select moved.* replace (nullif(moved.channel, '') as channel), nth.account
        from marts.arr_changes as moved inner join ${NTH} using (account_id)) as moved`,
      {
        columns: ["account", "moved_on", "change", "step_arr", "state", "product", ...SLICES],
        orderBy: "account, moved_on, product_id, channel nulls last"
      }
    ),
    contracts: await factTable(
      engine,
      `(select contract.* replace (nullif(contract.channel, '') as channel), nth.account, earlier.arr as earlier_arr
        from marts.arr_contracts as contract inner join ${NTH} using (account_id)
        left join marts.arr_contracts as earlier on earlier.contract_key = contract.earlier_key) as contracts`,
      {
        columns: [
          ...[
            "account",
            "subscription_id",
            "product",
            "starts_on",
            "ends_on",
            "runs_to",
            "arr",
            "earlier_arr"
          ],
          ...[
            "standing",
            "end_state",
            "renewed_arr",
            "lead_days",
            "renewal_deal",
            "renewal_owner",
            "renewal_close_on"
          ],
          ...SLICES
        ],
        text: ["subscription_id", "renewal_deal"],
        orderBy: "account, starts_on, contract_key"
      }
    ),
    ledger: await factTable(engine, "marts.arr_ledger", {
      columns: [
        ...["class", "is_settled", "deal_name", "account_name", "owner", "region", "segment", "closed_on"],
        ...["starts_on", "subscription_id", "deal_arr", "contract_arr", "difference", "mend"]
      ],
      text: ["deal_name", "account_name", "subscription_id"],
      orderBy: "abs(difference) desc, deal_arr desc, entry_id"
    }),
    ...(await readPipeline(engine, known)),
    doubts:
      await engine.rows<ArrDoubt>(`select doubt, treatment, count(*)::integer as n, sum(amount)::double as amount,
        list(record order by record)[1:${MOST_RECORDS}] as records
      from marts.arr_doubts group by doubt, treatment order by doubt, treatment`)
  };
}

/** Fiscal quarters from that of the first contract on, as far as the calendar goes. */
function readQuarters(engine: Engine): Promise<FiscalPeriod[]> {
  return engine.rows(`
    select quarter_label as label, quarter_starts_on::varchar as "from", quarter_ends_on::varchar as "to"
    from workspace.fiscal_month cross join workspace.run
    where quarter_starts_on <= run.as_of + interval ${3 * QUARTERS_AHEAD - 3} month
      and quarter_ends_on >= (select min(starts_on) from marts.arr_contracts)
    group by all order by "from"`);
}

/** Open deals with the recurring money they state, at the rate of the as-of day, and the chances published for them. */
async function readPipeline(
  engine: Engine,
  known: OpenChances | null
): Promise<Pick<RecurringData, "pipeline" | "chances" | "noChances">> {
  const open = await factTable(
    engine,
    `(select deal.*, open.recurring_arr from marts.deals as deal
      inner join marts.arr_pipeline as open using (deal_id) where ${known !== null}) as pipeline`,
    {
      columns: ["deal_id", "deal_name", "account_name", "deal_type", "close_on", "recurring_arr", ...SLICES],
      text: ["deal_id", "deal_name", "account_name"],
      orderBy: "recurring_arr desc, deal_id"
    }
  );
  const ids = open.columns["deal_id"]!.kind === "text" ? open.columns["deal_id"]!.values : [];
  const chances = ids.map((id) => known?.of.get(id!) ?? null);
  const missing = chances.filter((chance) => chance === null).length;
  return {
    pipeline: {
      n: open.n,
      columns: {
        ...open.columns,
        chance_this: {kind: "number", values: chances}
      }
    },
    chances: known?.record ?? null,
    noChances:
      known?.reason ??
      (missing > 0
        ? `Chances are published for the ${known!.of.size} open deals with the largest expected amounts; ${missing} others have none.`
        : null)
  };
}
