/**
 * Money of the firm in a site that has it from nowhere. One amount is a number like any other: among a thousand others of five digits and
 * more some are found by chance. So what is found is held against what is found of amounts a few cents beside them, which are nobody's.
 */
import type {Engine} from "../../engine/engine.ts";
import {identifier, literal} from "../../engine/sqlText.ts";

/** In cents. */
export type ForeignMoney = ReadonlySet<number>;

/** Whole units are prices and round figures; small amounts are counts and days. */
const LEAST_CENTS = 100_000;
/** By how many cents decoys are beside the amounts. */
const SHIFTS = [...Array(50).keys()].flatMap((n) => [n + 1, -n - 1]);
/** How unlikely it must be that as many are found by chance: one site in a million is held back for nothing. */
const CHANCE = 1e-6;
/** Also where no decoy was found. */
const LEAST_FOUND = 3;

/** The amounts of at least 1,000.00 and with cents that the firm has in its exports or deals and the attached database `site` has not. */
export async function foreignMoney(engine: Engine): Promise<ForeignMoney> {
  const of = async (database: string, schema: string, table: string | null) => {
    const columns = await engine.rows<{relation: string; column: string}>(
      `select database_name || '.' || schema_name || '."' || table_name || '"' as relation, column_name as "column" from duckdb_columns()
       where database_name = ${literal(database)} and schema_name = ${literal(schema)} and data_type like 'DECIMAL(%,2)'
         ${table === null ? "" : `and table_name = ${literal(table)}`}`
    );
    return columns.map(
      ({relation, column}) =>
        `select abs(${identifier(column)}) from ${relation} where abs(${identifier(column)}) * 100 >= ${LEAST_CENTS} and ${identifier(column)} % 1 <> 0`
    );
  };
  const whole = [...(await of("memory", "source", null)), ...(await of("firm", "marts", "deals"))];
  const kept = [...(await of("site", "source", null)), ...(await of("site", "marts", "deals"))];
  if (whole.length === 0) return new Set();
  const found = new Set<number>();
  await engine.pieces(
    `select (amount * 100)::double from (${whole.join(" union ")}${kept.length > 0 ? ` except (${kept.join(" union ")})` : ""}) as left_out(amount)`,
    ([cents]) => {
      for (const amount of cents!) found.add(Math.round(amount as number));
    }
  );
  return found;
}

/** A number as data have it: cents, or units with two decimals; no part of a word or of a longer number. */
const NUMBER = /(?<![\p{L}\p{N}._]|[\p{L}\p{N}]-)\d{4,13}(?:\.\d{1,2})?(?![\p{L}\p{N}_]|\.\d)/gu;

/** All that the numbers of a text may be, in cents. */
export function centsIn(text: string): Set<number> {
  const cents = new Set<number>();
  for (const [found] of text.matchAll(NUMBER)) {
    cents.add(Math.round(Number(found) * 100));
    if (!found.includes(".")) cents.add(Number(found));
  }
  return cents;
}

/** The amounts among a site's numbers, where these are more than chance gives; else none. In order. */
export function foundMoney(money: ForeignMoney, numbers: ReadonlySet<number>): number[] {
  const found = [...numbers].filter((cents) => money.has(cents)).sort((a, b) => a - b);
  if (found.length < LEAST_FOUND) return [];
  let nDecoys = 0;
  for (const cents of numbers)
    for (const shift of SHIFTS) if (money.has(cents - shift) && !money.has(cents)) nDecoys++;
  // One more than was found, so that finding none does not make chance nothing.
  return tailBound(found.length, (nDecoys + 1) / SHIFTS.length) < CHANCE ? found : [];
}

/**
 * No less than the chance of n or more where `mean` are expected, of counts that do not hang together (Poisson): Chernoff's bound.
 * @see Mitzenmacher & Upfal 2005, Probability and Computing, theorem 5.4
 */
export function tailBound(n: number, mean: number): number {
  return n <= mean ? 1 : Math.exp(n - mean - n * Math.log(n / mean));
}
