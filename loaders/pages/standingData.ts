/** Open deals by days of the last five quarters, with their flags and broken rules: what Health and Conformance are asked of past days with. */
import type {FactTable} from "../../src/slices/facts.ts";
import type {StandingData} from "../../src/slices/standingData.ts";
import type {Engine} from "../engine/engine.ts";
import {NTH} from "./dealFacts.ts";
import {factTable} from "./factTable.ts";
import {DONE_ON} from "./movementData.ts";
import {readSlices} from "./slices.ts";

/** Days before the as-of day of which the marts tell flags. */
const TOLD_DAYS = 455;
const DATED = ["owner", "team", "pipeline"];

/** Stretches that hold at the end of one of those days, or end what did. */
const KEPT = `(select stretch.* from marts.deal_stretches as stretch cross join workspace.run
  where ${DONE_ON} > run.as_of - ${TOLD_DAYS})`;
/** Their deals, numbered. */
const STOOD = `(select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as deal
  from (select distinct deal_id from ${KEPT} as kept) as found)`;

/** The deals' stretches of those days, and which deals they are. */
export async function standingData(engine: Engine): Promise<StandingData> {
  const slices = (await readSlices(engine))
    .map(({column}) => column)
    .filter((column) => !DATED.includes(column));
  const known = `(select stood.deal as stood, nth.deal, ever.* from ${STOOD} as stood
    left join ${NTH} on nth.deal_id = stood.deal_id inner join marts.deals_ever as ever on ever.deal_id = stood.deal_id) as known`;
  const rows = await engine.rows<{deal: number | null}>(`select deal from ${known} order by stood`);
  return {
    stretches: await factTable(
      engine,
      `(select kept.*, stood.deal from ${KEPT} as kept inner join ${STOOD} as stood using (deal_id)) as stretches`,
      {
        columns: ["deal", "from_on", "status", "stage", ...DATED, "due_on", "amount"],
        orderBy: "deal, from_on"
      }
    ),
    rows: rows.map(({deal}) => deal),
    others: await factTable(engine, `(select * from ${known} where deal is null) as others`, {
      columns: ["deal_id", "deal_name", "account_name", ...slices],
      text: ["deal_id", "deal_name"],
      orderBy: "stood"
    })
  };
}

/** Flags of deals; `deal` is a place among the standing data's rows. */
export function flagSpells(engine: Engine): Promise<FactTable> {
  return spells(engine, "deal_flag_spells", ["flag", "severity"]);
}

/** Entry rules of their stage that deals did not meet. */
export function unearnedSpells(engine: Engine): Promise<FactTable> {
  return spells(engine, "unearned_spells", ["stage", "rule", "is_assumed"]);
}

function spells(engine: Engine, mart: string, own: readonly string[]): Promise<FactTable> {
  const joined = `(select spell.*, stood.deal from marts.${mart} as spell inner join ${STOOD} as stood using (deal_id)) as spells`;
  const columns = ["deal", ...own, "from_on", "to_on"];
  return factTable(engine, joined, {columns, orderBy: `deal, from_on, ${own.join(", ")}`});
}

/** The first day as of which flags can be asked: the marts' first, or where the firm's history begins. */
export async function flagsSince(engine: Engine): Promise<string> {
  const [row] = await engine.rows<{since: string}>(
    `select greatest(as_of - ${TOLD_DAYS}, (select min(from_on) from marts.deal_stretches))::varchar as since from workspace.run`
  );
  return row!.since;
}
