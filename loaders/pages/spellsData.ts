/** Flags and broken rules by days: what Health and Conformance are asked of past days with, beside the movement data. */
import type {FactTable} from "../../src/slices/facts.ts";
import type {Engine} from "../engine/engine.ts";
import {factTable} from "./factTable.ts";
import {movedDeals} from "./movementData.ts";

/** Days before the as-of day of which the marts tell flags. */
const TOLD_DAYS = 455;

/** Flags of deals; `deal` is a row of the movement data's deals. */
export function flagSpells(engine: Engine): Promise<FactTable> {
  return spells(engine, "deal_flag_spells", ["flag", "severity"]);
}

/** Entry rules of their stage that deals did not meet. */
export function unearnedSpells(engine: Engine): Promise<FactTable> {
  return spells(engine, "unearned_spells", ["stage", "rule", "is_assumed"]);
}

async function spells(engine: Engine, mart: string, own: readonly string[]): Promise<FactTable> {
  const {nth} = await movedDeals(engine);
  const joined = `(select spell.*, nth.deal from marts.${mart} as spell inner join ${nth} as nth using (deal_id)) as spells`;
  const columns = ["deal", ...own, "from_on", "to_on"];
  return factTable(engine, joined, {columns, orderBy: `deal, from_on, ${own.join(", ")}`});
}

/** The first day as of which flags can be asked: the marts' first, or where a page's shortened history begins. */
export async function flagsSince(engine: Engine, {inParts}: {inParts: boolean}): Promise<string> {
  // Parts have few deals each, whose history is never shortened.
  const {since} = inParts ? {since: "1900-01-01"} : await movedDeals(engine);
  const [row] = await engine.rows<{since: string}>(
    `select greatest(date '${since}', as_of - ${TOLD_DAYS})::varchar as since from workspace.run`
  );
  return row!.since;
}
