/**
 * A firm's warehouse as if it had the deals of one part only: the same schemas in memory, so that what reads a whole firm's
 * tables reads a part's.
 */
import {NONE} from "../../../src/slices/select.ts";
import {openDuckDb} from "../../engine/duckdb.ts";
import type {Engine} from "../../engine/engine.ts";
import {identifier, literal} from "../../engine/sqlText.ts";

/** Filters that a deal's history answers: its past owners count, not only today's. */
const DATED = ["owner", "team", "pipeline"];
/** Marts with one deal a row, or several rows a deal. */
const BY_DEAL = [
  ...["deal_flags", "stage_conformance", "stage_entries", "deal_lines", "quarter_calls", "first_calls"],
  ...["deal_origins"]
];
/** Marts of all that a deal ever was, whoever owned it then. */
const EVER = ["deal_stretches", "deals_ever", "deal_flag_spells", "unearned_spells"];
/** Marts whose own column answers a filter of that name, where they have it. */
const BY_OWN_COLUMN = ["partner_ledger", "registrations", "quotas"];
const WHOLE = ["flag_rules"];

/** Of what lies between exports and marts, what pages read. */
const BETWEEN = [
  ...["int_week", "int_half_life", "int_channel_removal", "int_deal", "int_deal_as_of"],
  ...["int_order_month", "int_backlog_cell", "stg_partner"]
];

/** What the database may hold in memory; more it puts aside on disk. */
const MEMORY_LIMIT = "1500MB";

/**
 * Opens a warehouse beside another database, where `marts` and `workspace` show the whole firm at first.
 * @param beside file of that database, which is not there yet; in memory when left out
 */
export async function openBeside(warehouse: string, beside = ":memory:"): Promise<Engine> {
  const engine = await openDuckDb(beside, {threads: 2, memoryLimit: MEMORY_LIMIT});
  await engine.run(`attach ${literal(warehouse)} as firm (read_only)`);
  for (const schema of ["workspace", "staging", "intermediate", "weir", "marts"])
    await engine.run(`create schema ${schema}`);
  const tables = await engine.rows<{schema: string; name: string}>(`
    select table_schema as "schema", table_name as name from information_schema.tables
    where table_catalog = 'firm' and (table_schema in ('workspace', 'marts', 'weir') or table_name in (${BETWEEN.map(literal).join(", ")}))`);
  for (const {schema, name} of tables) {
    const made = ["marts", "intermediate", "staging"].includes(schema) ? "view" : "table";
    await engine.run(
      `create ${made} ${schema}.${identifier(name)} as select * from firm.${schema}.${identifier(name)}`
    );
  }
  return engine;
}

/** Sorts the deals of a dimension's parts together, so that each part is read by itself. */
export async function stageParts(
  engine: Engine,
  dimension: string,
  partOf: Record<string, number>
): Promise<number> {
  const key = identifier(dimension);
  const values = Object.entries(partOf).map(([value, part]) => `(${literal(value)}, ${part})`);
  await engine.run(
    `create or replace temp table part_value as select * from (values ${values.join(", ")}) as given(value, part)`
  );
  const sorted = (name: string, select: string) =>
    engine.run(`create or replace temp table staged_${name} as ${select} order by part`);
  // Deals without a value are a value of their own.
  const isIn = `part_value as named on named.value = coalesce(cast(each.${key} as varchar), ${literal(NONE)})`;
  const own = (name: string) =>
    `select named.part, each.* from firm.marts.${name} as each inner join ${isIn}`;
  await sorted("deals", own("deals"));
  await engine.run("create or replace temp table part_deal as select deal_id, part from staged_deals");
  for (const name of [...BY_DEAL, ...BY_OWN_COLUMN]) {
    const columns = await columnsOf(engine, name);
    const isOwn = BY_OWN_COLUMN.includes(name) && columns.includes(dimension);
    if (!isOwn && !columns.includes("deal_id"))
      await sorted(name, `select 0 as part, * from firm.marts.${name} where false`);
    else
      await sorted(
        name,
        isOwn
          ? own(name)
          : `select part_deal.part, each.* from firm.marts.${name} as each inner join part_deal using (deal_id)`
      );
  }
  const ever = DATED.includes(dimension) ? "deal_stretches" : "deals_ever";
  await engine.run(`create or replace temp table part_life as
    select distinct each.deal_id, named.part from firm.marts.${ever} as each inner join ${isIn}`);
  for (const name of EVER)
    await sorted(
      name,
      `select part_life.part, each.* from firm.marts.${name} as each inner join part_life using (deal_id)`
    );
  for (const name of WHOLE)
    await engine.run(`create or replace temp table staged_${name} as select * from firm.marts.${name}`);
  return 1 + Math.max(-1, ...Object.values(partOf));
}

/** From here on the marts are those of one part. */
export async function showPart(engine: Engine, part: number): Promise<void> {
  await engine.run("drop schema marts cascade; create schema marts");
  for (const name of ["deals", ...EVER, ...BY_DEAL, ...BY_OWN_COLUMN])
    await engine.run(
      `create table marts.${name} as select * exclude (part) from staged_${name} where part = ${part}`
    );
  for (const name of WHOLE) await engine.run(`create table marts.${name} as select * from staged_${name}`);
}

async function columnsOf(engine: Engine, mart: string): Promise<string[]> {
  const columns = await engine.rows<{column_name: string}>(`describe firm.marts.${mart}`);
  return columns.map(({column_name}) => column_name);
}
