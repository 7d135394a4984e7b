/**
 * Cells of the open pipeline's movement: what each line of the waterfall came to, week by week, and the stock that it changed;
 * from the marts whose identity (begin + lines = end) is checked in every build.
 */
import type {FactTable} from "../../../src/slices/facts.ts";
import type {MovementCells} from "../../../src/slices/movementCells.ts";
import type {Engine} from "../../engine/engine.ts";
import {identifier} from "../../engine/sqlText.ts";
import {factTable} from "../factTable.ts";

/** Weeks of a cut with few and with many combinations of values. */
const WEEKS = {few: 520, many: 53};
const FEW_COMBINATIONS = 12;
/** Largest moves of each of the newest weeks that can be listed. */
const LISTED = {weeks: 26, moves: 60};
/** Filters that a deal's history answers: by who owned it then. */
const DATED = ["owner", "team"];

/** The dimensions that movements know, of those that deals have. */
export async function movedBy(engine: Engine, dimensions: readonly string[]): Promise<string[]> {
  const ever = await engine.rows<{column_name: string}>("describe firm.marts.deals_ever");
  const known = new Set([...ever.map(({column_name}) => column_name), ...DATED]);
  return dimensions.filter((key) => known.has(key));
}

/** Prepares `cell_move` and `cell_stock`, every line and every change of the stock with the dimensions of its deal. */
export async function prepareMoveCells(engine: Engine, dimensions: readonly string[]): Promise<void> {
  const keys = dimensions
    .map(
      (key) =>
        `cast(${DATED.includes(key) ? "line" : "deal"}.${identifier(key)} as varchar) as ${identifier(key)}`
    )
    .join(", ");
  // Created and won within one week: in at neither end, and the wins that nobody saw coming.
  await engine.run(`create or replace temp table cell_move as
    select line.week_on, line.deal_id, line.line, line.class, line.amount, line.n_change, ${keys},
      line.line = 'won' and exists (
        select 1 from firm.marts.deal_movement as made
        where made.scope = 'all' and made.week_number = line.week_number and made.deal_id = line.deal_id and made.line = 'new'
      ) as is_fast
    from firm.marts.deal_movement as line inner join firm.marts.deals_ever as deal using (deal_id)
    where line.scope = 'all'`);
}

/** The cells of one cut. */
export async function moveCells(
  engine: Engine,
  cut: readonly string[],
  combinations: number
): Promise<MovementCells> {
  const isDated = cut.some((key) => DATED.includes(key));
  const keys = cut.map((key) => `${identifier(key)}, `).join("");
  const weeks = combinations <= FEW_COMBINATIONS ? WEEKS.few : WEEKS.many;
  // What was handed over changes a slice by owner or team alone.
  const kept = isDated ? "true" : "line not in ('transferred_in', 'transferred_out')";
  const since = `(select max(week_on) - 7 * ${weeks} from cell_move)`;
  await engine.run(`create or replace temp table moved as
    select ${keys}greatest(week_on, ${since}) as week_on, case when week_on > ${since} then line else 'before' end as line,
      sum(amount)::decimal(18, 2) as amount, sum(n_change)::integer as n_change, count(distinct deal_id)::integer as weight,
      sum(case when is_fast then amount else 0 end)::decimal(18, 2) as fast_amount,
      count(distinct case when is_fast then deal_id end)::integer as n_fast
    from cell_move where ${kept} group by all`);
  const columns = [...cut, "week_on", "line", "amount", "n_change", "fast_amount", "n_fast", "weight"];
  const {n, columns: found} = await factTable(engine, "moved", {
    columns,
    orderBy: [...cut.map(identifier), "week_on", "line"].join(", ")
  });
  const {weight, ...rest} = found;
  return {
    cells: {n, columns: rest, weights: weight?.kind === "number" ? (weight.values as number[]) : []},
    weeks: await engine.rows<{from: string; to: string}>(`
      select week_on::varchar as "from", ends_on::varchar as "to" from intermediate.int_week
      where week_on > ${since} order by week_on`)
  };
}

/** The largest moves of the newest weeks, one row a deal and line: what a click lists. */
export function largestMoves(engine: Engine, dimensions: readonly string[]): Promise<FactTable> {
  const moves = `(
    select move.*, ever.deal_name, ever.account_name from (
      select *, row_number() over (partition by week_on order by abs(amount) desc, deal_id, line) as place from cell_move
    ) as move inner join firm.marts.deals_ever as ever using (deal_id)
    where place <= ${LISTED.moves} and week_on > (select max(week_on) - 7 * ${LISTED.weeks} from cell_move)) as moves`;
  const columns = ["deal_id", "deal_name", "account_name", "week_on", "line", "class", "amount"];
  return factTable(engine, moves, {
    columns: [...new Set([...columns, "owner", ...dimensions])],
    text: ["deal_id", "deal_name"],
    orderBy: "week_on, place"
  });
}
