/** When people edit deals, judged at build: the page gets one row a person, however long the log is. */
import {type EditDay, type EditReport, judgeEdits} from "../../src/slices/edits.ts";
import type {FactTable} from "../../src/slices/facts.ts";
import type {Engine} from "../engine/engine.ts";
import {factTable} from "./factTable.ts";

const DAY = (column: string) => `date_diff('day', date '1970-01-01', ${column})::integer`;

const COLUMNS = ["actor", "edited_on", "n_deals", "n_together", "n_pushed", "quarter_ends_on"];

/** Reads the days of edits and judges everybody by them. */
export async function editReport(engine: Engine): Promise<EditReport> {
  return judgeEdits(
    await engine.rows<EditDay>(`
      select actor, ${DAY("edited_on")} as "on", n_deals as "nDeals", n_together as "nTogether", n_pushed as "nPushed",
        ${DAY("quarter_ends_on")} as "quarterEndsOn"
      from marts.edit_days order by actor_id, edited_on`)
  );
}

/** The days themselves, for a page that judges them as of a past day. */
export function editDays(engine: Engine): Promise<FactTable> {
  return factTable(engine, "marts.edit_days", {columns: COLUMNS, orderBy: "actor_id, edited_on"});
}
