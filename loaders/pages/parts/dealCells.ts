/**
 * Cells of deals: deals alike in what can be filtered, in stage, age, outcome and period, as one row with their number and
 * their amounts added up. Days become the first day of a span that no offered period cuts, so that the pages' own evaluator
 * gives the same figures, to the cent.
 */
import {OTHERS} from "../../../src/slices/breakdown.ts";
import type {Facts, FactTable} from "../../../src/slices/facts.ts";
import type {Engine} from "../../engine/engine.ts";
import {identifier} from "../../engine/sqlText.ts";
import {lateColumns} from "../dealFacts.ts";
import {factTable} from "../factTable.ts";

/** Rows a histogram of days may have; above, the median is left out of the cut. */
const MOST_BINS = 25_000;
/** Values of a dimension that a chart by it lists, in the whole and within one or more filters; the others are one. */
const MOST_BARS = [200, 50, 20];
/** Largest deals that can be listed behind a figure, by outcome; above so many deals fewer, for cells weigh more there. */
const LARGEST = {open: 1_500, won: 1_000, lost: 500};
const LARGEST_OF_MANY = {open: 800, won: 400, lost: 200};
const MANY = 100_000;
/** What open deals are drawn by, and what win rates are drawn by: the first that the firm has. */
const OPEN_BY = ["owner", "product", "region", "channel"];
const CLOSED_BY = ["channel", "region", "segment", "product_family", "team", "owner"];

const COUNTS = ["n_open", "n_won", "n_lost", "n_derailed"];
const AMOUNTS = ["open_amount", "won_amount", "lost_amount", "weighted_amount"];
const SUMS = [...COUNTS, ...AMOUNTS].map((name) => `sum(${name})::${type(name)} as ${name}`).join(", ");
/** What makes deals alike, beside the dimensions of the cut. */
const ALIKE = ["outcome", "month_on", "stage", "age_band", "due_on", "channel_then", "derailed", "sign"];
const LEFT_OUT = "at this number of deals the median is not known for these filters together";

/**
 * Prepares `cell_deal`, all deals with their days cut to spans: fiscal months of closing and of having been due, quarters of being
 * due. A month that holds the day to which the quarter before is compared ends there.
 */
export async function prepareDealCells(engine: Engine, dimensions: readonly string[]): Promise<void> {
  const keys = dimensions.map((key) => `cast(deal.${identifier(key)} as varchar) as ${identifier(key)}`);
  await engine.run(`
    create or replace temp table cell_span as
    with quarter as (
      select distinct quarter_starts_on as starts_on, quarter_ends_on as ends_on from workspace.fiscal_month
    ),
    -- The day of the quarter before that is as far on as the as-of day is in its own.
    same_day as (
      select least(before.starts_on + cast(date_diff('day', now.starts_on, run.as_of) as integer), before.ends_on) as on_day
      from workspace.run as run
      inner join quarter as now on run.as_of between now.starts_on and now.ends_on
      inner join quarter as before on before.ends_on + 1 = now.starts_on
    )
    select day.day_on, month.quarter_starts_on as quarter_on,
      case when day.day_on > same_day.on_day and month.starts_on <= same_day.on_day then same_day.on_day + 1 else month.starts_on end
        as month_on,
      case when day.day_on > same_day.on_day and month.quarter_starts_on <= same_day.on_day then same_day.on_day + 1
        else month.quarter_starts_on end as span_on
    from (
      select closed_on as day_on from marts.deals where closed_on is not null
      union
      select close_on from marts.deals cross join workspace.run where n_open = 1 and close_on <= as_of
    ) as day
    inner join workspace.fiscal_month as month on day.day_on between month.starts_on and month.ends_on
    left join same_day on true`);
  await engine.run(`
    create or replace temp table cell_deal as
    select deal.deal_id, ${keys.join(", ")}, deal.outcome, case when deal.n_open = 1 then deal.stage end as stage,
      case when deal.n_open = 1 then deal.channel end as channel_then, deal.age_band,
      cast(sign(coalesce(deal.amount_base, 0)) as integer) as sign, deal.n_derailed as derailed,
      case when deal.n_open = 0 then span.month_on end as month_on, span.span_on,
      case when deal.n_open = 1 then coalesce(overdue.month_on, due.quarter_starts_on, deal.close_on) end as due_on,
      ${[...COUNTS, ...AMOUNTS].map((name) => `deal.${name}`).join(", ")}, deal.cycle_days, deal.age_days
    from marts.deals as deal
    cross join workspace.run
    left join cell_span as span on span.day_on = deal.closed_on
    left join cell_span as overdue on overdue.day_on = deal.close_on
      and deal.n_open = 1 and deal.close_on <= run.as_of
    left join workspace.fiscal_month as due on deal.close_on between due.starts_on and due.ends_on`);
}

