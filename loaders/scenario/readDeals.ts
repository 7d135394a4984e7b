/** Open deals as scenarios cut them, and the words of every deal's slices. */
import type {FactColumn, FactTable} from "../../src/slices/facts.ts";
import type {Engine} from "../engine/engine.ts";
import {identifier} from "../engine/sqlText.ts";
import {factTable} from "../pages/factTable.ts";
import {readSlices} from "../pages/slices.ts";
import type {ScenarioDeal} from "./openDeals.ts";

/** Deals with the campaign that brought each, if one did. */
const WITH_CAMPAIGN = `(
  select deal.*, brought.campaign
  from marts.deals as deal
  left join (
    select credit.deal_id, min(campaign.campaign_name) as campaign
    from marts.campaign_deals as credit
    inner join marts.campaigns as campaign using (campaign_id)
    where credit.part = 'sourced'
    group by credit.deal_id
  ) as brought using (deal_id)
)`;

export interface ReadDeals {
  /** Open deals. */
  table: FactTable;
  /** Columns that cut deals on every page. */
  slices: string[];
  /** Those, and what levers alone cut by. */
  cuts: string[];
  wordOf: (dealId: string, slice: string) => string | null;
}

export async function readDeals(engine: Engine): Promise<ReadDeals> {
  const slices = (await readSlices(engine)).map(({column}) => column);
  const cuts = [...slices, "campaign"];
  const table = await factTable(engine, `(select * from ${WITH_CAMPAIGN} where outcome = 'open')`, {
    columns: ["deal_id", "deal_name", "account_name", ...cuts, "stage", "close_on", "amount_base"],
    text: ["deal_id", "deal_name"],
    orderBy: "deal_id"
  });
  const words = cuts.map((slice) => `${identifier(slice)}::varchar as ${identifier(slice)}`);
  const all = (await engine.columns(`select deal_id, ${words.join(", ")} from ${WITH_CAMPAIGN}`)) as Record<
    string,
    (string | null)[]
  >;
  const row = new Map((all["deal_id"] ?? []).map((id, i) => [id, i]));
  return {
    table: renamed(table, "amount_base", "amount"),
    slices,
    cuts,
    wordOf: (dealId, slice) => all[slice]?.[row.get(dealId) ?? -1] ?? null
  };
}

/** Above so many open deals an expected amount is told to three figures: the page has to fetch every one. */
const MOST_EXACT = 20_000;

/** The table with each deal's expected amount and curve; a deal the model cannot score has neither and wins nothing. */
export function openTable(
  table: FactTable,
  deals: readonly ScenarioDeal[],
  curveOf: readonly number[]
): FactTable {
  const index = new Map(deals.map(({dealId}, i) => [dealId, i]));
  const ids = table.columns["deal_id"];
  const cents = (amount: number) =>
    Math.round(100 * (deals.length > MOST_EXACT ? toFigures(amount) : amount));
  const of = ids?.kind === "text" ? ids.values.map((id) => index.get(id ?? "")) : [];
  return {
    n: table.n,
    columns: {
      ...table.columns,
      expected: {
        kind: "cents",
        values: of.map((i) => (i === undefined ? null : cents(deals[i]!.expected)))
      },
      curve: {kind: "number", values: of.map((i) => (i === undefined ? null : curveOf[i]!))}
    }
  };
}

/** Three figures: 123,456 is 123,000. */
function toFigures(amount: number): number {
  return Number(amount.toPrecision(3));
}

/** A table with one column under another name. */
export function renamed({n, columns}: FactTable, from: string, to: string): FactTable {
  const entries = Object.entries(columns).map(([name, column]): [string, FactColumn] => [
    name === from ? to : name,
    column
  ]);
  return {n, columns: Object.fromEntries(entries)};
}
