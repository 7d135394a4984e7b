/** What the Movement page adds up: the lives of deals as stretches of days, weeks and the quarters deals are due in. */
import type {MovementData} from "../../src/slices/movementData.ts";
import type {FiscalPeriod} from "../../src/slices/site.ts";
import type {Engine} from "../engine/engine.ts";
import {identifier} from "../engine/sqlText.ts";
import {factTable} from "./factTable.ts";
import {readSlices} from "./slices.ts";

/** About what fits into 400 kB, compressed. A firm with more gets a shorter history on the page; the mart keeps it all. */
const MOST_STRETCHES = 32_000;
const DATED = ["owner", "team", "pipeline"];
const COLUMNS = [
  "deal",
  "from_on",
  "status",
  "stage",
  ...DATED,
  "due_on",
  "amount",
  "own_amount",
  "currency_code"
];

/** Reads the newest stretches that fit, their deals, and the weeks they cover. */
export async function movementData(engine: Engine): Promise<MovementData> {
  const [since] = await engine.rows<{first: string}>(`
    with passed as (
      select to_on, sum(count(*)) over (order by to_on desc) as n from marts.deal_stretches group by to_on
    )
    select greatest(
      (select min(from_on) from marts.deal_stretches),
      coalesce((select max(to_on) from passed where n > ${MOST_STRETCHES}), date '1000-01-01')
    )::varchar as first`);
  const first = `date '${since!.first}'`;
  const kept = `(select * from marts.deal_stretches where to_on > ${first})`;
  const slices = (await readSlices(engine))
    .map(({column}) => column)
    .filter((column) => !DATED.includes(column));
  const known = `(select ever.* from marts.deals_ever as ever
    where deal_id in (select deal_id from ${kept} as kept)) as ever`;
  const nth = `(select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as deal
    from ${known})`;
  const joined = `(select kept.*, nth.deal from ${kept} as kept inner join ${nth} as nth using (deal_id)) as stretches`;
  return {
    since: since!.first,
    deals: await factTable(engine, known, {
      columns: ["deal_id", "deal_name", "account_name", ...slices],
      text: ["deal_id", "deal_name"],
      orderBy: identifier("deal_id")
    }),
    stretches: await factTable(engine, joined, {columns: COLUMNS, orderBy: "deal, from_on"}),
    weeks: await engine.rows<{from: string; to: string}>(`
      select week_on::varchar as "from", ends_on::varchar as "to" from intermediate.int_week
      where ends_on >= ${first} order by week_on`),
    quarters: await engine.rows<FiscalPeriod>(`
      select distinct quarter_label as label, quarter_starts_on::varchar as "from", quarter_ends_on::varchar as "to"
      from workspace.fiscal_month
      where exists (
        select 1 from ${kept} as kept
        where kept.due_on between quarter_starts_on and quarter_ends_on and kept.status = 'open'
      )
      order by 2`)
  };
}