/** The cells of one cut: deals, histograms of cycle and age, and the tables that bars by a dimension are drawn from. */
export async function dealCells(
  engine: Engine,
  cut: readonly string[],
  dimensions: readonly string[]
): Promise<Facts> {
  const alike = [...cut.map(identifier), ...ALIKE].join(", ");
  await engine.run(`
    create or replace temp table cell as
    select *, cast(row_number() over (order by ${alike}) - 1 as integer) as cell_row
    from (select ${alike}, ${SUMS}, count(*)::integer as weight from cell_deal group by ${alike}) as found`);
  const named = `(select * exclude (month_on, due_on, channel_then), ${
    cut.includes("channel") ? "" : "channel_then as channel,"
  } month_on as closed_on, due_on as close_on from cell) as cells`;
  const deals = await weighted(
    engine,
    named,
    [
      ...new Set([
        ...cut,
        "channel",
        "outcome",
        "stage",
        "age_band",
        ...COUNTS,
        ...AMOUNTS,
        "closed_on",
        "close_on"
      ])
    ],
    "cell_row"
  );
  const facts: Facts = {
    deals: {...deals, late: await lateColumns(engine)},
    "deals.cycle_days": await histogram(engine, cut, "cycle_days", "span_on"),
    "deals.age_days": await histogram(engine, cut, "age_days", null)
  };
  const closedBy = CLOSED_BY.find((key) => dimensions.includes(key));
  for (const by of dimensions.filter((key) => OPEN_BY.includes(key) || key === closedBy))
    if (!cut.includes(by)) facts[`deals by ${by}`] = await charted(engine, cut, by, by === closedBy);
  return facts;
}

/** The largest deals of each outcome, whole: what a click on a figure lists. */
export async function largestDeals(engine: Engine, columns: readonly string[]): Promise<FactTable> {
  const [deals] = await engine.rows<{n: number}>("select count(*)::double as n from cell_deal");
  const which = Object.entries(deals!.n > MANY ? LARGEST_OF_MANY : LARGEST).map(
    ([outcome, most]) => `(outcome = '${outcome}' and place <= ${most})`
  );
  await engine.run(`
    create or replace temp table largest as
    select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as nth from (
      select deal_id, outcome, row_number() over (
        partition by outcome order by open_amount + won_amount + lost_amount desc, deal_id) as place
      from cell_deal
    ) as ranked where ${which.join(" or ")}`);
  return factTable(
    engine,
    "(select deal.*, deal.amount_base is null as is_amount_unknown from marts.deals as deal inner join largest using (deal_id)) as deals",
    {columns, text: ["deal_id", "deal_name"], orderBy: "deal_id"}
  );
}

/** The row of the present cut's cells that each of the largest deals is counted in, in their order. */
export async function cellsOfLargest(engine: Engine, cut: readonly string[]): Promise<number[]> {
  const same = [...cut.map(identifier), ...ALIKE].map(
    (key) => `cell.${key} is not distinct from deal.${key}`
  );
  const rows = await engine.rows<{row: number}>(`
    select cell.cell_row as row from largest inner join cell_deal as deal using (deal_id)
    inner join cell on ${same.join(" and ")} order by largest.nth`);
  return rows.map(({row}) => row);
}

async function histogram(
  engine: Engine,
  cut: readonly string[],
  days: string,
  on: string | null
): Promise<FactTable> {
  const keys = [...cut.map(identifier), ...(on ? [on] : []), days].join(", ");
  await engine.run(`create or replace temp table bin as
    select ${keys}, count(*)::integer as weight from cell_deal where ${days} is not null group by ${keys}`);
  const [size] = await engine.rows<{n: number}>("select count(*)::integer as n from bin");
  if (size!.n > MOST_BINS) return {n: 0, columns: {}, weights: [], leftOut: {[days]: LEFT_OUT}};
  const relation = on ? `(select * exclude (${on}), ${on} as closed_on from bin) as bins` : "bin";
  return weighted(engine, relation, [...cut, ...(on ? ["closed_on"] : []), days]);
}

/** Sums by one more dimension: of what is open, and of what closed by quarter; the smaller of many values are one. */
async function charted(
  engine: Engine,
  cut: readonly string[],
  by: string,
  withClosed: boolean
): Promise<FactTable> {
  const name = identifier(by);
  const keys = cut.map(identifier);
  const rest = ["outcome", "derailed", "sign", "closed_on"];
  const list = (...names: string[]) => names.join(", ");
  const part = keys.length > 0 ? `partition by ${list(...keys)}` : "";
  const same = [...keys, name].map((key) => `most.${key} is not distinct from each.${key}`);
  // Summed first: ranks and names are then of some thousand rows, not of every deal.
  await engine.run(`create or replace temp table each_bar as
    select ${list(...keys, name, "outcome", "derailed", "sign")}, case when n_open = 0 then span_on end as closed_on, ${SUMS},
      count(*)::integer as weight
    from cell_deal ${withClosed ? "" : "where n_open = 1"} group by ${list(...keys, name, "outcome", "derailed", "sign")}, case when n_open = 0 then span_on end`);
  await engine.run(`create or replace temp table bar as
    with most as (
      select ${list(...keys, name)}, row_number() over (${part} order by sum(open_amount) desc, ${name}) as place
      from each_bar group by ${list(...keys, name)}
    ),
    named as (
      select each.* replace (case when most.place <= ${MOST_BARS[cut.length] ?? 20} then each.${name} else '${OTHERS}' end as ${name})
      from each_bar as each inner join most on ${same.join(" and ")}
    )
    select ${list(...keys, name, ...rest)}, ${SUMS}, sum(weight)::integer as weight from named group by ${list(...keys, name, ...rest)}`);
  return weighted(engine, "bar", [...cut, by, ...COUNTS, ...AMOUNTS, "closed_on"]);
}

async function weighted(
  engine: Engine,
  relation: string,
  columns: readonly string[],
  orderBy = columns.map(identifier).join(", ")
): Promise<FactTable> {
  const {n, columns: found} = await factTable(engine, relation, {columns: [...columns, "weight"], orderBy});
  const {weight, ...rest} = found;
  return {n, columns: rest, weights: weight?.kind === "number" ? (weight.values as number[]) : []};
}

function type(name: string): string {
  return COUNTS.includes(name) ? "integer" : "decimal(18, 2)";
}
