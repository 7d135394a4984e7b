/** What the Movement page adds up: the lives of deals as stretches of days, weeks and the quarters deals are due in. */
import type {MovementData} from "../../src/slices/movementData.ts";
import type {FiscalPeriod} from "../../src/slices/site.ts";
import type {Engine} from "../engine/engine.ts";
import {identifier} from "../engine/sqlText.ts";
import {factTable} from "./factTable.ts";
import {readSlices} from "./slices.ts";

/** About 0.6 MB, compressed. A firm with more gets whole quarters that fit, at least a year; the mart keeps it all. */
const MOST_STRETCHES = 64_000;
const LEAST_DAYS = 365;
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
  "currency_code",
  "corrected_on",
  "corrected_amount"
];

/**
 * The first day a stretch says nothing of any more: movements are of open deals, so one that closed for good is done with on
 * that day, and a deal that had closed before a history begins has no stretch in it.
 */
export const DONE_ON = "case when status <> 'open' and to_on = date '9999-12-31' then from_on else to_on end";

/** Reads the newest stretches that fit, their deals, and the weeks they cover. */
export async function movementData(
  engine: Engine,
  {most = MOST_STRETCHES, leastDays = LEAST_DAYS} = {}
): Promise<MovementData> {
  const {since, isShortened, kept, known, nth} = await movedDeals(engine, {most, leastDays});
  const first = `date '${since}'`;
  const slices = (await readSlices(engine))
    .map(({column}) => column)
    .filter((column) => !DATED.includes(column));
  const joined = `(select kept.*, nth.deal from ${kept} as kept inner join ${nth} as nth using (deal_id)) as stretches`;
  return {
    since,
    isShortened,
    deals: await factTable(engine, known, {
      columns: ["deal_id", "deal_name", "account_name", ...slices],
      text: ["deal_id", "deal_name"],
      orderBy: identifier("deal_id")
    }),
    stretches: await factTable(engine, joined, {columns: COLUMNS, orderBy: "deal, from_on"}),
    weeks: await engine.rows<{from: string; to: string}>(`
      select week_on::varchar as "from", ends_on::varchar as "to" from intermediate.int_week
      where ends_on >= ${first} order by week_on`),
    quarters: await dueQuarters(engine, kept)
  };
}

/** Stretches of the newest quarters that a large firm's Movement page reads at once: about 220 kB, compressed. */
const RECENT_STRETCHES = 24_000;

/** The movements of a large firm's newest quarters; null where those of the present one are too many. */
export async function recentMovement(engine: Engine, most = RECENT_STRETCHES): Promise<MovementData | null> {
  const movement = await movementData(engine, {most, leastDays: 0});
  return movement.stretches.n > most ? null : movement;
}

/** Since when it knows them, and the quarters that deals were due in. */
export async function recentSpan(
  engine: Engine,
  most = RECENT_STRETCHES
): Promise<Pick<MovementData, "since" | "quarters"> | null> {
  const {since, kept} = await movedDeals(engine, {most, leastDays: 0});
  const [found] = await engine.rows<{n: number}>(`select count(*)::double as n from ${kept} as kept`);
  return found!.n > most ? null : {since, quarters: await dueQuarters(engine, kept)};
}

/** Quarters in which an open deal was ever due. */
function dueQuarters(engine: Engine, kept: string): Promise<FiscalPeriod[]> {
  return engine.rows<FiscalPeriod>(`
    select distinct quarter_label as label, quarter_starts_on::varchar as "from", quarter_ends_on::varchar as "to"
    from workspace.fiscal_month
    where exists (
      select 1 from ${kept} as kept
      where kept.due_on between quarter_starts_on and quarter_ends_on and kept.status = 'open'
    )
    order by 2`);
}

/** SQL of the stretches and deals of the movement data, and of each deal's row in its table of deals. */
async function movedDeals(
  engine: Engine,
  {most = MOST_STRETCHES, leastDays = LEAST_DAYS} = {}
): Promise<{since: string; isShortened: boolean; kept: string; known: string; nth: string}> {
  const {since, is_shortened} = await history(engine, most, leastDays);
  const kept = `(select * from marts.deal_stretches where ${DONE_ON} >= date '${since}')`;
  const known = `(select ever.* from marts.deals_ever as ever
    where deal_id in (select deal_id from ${kept} as kept)) as ever`;
  const nth = `(select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as deal
    from ${known})`;
  return {since, isShortened: is_shortened, kept, known, nth};
}

/** The first day of the oldest quarter from which on all stretches fit, or of the firm's history when all of it does. */
async function history(
  engine: Engine,
  most: number,
  leastDays: number
): Promise<{since: string; is_shortened: boolean}> {
  const [found] = await engine.rows<{since: string; is_shortened: boolean}>(`
    with done as (
      select ${DONE_ON} as done_on, count(*) as n from marts.deal_stretches group by 1
    ),
    passed as (
      select done_on, sum(n) over (order by done_on desc) as n from done
    ),
    bounds as (
      select
        (select min(from_on) from marts.deal_stretches) as begins_on,
        (select max(done_on) from passed where n > ${most}) as last_without_room_on,
        (select max(as_of) - ${leastDays} from workspace.run) as least_on
    ),
    chosen as (
      select begins_on, case
        when last_without_room_on is null then begins_on
        else greatest(begins_on, least(
          (select min(quarter_starts_on) from workspace.fiscal_month where quarter_starts_on > last_without_room_on),
          coalesce(
            (select max(quarter_starts_on) from workspace.fiscal_month where quarter_starts_on <= least_on),
            begins_on
          )
        ))
      end as since
      from bounds
    )
    select since::varchar as since, coalesce(since > begins_on, false) as is_shortened from chosen`);
  return found!;
}
