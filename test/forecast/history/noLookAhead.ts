/** A copy of a warehouse in which everything that happened after a day is another story. */
import {copyFileSync} from "node:fs";
import {openDuckDb} from "../../../loaders/engine/duckdb.ts";
import {literal} from "../../../loaders/engine/sqlText.ts";

/** Tables that forecasts read and this story changes; a test holds it to what the code reads. */
export const CHANGED_TABLES = [
  "intermediate.int_deal_interval",
  "intermediate.int_deal_key",
  "intermediate.int_deal_product",
  "intermediate.int_fx_period",
  "staging.stg_person",
  "marts.deals"
];
const ATTRIBUTES = [
  "region",
  "partner",
  "product",
  "product_family",
  "lead_source",
  "channel",
  "segment",
  "industry",
  "deal_type",
  "x_competitor"
];

/** Read too, and not of the past: the as-of day, what workspace.yaml says, and whether a deal's day of creation is known. */
export const TIMELESS_TABLES = [
  "intermediate.int_deal_opening",
  "workspace.run",
  "workspace.stage",
  "workspace.custom_attribute"
];

/**
 * Copies a warehouse and changes every field of every state, deal, person, product and rate that came after a day: amounts,
 * dates, stages, owners, categories, outcomes and attributes; deals are deleted, and others that never were are added.
 */
export async function anotherFuture(warehouse: string, copy: string, day: string): Promise<void> {
  copyFileSync(warehouse, copy);
  const engine = await openDuckDb(copy, {threads: 1});
  const on = `date ${literal(day)}`;
  try {
    // What a build leaves as a view becomes a table before anything below it changes.
    const views = await engine.rows<{name: string}>(
      `select table_schema || '.' || table_name as name from information_schema.tables
       where table_type = 'VIEW' and name in (${CHANGED_TABLES.map(literal).join(", ")}) order by name`
    );
    for (const {name} of views)
      await engine.run(`create table ${name.replace(".", ".kept_")} as select * from ${name}`);
    for (const {name} of views) {
      await engine.run(`drop view ${name}`);
      await engine.run(`create table ${name} as select * from ${name.replace(".", ".kept_")}`);
      await engine.run(`drop table ${name.replace(".", ".kept_")}`);
    }
    const later = `deal_key in (select deal_key from intermediate.int_deal_interval group by 1 having min(valid_from_on) > ${on})`;
    const statements = [
      // A fifth of the deals created later were never there; as many were that nobody knows of.
      `delete from intermediate.int_deal_interval where ${later} and deal_key % 5 = 0`,
      `insert into intermediate.int_deal_key select -deal_key - 1, 'unheard of ' || deal_key, has_record, source_system from intermediate.int_deal_key where deal_key % 9 = 0`,
      `insert into intermediate.int_deal_interval select * replace (-deal_key - 1 as deal_key, ${on} + 3 as valid_from_on, timestamp '9000-01-01' as valid_to, 'won' as outcome, 9000000 as amount)
        from intermediate.int_deal_interval where deal_key % 9 = 0 qualify row_number() over (partition by deal_key order by valid_from) = 1`,
      `update intermediate.int_deal_interval set amount = 3 * amount + 1, close_on = close_on + 50, owner_id = 'somebody else',
        stage_id = (select min(stage_id) from workspace.stage where kind = 'open'), forecast_category = 'Omitted', is_amount_assumed = false,
        is_close_on_assumed = false, is_forecast_category_assumed = false,
        outcome = case outcome when 'open' then 'lost' else 'open' end, is_deleted = (deal_key % 7 = 0) where valid_from_on > ${on}`,
      `update intermediate.int_deal_interval set valid_to_on = valid_to_on + 40 where valid_to_on > ${on} and valid_to_on < date '2900-01-01'`,
      `update intermediate.int_fx_period set rate = rate * 1.7 where from_on > ${on}`,
      `update intermediate.int_deal_product set list_amount = 7 * list_amount, product_name = 'another' where deal_id in
        (select deal_id from marts.deals where created_on > ${on})`,
      // Whether an attribute is filled in stays: it is read only to withhold attributes that tell a closing.
      `update marts.deals set ${ATTRIBUTES.map((name) => `${name} = case when ${name} is not null then 'another' end`).join(", ")} where created_on > ${on}`,
      `update marts.deals set outcome = case outcome when 'won' then 'lost' else 'won' end, closed_on = closed_on + 11 where closed_on > ${on}`,
      `insert into staging.stg_person select * replace ('somebody else' as person_id, 'AAA, the first of all' as person_name) from staging.stg_person limit 1`
    ];
    for (const statement of statements) await engine.run(statement);
  } finally {
    engine.close();
  }
}
